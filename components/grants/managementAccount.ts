import { callerAccount } from "../aws/callerAccount";
import type { Connection } from "../aws/connection";
import { lookUp } from "../aws/lookUp";
import { PermissionSetReader, type ReadInstance } from "../aws/permissionSets";
import type { Problem } from "../problem";
import type { PermissionSetSettings } from "../settings/settings";
import { type Assignment, identity, principalLabel } from "./assignmentKeys";
import { PermissionSetAssignments } from "./permissionSetAssignments";
import type { AssignedPlace, Resolution } from "./resolveAssignments";

/**
 * The assignments that a delegated administrator's stack would make in the management account, which AWS lets the management
 * account alone do (IAM Identity Center User Guide, "Delegated administration"). Those that are there already need not be made,
 * so those pass.
 */
export async function managementAccountProblems(
  connection: Connection,
  instance: ReadInstance & { readonly ownerAccountId: string },
  permissionSets: Readonly<Record<string, PermissionSetSettings>>,
  { places }: Pick<Resolution, "places">,
): Promise<Problem[]> {
  const there = places.filter(
    ({ account, principals }) => account.id === instance.ownerAccountId && principals.length > 0,
  );
  const caller = there.length === 0 ? instance.ownerAccountId : await callerAccount(connection);
  if (caller === instance.ownerAccountId) {
    return [];
  }
  const names = [...new Set(there.map(({ permissionSet }) => permissionSet))];
  const arns = await new PermissionSetReader(connection, instance).find(names);
  const problems: Problem[] = [];
  for (const name of names) {
    const arn = permissionSets[name]?.import ?? arns[name];
    const existing = arn === undefined ? [] : await existingOf(connection, instance.arn, arn, there);
    for (const { path, account, principals } of there.filter(({ permissionSet }) => permissionSet === name)) {
      const missing = principals.filter((principal) => !existing.includes(identity(assigned(account.id, principal))));
      if (missing.length > 0) {
        problems.push({
          path,
          found: `the management account, where ${missing.map(principalLabel).join(", ")} would get ${name} from ${caller}, a delegated administrator's account`,
          allowed: "assignments that the management account has already: only it can make others there",
          toDo: `assign it there by a stack that runs as the management account ${account.id}, or remove it here`,
        });
      }
    }
  }
  return problems;
}

async function existingOf(
  connection: Connection,
  instanceArn: string,
  permissionSetArn: string,
  places: readonly AssignedPlace[],
): Promise<string[]> {
  const patience = { firstPause: 0, longestPause: 0, atMost: 0 }; // nothing is waited for when assignments are listed
  const reader = new PermissionSetAssignments(connection, instanceArn, permissionSetArn, patience);
  const asked = places.flatMap(({ account, principals }) =>
    principals.map((principal) => assigned(account.id, principal)),
  );
  return lookUp("sso:ListAccountAssignments", () => reader.existing(asked));
}

function assigned(accountId: string, { type, id }: AssignedPlace["principals"][number]): Assignment {
  return { accountId, principalType: type, principalId: id };
}
