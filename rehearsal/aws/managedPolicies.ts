import { AwsError } from "./awsError";
import type { Contents } from "./contents";
import names from "./awsManagedPolicies.json";

/**
 * @throws AwsError of type ResourceNotFoundException unless AWS has the managed policy. Those that there are: their names in
 * awsManagedPolicies.json, with the path that they have in the ARN, and those that the organization's file adds.
 *
 * Sources: of the names, moto 5 (Apache-2.0), which reads them from AWS's IAM; of the words, its tests of
 * AttachManagedPolicyToPermissionSet.
 */
export function requireManagedPolicy(arn: string, { partition, managedPolicies }: Contents): void {
  const prefix = `arn:${partition}:iam::aws:policy/`;
  const name = arn.slice(prefix.length);
  if (arn.startsWith(prefix) && (names.includes(name) || managedPolicies.includes(name))) return;
  throw new AwsError("ResourceNotFoundException", `Policy does not exist with ARN: ${arn}`);
}
