import { callerIdentity } from "../aws/callerAccount";
import type { Connection } from "../aws/connection";
import { isDenied } from "../aws/deniedAction";
import type { IamReader } from "../aws/iam";
import { lookUp } from "../aws/lookUp";

/** Who switches the sessions on, as IAM can simulate it; or why it cannot. */
export type Enabler = { readonly arn: string; readonly name: string } | { readonly notChecked: string };

/**
 * The role of the configuration, else who calls. IAM knows roles and users, not the sessions of roles; and a session's ARN lacks
 * the role's path, which those of permission sets have, so that the role has to be asked for.
 */
export async function findEnabler(connection: Connection, iam: IamReader, configured?: string): Promise<Enabler> {
  const { arn: caller } = await callerIdentity(connection);
  if (configured === undefined) {
    return principalOf(caller, iam);
  }
  return accountOf(configured) === accountOf(caller)
    ? { arn: configured, name: nameOf(configured) }
    : { notChecked: `${configured} is in another account than the caller, ${caller}` };
}

async function principalOf(caller: string, iam: IamReader): Promise<Enabler> {
  const session = /^arn:[^:]+:sts::\d{12}:assumed-role\/([^/]+)\//.exec(caller)?.[1];
  if (session === undefined) {
    return /^arn:[^:]+:iam::\d{12}:(user|role)\//.test(caller)
      ? { arn: caller, name: nameOf(caller) }
      : { notChecked: `IAM does not simulate ${caller}, which is neither an IAM user nor the session of a role` };
  }
  try {
    const role = await iam.role(session);
    return role?.Arn === undefined
      ? { notChecked: `there is no role ${session} (any more), which the caller is a session of` }
      : { arn: role.Arn, name: session };
  } catch (error) {
    if (isDenied(error)) {
      return { notChecked: `the caller is not allowed iam:GetRole on its own role, ${session}` };
    }
    return lookUp("iam:GetRole", () => Promise.reject(error as Error));
  }
}

function nameOf(arn: string): string {
  return arn.slice(arn.lastIndexOf("/") + 1);
}

function accountOf(arn: string): string | undefined {
  return arn.split(":")[4];
}
