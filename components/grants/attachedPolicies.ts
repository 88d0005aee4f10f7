import type { PermissionSetSettings } from "../settings/settings";

/** What Amazon Q in the console takes, sts:SetContext among it. Source: AWS Managed Policy Reference Guide. */
const amazonQPolicy = "AmazonQDeveloperAccess";

/** An AWS managed policy of a permission set. */
export interface AttachedPolicy {
  /** The place in the set's configuration that it comes from: managedPolicies[0], or amazonQ. */
  readonly key: string;
  /** Its name or ARN. */
  readonly policy: string;
}

/** The AWS managed policies that a permission set gets, each once: those that it names, and the one of Amazon Q. */
export function attachedPolicies({
  managedPolicies,
  amazonQ = false,
}: Pick<PermissionSetSettings, "managedPolicies"> & Partial<Pick<PermissionSetSettings, "amazonQ">>): AttachedPolicy[] {
  const named = managedPolicies.map((policy, index) => ({ key: `managedPolicies[${index}]`, policy }));
  const isThere = managedPolicies.some((policy) => policy.replace(/^arn:.*?:policy\//, "") === amazonQPolicy);
  return amazonQ && !isThere ? [...named, { key: "amazonQ", policy: amazonQPolicy }] : named;
}
