import type { AccountAssignment, AccountAssignmentOperation, Contents } from "../contents";

/** Somebody looks at an operation: that is how time passes for it. */
export function poll(started: AccountAssignmentOperation, contents: Contents): void {
  if (started.status !== "IN_PROGRESS" || --started.pollsLeft > 0) return;
  const failureReason = started.kind === "Creation" ? create(started, contents) : remove(started, contents);
  started.status = failureReason === undefined ? "SUCCEEDED" : "FAILED";
  if (failureReason !== undefined) started.failureReason = failureReason;
}

/**
 * Makes the assignment; one that exists already is no error, AWS says SUCCEEDED and there is still one (source: the Terraform
 * AWS provider's aws_ssoadmin_account_assignment looks for itself, because the API lets duplicates pass).
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
  if (!contents.accounts.some(({ id, status }) => id === accountId && status === "ACTIVE")) {
    return `Received a 404 status error: there is no active account ${accountId} in the organization.`;
  }
  if (!contents.accountAssignments.some((each) => isSame(each, assignment))) {
    contents.accountAssignments.push(assignment);
  }
  return undefined;
}

/** Takes the assignment back; that one which is not there ends FAILED is known from the same Terraform resource. */
function remove({ assignment }: AccountAssignmentOperation, contents: Contents): string | undefined {
  const index = contents.accountAssignments.findIndex((each) => isSame(each, assignment));
  if (index < 0) {
    return "Received a 404 status error: EntitlementItem doesn't exist with the given entitlement key.";
  }
  contents.accountAssignments.splice(index, 1);
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
