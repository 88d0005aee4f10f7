import { log } from "@pulumi/pulumi";
import { parsePolicy } from "../../policy-pack/iam/parsePolicy";
import type { Policy } from "../../policy-pack/iam/policy";
import type { Connection } from "../aws/connection";
import { IamReader } from "../aws/iam";
import { inParallel } from "../aws/inParallel";
import { permissionSetPath } from "../configPath";
import type { Problem } from "../problem";
import type { PermissionSetSettings } from "../settings/settings";
import { attachedPolicies } from "./attachedPolicies";
import { knownManagedPolicy } from "./knownManagedPolicies";
import { ManagedPolicyAdvice, readManagedPolicy } from "./managedPolicyAdvice";
import { managedPolicyArn, partitionOf } from "./policyDocument";

/** A place in the configuration where an AWS managed policy is named. */
interface Mention {
  readonly path: string;
  readonly policy: string;
  readonly arn: string;
}

/**
 * Reads the AWS managed policies that the permission sets of a stack attach or have for a boundary, but for those whose meaning
 * is known anyway. AWS has the same ones in every account. When the caller may not read them, that is a warning.
 *
 * @returns the policies by ARN, and a problem for every place that names one which does not exist.
 */
export async function readManagedPolicies(
  connection: Connection,
  partition: string,
  permissionSets: Readonly<Record<string, PermissionSetSettings>>,
): Promise<{ policies: Readonly<Record<string, Policy>>; problems: readonly Problem[] }> {
  const iam = new IamReader(connection);
  const mentions = Object.entries(permissionSets).flatMap(([name, set]) => mentionsOf(name, set, partition));
  const policies: Record<string, Policy> = {};
  const unread: string[] = [];
  const unclear: string[] = [];
  const problems: Problem[] = [];
  const arns = [...new Set(mentions.map(({ arn }) => arn))];
  const advice = new ManagedPolicyAdvice(iam);
  const failures = await inParallel(5, arns, async (arn) => {
    const document = await readManagedPolicy(iam, arn);
    if (document === "denied") {
      unread.push(arn);
    } else if (document === undefined) {
      const toDo = await advice.about(arn);
      problems.push(...mentions.filter((one) => one.arn === arn).map((mention) => missing(mention, toDo)));
    } else {
      const { policy } = parsePolicy(arn, document);
      if (policy === undefined) {
        unclear.push(arn);
      } else {
        policies[arn] = policy;
      }
    }
  });
  for (const { error } of failures) {
    throw error;
  }
  if (unread.length > 0) {
    void log.warn(
      `Not checked: whether these AWS managed policies exist and deny sts:SetContext, since the caller is not allowed iam:GetPolicy and iam:GetPolicyVersion on them: ${unread.sort().join(", ")}.`,
    );
  }
  if (unclear.length > 0) {
    void log.warn(
      `Not checked: whether these AWS managed policies deny sts:SetContext, since they say what this program does not know: ${unclear.sort().join(", ")}.`,
    );
  }
  return { policies, problems: problems.sort((a, b) => a.path.localeCompare(b.path)) };
}

/** Those of another partition are refused for that, and not looked for. */
function mentionsOf(name: string, set: PermissionSetSettings, partition: string): Mention[] {
  if (set.existing) {
    return [];
  }
  const { permissionsBoundary } = set;
  const isManaged = permissionsBoundary !== undefined && "managedPolicy" in permissionsBoundary;
  return [
    ...attachedPolicies(set).map(({ key, policy }) => [key, policy] as const),
    ...(isManaged ? [["permissionsBoundary.managedPolicy", permissionsBoundary.managedPolicy] as const] : []),
  ]
    .map(([key, policy]) => ({
      path: `${permissionSetPath(name)}.${key}`,
      policy,
      arn: managedPolicyArn(policy, partition),
    }))
    .filter(({ policy, arn }) => knownManagedPolicy(policy) === undefined && partitionOf(arn) === partition);
}

function missing({ path, policy, arn }: Mention, toDo: string): Problem {
  return {
    path,
    found: policy.startsWith("arn:") ? `${policy}, which AWS does not have` : `${policy}, and AWS has no policy ${arn}`,
    allowed: "the name, with its path if it has one, or the ARN of a policy that AWS manages",
    toDo,
  };
}
