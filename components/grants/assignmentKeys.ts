import type { Account as OrganizationsAccount } from "../aws/organization";

type Account = Pick<OrganizationsAccount, "id" | "name">;

export type PrincipalType = "GROUP" | "USER";

/** A group or user of the identity store. */
export interface Principal {
  readonly type: PrincipalType;
  /** The display name of a group, the user name of a user. */
  readonly name: string;
  readonly id: string;
}

/**
 * The assignments of one permission set as maps with keys that a reviewer can read, so that a preview shows "who gets what
 * where" as lines; ids sit in maps of their own.
 */
export interface AssignmentMaps {
  /** { "payments-dev / group Developers": "assigned" } */
  readonly assignments: Readonly<Record<string, string>>;
  /** { "payments-dev": "222222222222" } */
  readonly accounts: Readonly<Record<string, string>>;
  /** { "group Developers": "906739a7-..." } */
  readonly principals: Readonly<Record<string, string>>;
}

/** What IAM Identity Center knows of an assignment, beside its permission set. */
export interface Assignment {
  readonly accountId: string;
  readonly principalType: PrincipalType;
  readonly principalId: string;
}

/** Between the account and the principal of a key. */
export const separator = " / ";

/** A name with a free-standing slash could not be told from the separator. */
const freeSlash = /(^|\s)\/(\s|$)/;

/** An account's name; its id where the name would not tell which account is meant. */
export function accountLabel(account: Account, all: readonly Account[]): string {
  const isClear =
    account.name !== "" &&
    !freeSlash.test(account.name) &&
    !/^[0-9]{12}$/.test(account.name) &&
    !(account.name in {}) && // "constructor" is there in every object
    all.every(({ id, name }) => id === account.id || name !== account.name);
  return isClear ? account.name : account.id;
}

/** "group Developers" or "user alice"; the id instead of a name that could be taken for something else. */
export function principalLabel({ type, name, id }: Principal): string {
  return `${type === "GROUP" ? "group" : "user"} ${name === "" || freeSlash.test(name) ? id : name}`;
}

/** The maps of some assignments, in alphabetical order, each once. */
export function assignmentMaps(
  pairs: readonly { account: Account; principal: Principal }[],
  all: readonly Account[],
): AssignmentMaps {
  const sorted = pairs
    .map(({ account, principal }) => ({
      account: accountLabel(account, all),
      accountId: account.id,
      principal: principalLabel(principal),
      principalId: principal.id,
    }))
    .sort((a, b) => compare(a.account, b.account) || compare(a.principal, b.principal));
  return {
    assignments: Object.fromEntries(
      sorted.map(({ account, principal }) => [account + separator + principal, "assigned"]),
    ),
    accounts: Object.fromEntries(sorted.map(({ account, accountId }) => [account, accountId])),
    principals: Object.fromEntries(sorted.map(({ principal, principalId }) => [principal, principalId])),
  };
}

/** The assignment behind a key of the map. */
export function assignmentOf(key: string, { accounts, principals }: AssignmentMaps): Assignment {
  const [account = "", principal = ""] = key.split(separator);
  const accountId = accounts[account];
  const principalId = principals[principal];
  if (accountId === undefined || principalId === undefined) {
    throw new Error(`The assignment "${key}" names an account or principal whose id is not in the maps beside it.`);
  }
  return { accountId, principalType: principal.startsWith("group ") ? "GROUP" : "USER", principalId };
}

/** The same text for the same assignment, whatever its account and principal are called. */
export function identity({ accountId, principalType, principalId }: Assignment): string {
  return `${accountId}/${principalType}/${principalId}`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
