/** A policy as read by `parsePolicy`: an identity-based policy, a permissions boundary or a service control policy. */
export interface Policy {
  /** What to call it when it decides: the name of the policy, or where it is written. */
  readonly name: string;
  /** Whether ${...} is a variable: only in version 2012-10-17 of the policy language, and not by default. */
  readonly hasVariables: boolean;
  readonly statements: readonly Statement[];
}

export interface Statement {
  /** Its place in the policy, from 0. */
  readonly index: number;
  readonly sid?: string;
  readonly effect: "Allow" | "Deny";
  readonly action: ActionElement;
  readonly resource: ResourceElement;
  /** Undefined when the statement has no Condition element; empty when it has an empty one. */
  readonly condition?: readonly ConditionOperator[];
}

export interface ActionElement {
  readonly name: "Action" | "NotAction";
  readonly patterns: readonly string[];
}

export interface ResourceElement {
  readonly name: "Resource" | "NotResource";
  readonly patterns: readonly string[];
}

/** One operator of a Condition element with what it compares, as in "StringEquals": { "aws:username": ["alice"] }. */
export interface ConditionOperator {
  readonly name: string;
  readonly keys: readonly { readonly key: string; readonly values: readonly string[] }[];
}

/** A statement, named so that its author finds it. */
export interface StatementReference {
  readonly policy: string;
  readonly index: number;
  readonly sid?: string;
}

export function referenceTo(policy: Policy, { index, sid }: Statement): StatementReference {
  return { policy: policy.name, index, ...(sid !== undefined && { sid }) };
}

/** statement 0 (AllowAll) of inlinePolicy */
export function nameOf({ policy, index, sid }: StatementReference): string {
  return `statement ${index}${sid === undefined ? "" : ` (${sid})`} of ${policy}`;
}
