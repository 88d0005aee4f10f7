import { callerAccount } from "../aws/callerAccount";
import type { Connection } from "../aws/connection";
import type { ReadInstance } from "../aws/permissionSets";
import type { Problem } from "../problem";
import type { PermissionSetSettings } from "../settings/settings";
import { principalLabel } from "./assignmentKeys";
import { missingAssignments } from "./missingAssignments";
import type { Resolution } from "./resolveAssignments";

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
  const missing = await missingAssignments(connection, instance, permissionSets, there);
  return missing.map(({ path, permissionSet, principals }) => ({
    path,
    found: `the management account, where ${principals.map(principalLabel).join(", ")} would get ${permissionSet} from ${caller}, a delegated administrator's account`,
    allowed: "assignments that the management account has already: only it can make others there",
    toDo: `assign it there by a stack that runs as the management account ${instance.ownerAccountId}, or remove it here`,
  }));
}
