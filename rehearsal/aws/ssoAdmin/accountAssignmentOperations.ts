import { z } from "zod";
import { AwsError } from "../awsError";
import type { AccountAssignment, AccountAssignmentOperation } from "../contents";
import { newUuid, now } from "../identifiers";
import { requireRoom } from "../limits";
import { page, pageInput } from "../pages";
import { inProgress } from "../progress";
import { find, operation, type Operation, type Output, type Request } from "../service";
import { accountId, principalId, principalType } from "./accountAssignments";
import { isSame, poll } from "./accountAssignmentProgress";
import { administeredInstance, instanceArn } from "./instance";
import { managementAccountDenial } from "./managementAccountDenial";
import { existingPermissionSet, permissionSetArn } from "./permissionSets";

type Kind = AccountAssignmentOperation["kind"];

const describeInput = {
  Creation: z
    .object({ InstanceArn: instanceArn, AccountAssignmentCreationRequestId: z.uuid() })
    .transform(({ InstanceArn, AccountAssignmentCreationRequestId: id }) => ({ InstanceArn, id })),
  Deletion: z
    .object({ InstanceArn: instanceArn, AccountAssignmentDeletionRequestId: z.uuid() })
    .transform(({ InstanceArn, AccountAssignmentDeletionRequestId: id }) => ({ InstanceArn, id })),
};

export const accountAssignmentOperations: Record<string, Operation> = {
  CreateAccountAssignment: start("Creation"),
  DescribeAccountAssignmentCreationStatus: describe("Creation"),
  ListAccountAssignmentCreationStatus: list("Creation"),
  DeleteAccountAssignment: start("Deletion"),
  DescribeAccountAssignmentDeletionStatus: describe("Deletion"),
  ListAccountAssignmentDeletionStatus: list("Deletion"),
};

function start(kind: Kind): Operation {
  const input = z.object({
    InstanceArn: instanceArn,
    TargetId: accountId,
    TargetType: z.literal("AWS_ACCOUNT"),
    PermissionSetArn: permissionSetArn,
    PrincipalType: principalType,
    PrincipalId: principalId,
  });
  return operation("writes", input, (given, request) => {
    const { contents, caller, faults, limits } = request;
    const permissionSet = existingPermissionSet(given, request);
    if (given.TargetId === contents.managementAccount && caller.account !== contents.managementAccount) {
      throw new AwsError(
        "AccessDeniedException",
        `Only the management account, ${contents.managementAccount}, can change assignments in itself.`,
      );
    }
    const assignment: AccountAssignment = {
      instanceArn: given.InstanceArn,
      accountId: given.TargetId,
      permissionSetArn: given.PermissionSetArn,
      principalType: given.PrincipalType,
      principalId: given.PrincipalId,
    };
    refuseWhileAnotherGoesOn(assignment, request);
    requireRoom(limits.assignmentsInTheMaking, contents.accountAssignmentOperations, poll, request);
    const failure =
      faults.takeFailure(kind === "Creation" ? "CreateAccountAssignment" : "DeleteAccountAssignment")?.failure ??
      managementAccountDenial(kind, assignment, permissionSet, request);
    const started: AccountAssignmentOperation = {
      kind,
      requestId: newUuid(contents),
      assignment,
      createdDate: now(contents),
      ...inProgress(request),
      ...(failure !== undefined && { failure }),
    };
    contents.accountAssignmentOperations.push(started);
    return { [`AccountAssignment${kind}Status`]: wireForm(started) };
  });
}

function describe(kind: Kind): Operation {
  return operation("reads", describeInput[kind], (given, request) => {
    administeredInstance(given.InstanceArn, request);
    const found = find(
      ofInstance(given.InstanceArn, kind, request),
      ({ requestId }) => requestId === given.id,
      () => new AwsError("ResourceNotFoundException", `There is no request ${given.id}.`),
    );
    poll(found, request);
    return { [`AccountAssignment${kind}Status`]: wireForm(found) };
  });
}

function list(kind: Kind): Operation {
  const status = z.enum(["IN_PROGRESS", "FAILED", "SUCCEEDED"]);
  const input = z.object({
    InstanceArn: instanceArn,
    Filter: z.object({ Status: status.optional() }).optional(),
    ...pageInput(100),
  });
  return operation("reads", input, (given, request) => {
    administeredInstance(given.InstanceArn, request);
    const operations = ofInstance(given.InstanceArn, kind, request);
    if (given.NextToken === undefined) operations.forEach((each) => poll(each, request));
    const listed = operations
      .filter((each) => given.Filter?.Status === undefined || each.status === given.Filter.Status)
      .map(({ status, requestId, createdDate }) => ({
        Status: status,
        RequestId: requestId,
        CreatedDate: createdDate,
      }));
    return page(`AccountAssignments${kind}Status`, listed, given);
  });
}

/** AWS answers so while an earlier write to the same assignment has not come through yet, and asks to try again. */
function refuseWhileAnotherGoesOn(assignment: AccountAssignment, request: Request): void {
  const other = request.contents.accountAssignmentOperations.find(
    (each) => each.status === "IN_PROGRESS" && isSame(each.assignment, assignment),
  );
  if (other === undefined) return;
  poll(other, request); // or it would go on for ever when whoever started it is gone
  throw new AwsError(
    "ConflictException",
    `Request ${other.requestId} for the same assignment is still in progress. Try again.`,
  );
}

function ofInstance(instanceArn: string, kind: Kind, { contents }: Request): AccountAssignmentOperation[] {
  return contents.accountAssignmentOperations.filter(
    (each) => each.kind === kind && each.assignment.instanceArn === instanceArn,
  );
}

function wireForm({ status, requestId, failureReason, assignment, createdDate }: AccountAssignmentOperation): Output {
  return {
    Status: status,
    RequestId: requestId,
    ...(failureReason !== undefined && { FailureReason: failureReason }),
    TargetId: assignment.accountId,
    TargetType: "AWS_ACCOUNT",
    PermissionSetArn: assignment.permissionSetArn,
    PrincipalType: assignment.principalType,
    PrincipalId: assignment.principalId,
    CreatedDate: createdDate,
  };
}
