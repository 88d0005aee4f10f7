import { parseArgs } from "node:util";
import type { Connection } from "../components/aws/connection";
import { ConsoleApplication } from "../components/identityAwareSessions/consoleApplication";

/** Reads the switch of an instance back and prints its status; fails when it is not Enabled. */
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
  const application = new ConsoleApplication(connection, { firstPause: 0, longestPause: 0, atMost: 0 });
  const applicationArn = await application.find(instance);
  if (applicationArn === undefined) {
    throw new Error(
      `Identity-aware sessions of ${instance} are not Enabled: AWS lists no application for them. ` +
        "Run `pulumi refresh`, then `pulumi up`, which switches them on again.",
    );
  }
  console.log(`Enabled ${applicationArn}`);
}

main().catch((error: unknown) => {
  console.error((error as Error).message);
  process.exitCode = 1;
});
