import { nameOf, type Policy } from "../../policy-pack/iam/policy";
import { grantsSetContext, type SetContextGrant } from "../../policy-pack/iam/setContext";
import type { Principal } from "./reportSchema";

/** What decides whether the sessions of a principal may use sts:SetContext on themselves. */
export interface Held {
  readonly partition: string;
  /** The account that an IAM principal is in; a permission set can be in every one. */
  readonly account?: string;
  readonly identityPolicies: readonly Policy[];
  readonly permissionsBoundary?: Policy | undefined;
  /** What all its sessions have in common, by condition key. */
  readonly context: Readonly<Record<string, string>>;
  /** What was not read and could take it away or limit it as well as grant it: a sentence each, without its full stop. */
  readonly notRead: readonly string[];
  /** What was not read and is taken to grant it at most: each account may have another customer managed policy under the name. */
  readonly notReadAndTrusted?: readonly string[];
}

/** Judges by the evaluator that also judges what the stack grants. */
export function judgePrincipal(who: Pick<Principal, "kind" | "name" | "arn">, held: Held): Principal {
  const { notRead, notReadAndTrusted = [], ...question } = held;
  const grant = grantsSetContext(question);
  const setContext = stateOf(grant, held);
  return {
    ...who,
    setContext,
    by: byOf(setContext, grant).map(nameOf),
    reasons: setContext === "granted" ? [] : [...grant.reasons],
    notRead: [...notRead, ...notReadAndTrusted],
  };
}

function stateOf(grant: SetContextGrant, { notRead, notReadAndTrusted = [] }: Held): Principal["setContext"] {
  const { accounts, grantedBy, takenAwayBy, leftOutBy } = grant;
  // A Deny that is certain stays one, whatever else there may be.
  if (accounts === "none" && takenAwayBy.length > 0) {
    return "denied";
  }
  if (accounts === "undecided" || notRead.length > 0) {
    return "not known";
  }
  if (accounts === "none") {
    return notReadAndTrusted.length > 0
      ? "not known"
      : grantedBy.length + leftOutBy.length > 0
        ? "limited"
        : "not granted";
  }
  return accounts === "every" ? "granted" : "granted in some accounts";
}

function byOf(state: Principal["setContext"], { grantedBy, takenAwayBy, leftOutBy }: SetContextGrant) {
  switch (state) {
    case "granted":
      return grantedBy;
    case "granted in some accounts":
      return [...grantedBy, ...takenAwayBy];
    case "denied":
      return takenAwayBy;
    case "limited":
      return leftOutBy;
    case "not granted":
    case "not known":
      return [];
  }
}

/** Whether it is known that somebody's sessions may use it: those of a permission set may where it is assigned. */
export function isSomebodyGranted({ kind, setContext, accounts = 0 }: Principal): boolean {
  const isGranted = setContext === "granted" || setContext === "granted in some accounts";
  // A group is no principal that signs in: its users are judged by themselves.
  return isGranted && kind !== "group" && (kind !== "permission set" || accounts > 0);
}
