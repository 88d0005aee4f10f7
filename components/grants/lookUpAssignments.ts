import type { Connection } from "../aws/connection";
import { IdentityStoreReader } from "../aws/identityStore";
import { OrganizationReader } from "../aws/organization";
import { refusal } from "../problem";
import type { PermissionSetSettings } from "../settings/settings";
import type { AssignmentMaps, Principal } from "./assignmentKeys";
import { resolveAssignments } from "./resolveAssignments";

/**
 * Looks up who and where: the accounts, groups and users that the stack's permission sets are assigned to; only reads.
 *
 * @returns the assignments by permission set.
 * @throws RunError with every name that is unknown or ambiguous, each with the near ones.
 */
export async function lookUpAssignments(
  connection: Connection,
  identityStoreId: string,
  permissionSets: Readonly<Record<string, PermissionSetSettings>>,
): Promise<Readonly<Record<string, AssignmentMaps>>> {
  const all = Object.values(permissionSets).flatMap(({ assignments }) => assignments);
  if (all.length === 0) {
    return resolveAssignments(permissionSets, { accounts: [], principals: [], groupNames: [], userNames: [] }).maps;
  }
  const identityStore = new IdentityStoreReader(connection, identityStoreId);
  const groups = [...new Set(all.flatMap((assignment) => assignment.groups))];
  const users = [...new Set(all.flatMap((assignment) => assignment.users))];
  const [accounts, foundGroups, foundUsers] = await Promise.all([
    new OrganizationReader(connection).accounts(),
    found("GROUP", groups, (name) => identityStore.groupId(name)),
    found("USER", users, (name) => identityStore.userId(name)),
  ]);
  const { maps, problems } = resolveAssignments(permissionSets, {
    accounts,
    principals: [...foundGroups, ...foundUsers],
    groupNames: foundGroups.length < groups.length ? await identityStore.groupNames() : [],
    userNames: foundUsers.length < users.length ? await identityStore.userNames() : [],
  });
  if (problems.length > 0) {
    throw refusal("The stack names what AWS does not know", problems);
  }
  return maps;
}

async function found(
  type: Principal["type"],
  names: readonly string[],
  idOf: (name: string) => Promise<string | undefined>,
): Promise<Principal[]> {
  const principals: Principal[] = [];
  for (const name of names) {
    const id = await idOf(name);
    if (id !== undefined) {
      principals.push({ type, name, id });
    }
  }
  return principals;
}
