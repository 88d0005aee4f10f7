import { z } from "zod";
import { AwsError } from "../awsError";
import type { PermissionSetProvisioning } from "../contents";
import { newUuid, now } from "../identifiers";
import { requireRoom } from "../limits";
import { page, pageInput } from "../pages";
import { inProgress } from "../progress";
import { find, operation, type Operation, type Output } from "../service";
import { accountId } from "./accountAssignments";
import { administeredInstance, instanceArn } from "./instance";
import { existingPermissionSet, permissionSetArn } from "./permissionSets";
import { provisionedPermissionSets } from "./provisioning";
import { poll } from "./provisioningProgress";

const ProvisioningStatus = z
  .enum(["LATEST_PERMISSION_SET_PROVISIONED", "LATEST_PERMISSION_SET_NOT_PROVISIONED"])
  .optional();
const ofOnePermissionSet = { InstanceArn: instanceArn, PermissionSetArn: permissionSetArn };

/**
 * Permission sets in accounts. ProvisionPermissionSet's request is done after a number of status calls and may end FAILED; by
 * the API reference, it needs TargetId for AWS_ACCOUNT, and none for ALL_PROVISIONED_ACCOUNTS.
 */
export const provisioningOperations: Record<string, Operation> = {
  ProvisionPermissionSet: operation(
    "writes",
    z.object({
      ...ofOnePermissionSet,
      TargetId: accountId.optional(),
      TargetType: z.enum(["AWS_ACCOUNT", "ALL_PROVISIONED_ACCOUNTS"]),
    }),
    ({ InstanceArn, PermissionSetArn, TargetId, TargetType }, request) => {
      const { contents, faults, limits } = request;
      existingPermissionSet({ InstanceArn, PermissionSetArn }, request);
      if ((TargetType === "AWS_ACCOUNT") !== (TargetId !== undefined)) {
        throw new AwsError("ValidationException", `TargetId goes with the TargetType AWS_ACCOUNT, not ${TargetType}.`);
      }
      requireRoom(limits.provisionings, contents.permissionSetProvisionings, poll, request);
      const failure = faults.takeFailure("ProvisionPermissionSet")?.failure;
      const started: PermissionSetProvisioning = {
        requestId: newUuid(contents),
        instanceArn: InstanceArn,
        permissionSetArn: PermissionSetArn,
        ...(TargetId !== undefined && { accountId: TargetId }),
        createdDate: now(contents),
        ...inProgress(request),
        ...(failure !== undefined && { failure }),
      };
      contents.permissionSetProvisionings.push(started);
      return { PermissionSetProvisioningStatus: wireForm(started) };
    },
  ),
  DescribePermissionSetProvisioningStatus: operation(
    "reads",
    z.object({ InstanceArn: instanceArn, ProvisionPermissionSetRequestId: z.uuid() }),
    ({ InstanceArn, ProvisionPermissionSetRequestId: id }, request) => {
      administeredInstance(InstanceArn, request);
      const found = find(
        request.contents.permissionSetProvisionings,
        (each) => each.requestId === id && each.instanceArn === InstanceArn,
        () => new AwsError("ResourceNotFoundException", `There is no request ${id}.`),
      );
      poll(found, request);
      return { PermissionSetProvisioningStatus: wireForm(found) };
    },
  ),
  ListPermissionSetProvisioningStatus: operation(
    "reads",
    z.object({
      InstanceArn: instanceArn,
      Filter: z.object({ Status: z.enum(["IN_PROGRESS", "FAILED", "SUCCEEDED"]).optional() }).optional(),
      ...pageInput(100),
    }),
    (input, request) => {
      administeredInstance(input.InstanceArn, request);
      const { contents } = request;
      const all = contents.permissionSetProvisionings.filter((each) => each.instanceArn === input.InstanceArn);
      if (input.NextToken === undefined) all.forEach((each) => poll(each, request));
      const listed = all
        .filter(({ status }) => input.Filter?.Status === undefined || status === input.Filter.Status)
        .map(({ status, requestId, createdDate }) => ({
          Status: status,
          RequestId: requestId,
          CreatedDate: createdDate,
        }));
      return page("PermissionSetsProvisioningStatus", listed, input);
    },
  ),
  ListAccountsForProvisionedPermissionSet: operation(
    "reads",
    z.object({ ...ofOnePermissionSet, ProvisioningStatus, ...pageInput(100) }),
    (input, request) => {
      const { arn } = existingPermissionSet(input, request);
      const accounts = provisionedPermissionSets(request.contents)
        .filter((each) => each.permissionSetArn === arn && isOfStatus(input.ProvisioningStatus, each.outdated))
        .map(({ accountId }) => accountId);
      return page("AccountIds", accounts, input);
    },
  ),
  ListPermissionSetsProvisionedToAccount: operation(
    "reads",
    z.object({ InstanceArn: instanceArn, AccountId: accountId, ProvisioningStatus, ...pageInput(100) }),
    (input, request) => {
      const { contents } = request;
      const { arn: instance } = administeredInstance(input.InstanceArn, request);
      const ofInstance = contents.permissionSets.filter((each) => each.instanceArn === instance).map(({ arn }) => arn);
      const listed = provisionedPermissionSets(contents)
        .filter((each) => each.accountId === input.AccountId && ofInstance.includes(each.permissionSetArn))
        .filter(({ outdated }) => isOfStatus(input.ProvisioningStatus, outdated))
        .map(({ permissionSetArn }) => permissionSetArn);
      return page("PermissionSets", listed, input);
    },
  ),
};

function isOfStatus(status: z.output<typeof ProvisioningStatus>, outdated: unknown): boolean {
  return status === undefined || (status === "LATEST_PERMISSION_SET_PROVISIONED") === (outdated === undefined);
}

function wireForm(provisioning: PermissionSetProvisioning): Output {
  const { status, requestId, accountId, permissionSetArn, failureReason, createdDate } = provisioning;
  return {
    Status: status,
    RequestId: requestId,
    ...(accountId !== undefined && { AccountId: accountId }),
    PermissionSetArn: permissionSetArn,
    ...(failureReason !== undefined && { FailureReason: failureReason }),
    CreatedDate: createdDate,
  };
}
