import { AwsError } from "./awsError";
import type { Contents } from "./contents";
import names from "./awsManagedPolicies.json";
import documents from "./awsManagedPolicyDocuments.json";

/** An AWS managed policy's default version. */
export interface DefaultVersion {
  readonly versionId: string;
  readonly document: object;
}

const versions: Readonly<Record<string, DefaultVersion | undefined>> = documents;

/**
 * The default version of an AWS managed policy; "unknown" where local AWS has no more than the policy's name, undefined where there
 * is no such policy. Those that there are: their names in awsManagedPolicies.json, with the path that they have in the ARN, and those
 * that the organization's file adds. Documents are in awsManagedPolicyDocuments.json, of those that people are given most, as
 * they are in the partition aws; one in the organization's file comes before it.
 *
 * Source of both: moto 5 (5.2.5, Apache-2.0), which reads them from AWS's IAM.
 */
export function managedPolicyVersion(
  arn: string,
  { partition, managedPolicies }: Contents,
): DefaultVersion | "unknown" | undefined {
  const prefix = `arn:${partition}:iam::aws:policy/`;
  if (!arn.startsWith(prefix)) return undefined;
  const name = arn.slice(prefix.length);
  for (const each of managedPolicies) {
    if (typeof each !== "string" && each.name === name) return { versionId: "v1", document: each.document };
  }
  if (!names.includes(name) && !managedPolicies.includes(name)) return undefined;
  return versions[name] ?? "unknown";
}

/** The names of all AWS managed policies that there are, with their paths. */
export function managedPolicyNames({ managedPolicies }: Contents): string[] {
  return [...new Set([...names, ...managedPolicies.map((each) => (typeof each === "string" ? each : each.name))])];
}

/**
 * @throws AwsError of type ResourceNotFoundException unless AWS has the managed policy
 *
 * Source of the words: moto's tests of AttachManagedPolicyToPermissionSet.
 */
export function requireManagedPolicy(arn: string, contents: Contents): void {
  if (managedPolicyVersion(arn, contents) !== undefined) return;
  throw new AwsError("ResourceNotFoundException", `Policy does not exist with ARN: ${arn}`);
}
