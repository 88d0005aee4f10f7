import { permissionSetPath } from "../configPath";
import { nearest } from "../../policy-pack/nearest";
import { type Account, isActive } from "../aws/organization";
import type { Problem } from "../problem";
import type { PermissionSetSettings } from "../settings/settings";
import { type AssignmentMaps, assignmentMaps, type Principal, type PrincipalType } from "./assignmentKeys";

/** What is known of the organization and its identity store. */
export interface Directory {
  readonly accounts: readonly Account[];
  /** The principals that the stack names and that exist. */
  readonly principals: readonly Principal[];
  /** All names, to tell near ones; only needed where the stack names somebody who does not exist. */
  readonly groupNames: readonly string[];
  readonly userNames: readonly string[];
}

/** One account of one list of assignments, and who gets the permission set there. */
export interface AssignedPlace {
  /** The account's place in the configuration. */
  readonly path: string;
  readonly permissionSet: string;
  readonly account: Account;
  readonly principals: readonly Principal[];
}

export interface Resolution {
  /** By permission set. */
  readonly maps: Readonly<Record<string, AssignmentMaps>>;
  /** What the configuration asks for, place by place. */
  readonly places: readonly AssignedPlace[];
  /** Every name that is unknown or ambiguous. */
  readonly problems: readonly Problem[];
}

/** Turns the names in the stack's assignments into ids. */
export function resolveAssignments(
  permissionSets: Readonly<Record<string, PermissionSetSettings>>,
  directory: Directory,
): Resolution {
  const problems: Problem[] = [];
  const places: AssignedPlace[] = [];
  const maps = Object.entries(permissionSets).map(([name, { assignments }]) => {
    const pairs = assignments.flatMap((assignment, index) => {
      const path = `${permissionSetPath(name)}.assignments[${index}]`;
      const resolve = <T>(
        key: "accounts" | "groups" | "users",
        find: (text: string) => T | Omit<Problem, "path" | "found">,
      ): { value: T; path: string }[] =>
        assignment[key].flatMap((text, i) => {
          const result = find(text);
          if (isProblem(result)) {
            problems.push({ path: `${path}.${key}[${i}]`, found: `"${text}"`, ...result });
            return [];
          }
          return [{ value: result, path: `${path}.${key}[${i}]` }];
        });
      const accounts = resolve("accounts", (text) => findAccount(text, directory.accounts));
      const principals = [
        ...resolve("groups", (text) => findPrincipal("GROUP", text, directory)),
        ...resolve("users", (text) => findPrincipal("USER", text, directory)),
      ].map(({ value }) => value);
      const here = accounts.map(({ value: account, path }) => ({ path, permissionSet: name, account, principals }));
      places.push(...here);
      return here.flatMap(({ account }) => principals.map((principal) => ({ account, principal })));
    });
    return [name, assignmentMaps(pairs, directory.accounts)] as const;
  });
  return { maps: Object.fromEntries(maps), places, problems };
}

type NotFound = Omit<Problem, "path" | "found">;

function isProblem(result: unknown): result is NotFound {
  return typeof result === "object" && result !== null && "toDo" in result;
}

function findAccount(nameOrId: string, accounts: readonly Account[]): Account | NotFound {
  const byId = accounts.find(({ id }) => id === nameOrId);
  const byName = accounts.filter(({ name }) => name === nameOrId);
  // An account that is closed keeps its name for months, while the one that takes its place is in use already.
  const inUse = byName.filter(isActive);
  const [account, ...others] = byId !== undefined ? [byId] : inUse.length === 1 ? inUse : byName;
  if (account !== undefined && others.length === 0) {
    return account;
  }
  if (account !== undefined) {
    const ids = byName.map(({ id }) => id);
    return {
      allowed: "a name that only one account has, or an id",
      toDo: `write the id of the one you mean: ${ids.join(", ")}`,
    };
  }
  const names = accounts.map(({ name }) => name);
  const ids = accounts.map(({ id }) => id);
  const near = /^[0-9]+$/.test(nameOrId) ? nearest(nameOrId, ids) : nearest(nameOrId, names);
  return { allowed: "the name or id of an account of the organization", toDo: advice(near) };
}

function findPrincipal(type: PrincipalType, name: string, directory: Directory): Principal | NotFound {
  const principal = directory.principals.find((one) => one.type === type && one.name === name);
  return (
    principal ??
    (type === "GROUP"
      ? {
          allowed: "the display name of a group of the identity store",
          toDo: advice(nearest(name, directory.groupNames)),
        }
      : { allowed: "the user name of a user of the identity store", toDo: advice(nearest(name, directory.userNames)) })
  );
}

function advice(near: readonly string[]): string {
  return near.length > 0 ? `did you mean ${near.join(" or ")}?` : "correct it, or create it first";
}
