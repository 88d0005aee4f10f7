import type { Contents, PermissionSet, ProvisionedPermissionSet } from "../contents";

/** Where a permission set is provisioned: every account with an assignment of it, and where it was provisioned by itself. */
export function provisionedPermissionSets(contents: Contents): ProvisionedPermissionSet[] {
  const assigned = contents.accountAssignments.map(({ accountId, permissionSetArn }) => ({
    accountId,
    permissionSetArn,
  }));
  const every = [...contents.provisionedPermissionSets, ...assigned];
  return every.filter((each, index) => every.findIndex((other) => isSame(each, other)) === index);
}

/**
 * Gives an account the role of a permission set, as the permission set is now.
 *
 * @returns why it cannot be. The account has to be in use: others AWS tries for minutes and then gives up (its words are those
 * reported by aws-sso-util#80 and aws-identitycenter-codepipeline-auto-assignment#31). Customer managed policies that the
 * permission set names have to be there already: IAM Identity Center User Guide, "Use IAM policies in permission sets"; of the
 * words, the acceptance test of the Terraform AWS provider's aws_ssoadmin_account_assignment ("Received a 404 status error: Not
 * supported policy").
 */
export function provision(permissionSet: PermissionSet, accountId: string, contents: Contents): string | undefined {
  const { arn: permissionSetArn, customerManagedPolicyReferences, permissionsBoundary } = permissionSet;
  if (contents.accounts.some(({ id, status }) => id === accountId && status !== "ACTIVE")) {
    return `AWS SSO is unable to complete your request at this time. Obtaining permissions to manage your AWS account '${accountId}' is taking longer than usual.`;
  }
  const boundary = permissionsBoundary?.CustomerManagedPolicyReference;
  const missing = [...customerManagedPolicyReferences, ...(boundary ? [boundary] : [])]
    .map(({ Name, Path = "/" }) => `${Path}${Name}`)
    .find((policy) => !hasPolicy(accountId, policy, contents));
  if (missing !== undefined) {
    return `Received a 404 status error: Not supported policy arn:${contents.partition}:iam::${accountId}:policy${missing}.`;
  }
  forget({ accountId, permissionSetArn }, contents);
  contents.provisionedPermissionSets.push({ accountId, permissionSetArn });
  return undefined;
}

/** A permission set was changed: the accounts that have it keep what it was, until it is provisioned again. */
export function outdate(before: PermissionSet, contents: Contents): void {
  const { arn } = before;
  for (const { accountId, permissionSetArn, outdated } of provisionedPermissionSets(contents)) {
    if (permissionSetArn !== arn || outdated !== undefined) continue;
    forget({ accountId, permissionSetArn }, contents);
    contents.provisionedPermissionSets.push({ accountId, permissionSetArn, outdated: structuredClone(before) });
  }
}

/** Takes the role away from an account that has no assignment of the permission set any more. */
export function removeUnassigned(accountId: string, permissionSetArn: string, contents: Contents): void {
  const unassigned = { accountId, permissionSetArn };
  if (!contents.accountAssignments.some((each) => isSame(each, unassigned))) forget(unassigned, contents);
}

type Place = Pick<ProvisionedPermissionSet, "accountId" | "permissionSetArn">;

function forget(place: Place, contents: Contents): void {
  const { provisionedPermissionSets: known } = contents;
  const index = known.findIndex((each) => isSame(each, place));
  if (index >= 0) known.splice(index, 1);
}

function isSame(one: Place, other: Place): boolean {
  return one.accountId === other.accountId && one.permissionSetArn === other.permissionSetArn;
}

function hasPolicy(accountId: string, policy: string, { accounts, iamPolicies }: Contents): boolean {
  return (
    accounts.some(({ id, customerManagedPolicies }) => id === accountId && customerManagedPolicies?.includes(policy)) ||
    iamPolicies.some(({ account, path, name }) => account === accountId && `${path}${name}` === policy)
  );
}
