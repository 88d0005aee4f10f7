import { z } from "zod";
import { AwsError } from "../awsError";
import type { AccountAssignment, Contents } from "../contents";
import { page, pageInput } from "../pages";
import { operation, type Operation } from "../service";
import { administeredInstance, instanceArn } from "./instance";
import { existingPermissionSet, permissionSetArn } from "./permissionSets";

export const accountId = z.string().regex(/^\d{12}$/, "must be an account id of 12 digits");
export const principalType = z.enum(["USER", "GROUP"]);
export const principalId = z
  .string()
  .regex(/^([0-9a-f]{10}-|)[A-Fa-f0-9]{8}(-[A-Fa-f0-9]{4}){3}-[A-Fa-f0-9]{12}$/, "must be a user's or group's id");

export const accountAssignments: Record<string, Operation> = {
  ListAccountAssignments: operation(
    "reads",
    z.object({ InstanceArn: instanceArn, AccountId: accountId, PermissionSetArn: permissionSetArn, ...pageInput(100) }),
    (input, request) => {
      const { arn } = existingPermissionSet(input, request);
      const listed = request.contents.accountAssignments.filter(
        (each) => each.permissionSetArn === arn && each.accountId === input.AccountId,
      );
      return page("AccountAssignments", listed.map(wireForm), input);
    },
  ),
  ListAccountAssignmentsForPrincipal: operation(
    "reads",
    z.object({
      InstanceArn: instanceArn,
      PrincipalId: principalId,
      PrincipalType: principalType,
      Filter: z.object({ AccountId: accountId.optional() }).optional(),
      ...pageInput(100),
    }),
    (input, request) => {
      const { contents, caller } = request;
      const instance = administeredInstance(input.InstanceArn, request);
      if (caller.account !== contents.managementAccount) {
        throw new AwsError(
          "AccessDeniedException",
          `ListAccountAssignmentsForPrincipal must be called from the management account, ${contents.managementAccount}.`,
        );
      }
      const principals = [
        input.PrincipalId,
        ...(input.PrincipalType === "USER" ? groupsOf(input.PrincipalId, contents) : []),
      ];
      const listed = contents.accountAssignments
        .filter((each) => each.instanceArn === instance.arn && principals.includes(each.principalId))
        .filter((each) => input.Filter?.AccountId === undefined || each.accountId === input.Filter.AccountId);
      return page("AccountAssignments", listed.map(wireForm), input);
    },
  ),
};

function groupsOf(userId: string, { groups }: Contents): string[] {
  return groups.filter(({ members }) => members.includes(userId)).map(({ id }) => id);
}

function wireForm({ accountId, permissionSetArn, principalType, principalId }: AccountAssignment) {
  return {
    AccountId: accountId,
    PermissionSetArn: permissionSetArn,
    PrincipalType: principalType,
    PrincipalId: principalId,
  };
}
