import { type Judgement, judge } from "./judge";
import { nameOf, type Policy, type StatementReference } from "./policy";
import type { AuthorizationRequest } from "./authorizationRequest";
import { any, isDoubt, type Verdict } from "./verdict";

/** One request of a principal, and the policies that apply to it within one account. */
export interface Evaluation {
  readonly request: AuthorizationRequest;
  /** Those of the principal and of its groups. */
  readonly identityPolicies: readonly Policy[];
  readonly permissionsBoundary?: Policy | undefined;
  /**
   * A list for every level from the organization's root to the account: each level must allow. None for the management
   * account, to which these policies do not apply.
   */
  readonly serviceControlPolicies?: readonly (readonly Policy[])[] | undefined;
}

export interface Decision {
  /**
   * Undecided when it depends on what is not known of the request, or not documented by AWS. Implicitly denied also
   * when a Deny in doubt might deny it explicitly.
   */
  readonly decision: "allowed" | "implicitlyDenied" | "explicitlyDenied" | "undecided";
  /**
   * What decided: the Allow statements of the identity-based policies, the Deny statements, or the statements in doubt.
   * Nothing when the request is denied for want of an Allow.
   */
  readonly by: readonly StatementReference[];
  /** Why it is not allowed: a sentence each, without its full stop. */
  readonly reasons: readonly string[];
}

/** Policies of which one statement at least must allow. */
interface Layer {
  readonly name: string;
  readonly judgements: readonly Judgement[];
  readonly allows: Verdict;
}

/**
 * Judges a request as AWS does within one account, resource-based and session policies aside, and the root user: a Deny
 * anywhere wins; without one the identity-based policies, the permissions boundary and each level of service control
 * policies must all allow.
 *
 * @throws RangeError when the request's action is a pattern, or no action
 *
 * Sources: IAM User Guide, "How AWS enforcement code logic evaluates requests to allow or deny access" and "Permissions
 * boundaries for IAM entities"; AWS Organizations User Guide, "SCP evaluation".
 */
export function evaluate(evaluation: Evaluation): Decision {
  const { request, identityPolicies, permissionsBoundary, serviceControlPolicies = [] } = evaluation;
  if (!/^[^:*?\s]+:[^:*?\s]+$/.test(request.action)) {
    throw new RangeError(`"${request.action}" is not an action: name a single one, like sts:SetContext`);
  }
  const identity = layer("the identity-based policies", identityPolicies, request);
  const layers = [
    identity,
    ...(permissionsBoundary === undefined
      ? []
      : [layer(`the permissions boundary ${permissionsBoundary.name}`, [permissionsBoundary], request)]),
    ...serviceControlPolicies.map((policies, level) =>
      layer(`the service control policies at level ${level}`, policies, request),
    ),
  ];
  const what = `${request.action} on ${request.resource}`;

  const denials = layers.flatMap(({ judgements }) => judgements).filter(({ effect }) => effect === "Deny");
  const certain = denials.filter(({ verdict }) => verdict === true).map(({ statement }) => statement);
  if (certain.length > 0) {
    return {
      decision: "explicitlyDenied",
      by: certain,
      reasons: certain.map((each) => `${nameOf(each)} denies ${what}`),
    };
  }
  const silent = layers.filter(({ allows }) => allows === false);
  if (silent.length > 0) {
    return {
      decision: "implicitlyDenied",
      by: [],
      reasons: silent.map(({ name }) => `nothing in ${name} allows ${what}`),
    };
  }
  const inDoubt = [
    ...denials,
    ...layers.filter(({ allows }) => allows !== true).flatMap(({ judgements }) => judgements.filter(isAllow)),
  ].filter(({ verdict }) => isDoubt(verdict));
  if (inDoubt.length > 0) {
    return { decision: "undecided", by: inDoubt.map(({ statement }) => statement), reasons: inDoubt.flatMap(doubtsOf) };
  }
  const by = identity.judgements.filter((each) => isAllow(each) && each.verdict === true);
  return { decision: "allowed", by: by.map(({ statement }) => statement), reasons: [] };
}

function layer(name: string, policies: readonly Policy[], request: AuthorizationRequest): Layer {
  const judgements = policies.flatMap((policy) => policy.statements.map((each) => judge(policy, each, request)));
  return { name, judgements, allows: any(judgements.filter(isAllow).map(({ verdict }) => verdict)) };
}

function isAllow({ effect }: Judgement): boolean {
  return effect === "Allow";
}

function doubtsOf({ statement, verdict }: Judgement): readonly string[] {
  return isDoubt(verdict) ? verdict.reasons.map((reason) => `${nameOf(statement)} may apply or not: ${reason}`) : [];
}
