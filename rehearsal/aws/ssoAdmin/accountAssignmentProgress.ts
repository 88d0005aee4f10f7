import type { AccountAssignment, AccountAssignmentOperation, Contents } from "../contents";
import { getsDone } from "../progress";
import type { Request } from "../service";
import { provision, removeUnassigned } from "./provisioning";

/** Somebody looks at an operation: that is how time passes for it. */
export function poll(started: AccountAssignmentOperation, request: Request): void {
  if (!getsDone(started, request)) return;
  const { contents } = request;
  const failureReason =
    started.failure ?? (started.kind === "Creation" ? create(started, contents) : remove(started, contents));
  started.status = failureReason === undefined ? "SUCCEEDED" : "FAILED";
  if (failureReason !== undefined) started.failureReason = failureReason;
}

/**
 * Makes the assignment; one that exists already is no error, AWS says SUCCEEDED and there is still one. Source: the Terraform AWS
 * provider's aws_ssoadmin_account_assignment, which looks for itself before it creates, "since the AWS SSO API doesn't prevent us
 * from creating duplicates", since its first version and to this day. The ConflictException of CreateAccountAssignment is about
 * writes that go on at the same time (aws-samples/iam-identity-center-team#513); no report of one for an assignment that merely
 * exists was found.
 *
 * @returns why it could not be made: AWS finds out about an unknown principal or account only at this point
 */
function create({ assignment }: AccountAssignmentOperation, contents: Contents): string | undefined {
  const { principalType, principalId, accountId } = assignment;
  const identityStoreId = contents.instances.find(({ arn }) => arn === assignment.instanceArn)?.identityStoreId;
  const principals = principalType === "USER" ? contents.users : contents.groups;
  if (!principals.some((each) => each.id === principalId && each.identityStoreId === identityStoreId)) {
    return `Received a 404 status error: the ${principalType} assignee ${principalId} was not found in directory ${String(identityStoreId)}.`;
  }
  if (!contents.accounts.some(({ id }) => id === accountId)) {
    return `Received a 404 status error: there is no account ${accountId} in the organization.`;
  }
  const permissionSet = contents.permissionSets.find(({ arn }) => arn === assignment.permissionSetArn);
  if (permissionSet === undefined) return `Could not find PermissionSet with ARN ${assignment.permissionSetArn}`;
  // "As part of a successful CreateAccountAssignment call" (API reference), so also where the account has it already.
  const failure = provision(permissionSet, accountId, contents);
  if (failure === undefined && !contents.accountAssignments.some((each) => isSame(each, assignment))) {
    contents.accountAssignments.push(assignment);
  }
  return failure;
}

/** Takes the assignment back; that one which is not there ends FAILED is known from the same Terraform resource. */
function remove({ assignment }: AccountAssignmentOperation, contents: Contents): string | undefined {
  const index = contents.accountAssignments.findIndex((each) => isSame(each, assignment));
  if (index < 0) {
    return "Received a 404 status error: EntitlementItem doesn't exist with the given entitlement key.";
  }
  contents.accountAssignments.splice(index, 1);
  removeUnassigned(assignment.accountId, assignment.permissionSetArn, contents);
  return undefined;
}

/** Whether two assignments give the same principal the same permission set in the same account. */
export function isSame(one: AccountAssignment, other: AccountAssignment): boolean {
  return (
    one.accountId === other.accountId &&
    one.principalId === other.principalId &&
    one.principalType === other.principalType &&
    one.permissionSetArn === other.permissionSetArn &&
    one.instanceArn === other.instanceArn
  );
}
