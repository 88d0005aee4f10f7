import type { Contents, PermissionSet, PermissionSetProvisioning } from "../contents";
import { getsDone } from "../progress";
import type { Request } from "../service";
import { provision, provisionedPermissionSets } from "./provisioning";

/** Somebody looks at a provisioning: that is how time passes for it. */
export function poll(started: PermissionSetProvisioning, request: Request): void {
  if (!getsDone(started, request)) return;
  const failureReason = started.failure ?? provisionAll(started, request.contents);
  started.status = failureReason === undefined ? "SUCCEEDED" : "FAILED";
  if (failureReason !== undefined) started.failureReason = failureReason;
}

/** @returns why one of the accounts, or the one, could not be given the role */
function provisionAll(
  { permissionSetArn, accountId }: PermissionSetProvisioning,
  contents: Contents,
): string | undefined {
  const permissionSet = contents.permissionSets.find(({ arn }) => arn === permissionSetArn);
  if (permissionSet === undefined) return `Could not find PermissionSet with ARN ${permissionSetArn}`;
  if (accountId !== undefined && !contents.accounts.some(({ id }) => id === accountId)) {
    return `Received a 404 status error: there is no account ${accountId} in the organization.`;
  }
  return provisionEverywhere(permissionSet, contents, accountId);
}

/** Gives one account, or all that have it, a permission set's role as it is now. @returns why one could not be given it */
export function provisionEverywhere(
  permissionSet: PermissionSet,
  contents: Contents,
  accountId?: string,
): string | undefined {
  const accounts =
    accountId === undefined
      ? provisionedPermissionSets(contents)
          .filter((each) => each.permissionSetArn === permissionSet.arn)
          .map((each) => each.accountId)
      : [accountId];
  return accounts
    .map((account) => provision(permissionSet, account, contents))
    .find((failure) => failure !== undefined);
}
