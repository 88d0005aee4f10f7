import { parseArgs } from "node:util";
import type { Connection } from "../components/aws/connection";
import { checkApplication } from "../components/doctor/application";
import type { Finding } from "../components/doctor/finding";
import { checkSwitch } from "../components/doctor/switch";

/**
 * Reads the switch of an instance back, and the application behind it, as the doctor does, and prints its status. Fails when it is not
 * Enabled, or something that is needed of the application is missing; what could not be told of the application it says.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      instance: { type: "string" },
      region: { type: "string" },
      profile: { type: "string" },
      "role-arn": { type: "string" },
      "role-session-name": { type: "string" },
    },
  });
  const { instance, region, profile, "role-arn": roleArn } = values;
  const { "role-session-name": sessionName } = values;
  const externalId = process.env["EXTERNAL_ID"];
  if (instance === undefined || region === undefined) {
    throw new Error(
      "Usage: verifySwitch --instance ARN --region REGION [--profile NAME] [--role-arn ARN [--role-session-name NAME]]; an external id is taken from EXTERNAL_ID",
    );
  }
  const connection: Connection = {
    region,
    ...(profile !== undefined && { profile }),
    ...(roleArn !== undefined && {
      assumeRole: {
        roleArn,
        ...(sessionName !== undefined && { sessionName }),
        ...(externalId !== undefined && { externalId }),
      },
    }),
  };
  const { finding, applicationArn } = await checkSwitch(connection, instance);
  if (applicationArn === undefined) {
    throw new Error(told(finding));
  }
  const findings = (await checkApplication(connection, applicationArn)).filter(({ needed }) => needed);
  const missing = findings.filter(({ state }) => state === "not ready");
  if (missing.length > 0) {
    throw new Error(missing.map(told).join("\n"));
  }
  for (const unknown of findings.filter(({ state }) => state === "could not tell")) {
    console.error(`Not checked: ${told(unknown)}`);
  }
  console.log(`Enabled ${applicationArn}`);
}

/** A finding as one line: what was seen, and what to do about it. */
function told({ check, seen, toDo }: Finding): string {
  return `${check}: ${seen}.${toDo === undefined ? "" : ` To do: ${toDo}.`}`;
}

main().catch((error: unknown) => {
  console.error((error as Error).message);
  process.exitCode = 1;
});
