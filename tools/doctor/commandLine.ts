import { parseArgs } from "node:util";
import { roleArn as roleArnRule } from "../../components/settings/awsSection";
import { instanceArn } from "../../components/settings/instanceSection";
import { primaryRegion } from "../../components/settings/regions";

export const usage = `Usage: npm run doctor -- [--stack NAME] [options]
Asks AWS, by calls that only read, whether an organization has identity-aware console sessions and who may use them.
  --stack NAME     asks as Pulumi.NAME.yaml says: Region, profile, role, instance, enabler and allowed endpoints
  --region REGION  the instance's primary Region (default: the stack's, else AWS_REGION, else the profile's)
  --profile NAME   a profile of the AWS configuration files
  --role-arn ARN   the role to act as; its external id, where it asks for one, is taken from EXTERNAL_ID
  --instance ARN   the instance, where the account sees several
  --json           prints what docs/doctor.schema.json describes
  --help           prints this
Exit code: 0 ready, 1 not ready, 2 could not tell, 64 the command line or the stack cannot be used, 70 a fault of this program`;

/** What the command line asks for. */
export interface CommandLine {
  readonly stack?: string | undefined;
  readonly region?: string | undefined;
  readonly profile?: string | undefined;
  readonly roleArn?: string | undefined;
  readonly instance?: string | undefined;
  readonly json: boolean;
  readonly help: boolean;
}

/** @throws Error that says what cannot be understood */
export function commandLine(args: readonly string[]): CommandLine {
  const { values } = parseArgs({
    args: [...args],
    options: {
      stack: { type: "string" },
      region: { type: "string" },
      profile: { type: "string" },
      "role-arn": { type: "string" },
      instance: { type: "string" },
      json: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  const { stack, "role-arn": roleArn, ...others } = values;
  const empty = Object.entries(values).find(([, value]) => value === "");
  if (empty !== undefined) {
    throw new Error(`--${empty[0]} is empty; leave it out or give it a value.`);
  }
  if (stack !== undefined && !/^[\w.-]+$/.test(stack)) {
    throw new Error(`--stack is ${stack}; it must be the name of a stack of this project, without its organization.`);
  }
  for (const [option, rule] of [
    ["region", primaryRegion],
    ["role-arn", roleArnRule()],
    ["instance", instanceArn],
  ] as const) {
    const value = values[option];
    const { error } = value === undefined ? {} : rule.safeParse(value);
    if (error !== undefined) {
      // The second line of a rule's message is what to write into a stack, but where it is a near name.
      const [allowed = "", toDo = ""] = (error.issues[0]?.message ?? "").split("\n");
      throw new Error(
        `--${option} is ${value}; it must be ${allowed}.${toDo.startsWith("write ") ? ` To do: ${toDo}.` : ""}`,
      );
    }
  }
  return { ...others, stack, roleArn };
}
