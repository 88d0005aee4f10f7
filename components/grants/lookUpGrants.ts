import type { Connection } from "../aws/connection";
import { IdentityStoreReader } from "../aws/identityStore";
import { OrganizationReader } from "../aws/organization";
import { PermissionSetReader, type ReadInstance } from "../aws/permissionSets";
import { inactiveAccountProblems } from "./inactiveAccounts";
import { managementAccountProblems } from "./managementAccount";
import { type Problem, refuseAny } from "../problem";
import type { PermissionSetSettings } from "../settings/settings";
import { together } from "../together";
import type { AssignmentMaps, Principal } from "./assignmentKeys";
import { importProblem, instanceArnOf, missingProblem } from "./permissionSetNames";
import { resolveAssignments, type Resolution } from "./resolveAssignments";

type PermissionSets = Readonly<Record<string, PermissionSetSettings>>;

/** What the stack's permission sets name, as AWS knows it. */
export interface LookedUp {
  /** Who gets which permission set where, by permission set. */
  readonly assignments: Readonly<Record<string, AssignmentMaps>>;
  /** The ARNs of the permission sets that the stack does not manage, by name. */
  readonly existing: Readonly<Record<string, string>>;
}

/**
 * Looks up who, where and what: the accounts, groups and users that permission sets are assigned to, the permission sets that
 * the stack does not manage and those that it imports; only reads.
 *
 * @throws RunError with every name that is unknown or ambiguous, each with the near ones.
 */
export async function lookUpGrants(
  connection: Connection,
  instance: ReadInstance & { readonly identityStoreId: string; readonly ownerAccountId: string },
  permissionSets: PermissionSets,
): Promise<LookedUp> {
  const reader = new PermissionSetReader(connection, instance);
  const [assignments, existing, ofImports] = await together(
    lookUpAssignments(connection, instance.identityStoreId, permissionSets),
    lookUpExisting(reader, permissionSets),
    importProblems(reader, instance.arn, permissionSets),
  );
  const unknown = [...assignments.problems, ...existing.problems, ...ofImports];
  await together(
    managementAccountProblems(connection, instance, permissionSets, assignments).then((problems) =>
      refuseAny("A delegated administrator cannot assign permission sets in the management account", problems),
    ),
    inactiveAccountProblems(connection, instance, permissionSets, assignments).then((problems) =>
      refuseAny("AWS cannot assign permission sets in accounts that are not in use", problems),
    ),
    Promise.resolve().then(() => refuseAny("The stack names what AWS does not know", unknown)),
  );
  return { assignments: assignments.maps, existing: existing.arns };
}

async function lookUpAssignments(
  connection: Connection,
  identityStoreId: string,
  permissionSets: PermissionSets,
): Promise<Resolution> {
  const all = Object.values(permissionSets).flatMap(({ assignments }) => assignments);
  if (all.length === 0) {
    return resolveAssignments(permissionSets, { accounts: [], principals: [], groupNames: [], userNames: [] });
  }
  const identityStore = new IdentityStoreReader(connection, identityStoreId);
  const groups = [...new Set(all.flatMap((assignment) => assignment.groups))];
  const users = [...new Set(all.flatMap((assignment) => assignment.users))];
  const [accounts, foundGroups, foundUsers] = await together(
    new OrganizationReader(connection).accounts(),
    found("GROUP", groups, (name) => identityStore.groupId(name)),
    found("USER", users, (name) => identityStore.userId(name)),
  );
  return resolveAssignments(permissionSets, {
    accounts,
    principals: [...foundGroups, ...foundUsers],
    groupNames: foundGroups.length < groups.length ? await identityStore.groupNames() : [],
    userNames: foundUsers.length < users.length ? await identityStore.userNames() : [],
  });
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

async function lookUpExisting(reader: PermissionSetReader, permissionSets: PermissionSets) {
  const names = Object.entries(permissionSets).flatMap(([name, { existing }]) => (existing ? name : []));
  const seen = await reader.find(names);
  const arns: Record<string, string> = {};
  const problems: Problem[] = [];
  for (const name of names) {
    const arn = seen[name];
    if (arn === undefined) {
      problems.push(missingProblem(name, Object.keys(seen)));
    } else {
      arns[name] = arn;
    }
  }
  return { arns, problems };
}

async function importProblems(
  reader: PermissionSetReader,
  instanceArn: string,
  permissionSets: PermissionSets,
): Promise<Problem[]> {
  const problems: (Problem | undefined)[] = [];
  for (const [name, { import: arn }] of Object.entries(permissionSets)) {
    if (arn !== undefined) {
      const nameInAws = instanceArnOf(arn) === instanceArn ? await reader.nameOf(arn) : undefined;
      problems.push(importProblem(name, arn, instanceArn, nameInAws));
    }
  }
  return problems.filter((problem) => problem !== undefined);
}
