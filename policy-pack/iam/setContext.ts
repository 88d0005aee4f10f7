import { concernsAction } from "./actions";
import { type Decision, evaluate, type Evaluation } from "./evaluate";
import { judge } from "./judge";
import { type Policy, referenceTo, type Statement, type StatementReference } from "./policy";
import type { AuthorizationRequest } from "./authorizationRequest";
import { concernsResource } from "./resources";

/** Whose console sessions, and where. */
export interface SetContextQuestion
  extends Omit<Evaluation, "request">, Pick<AuthorizationRequest, "context" | "contextIsComplete"> {
  /** Of the accounts: aws, aws-us-gov, aws-cn, ... */
  readonly partition: string;
  /** The id of the only account that matters. Without it every account does, as for a permission set. */
  readonly account?: string | undefined;
}

export interface SetContextGrant {
  /** In which of the accounts a session may set its own context. */
  readonly accounts: "every" | "some" | "none" | "undecided";
  /** The Allow statements of the identity-based policies that grant it, in one account at least. */
  readonly grantedBy: readonly StatementReference[];
  /** The Deny statements that take it away, in one account at least, whether or not anything grants it. */
  readonly takenAwayBy: readonly StatementReference[];
  /** The Allow statements that would grant it but for their NotAction or NotResource, in one account at least. */
  readonly leftOutBy: readonly StatementReference[];
  /** Why it is not granted in every account: a sentence each, without its full stop. */
  readonly reasons: readonly string[];
}

/** An account whose id has no digits: what matches it matches every account. */
const anyAccount = "*".repeat(12);

/**
 * Whether policies let a console session become identity-aware: whether they allow sts:SetContext on the caller's own
 * session, arn:aws:sts::<account>:self. An account id in a policy covers one account only.
 *
 * Asks for an account that no policy names, and for one of each id and pattern of ids that they name. (What only
 * several patterns do together is not seen: 0* to 9* count as some accounts.)
 *
 * Source: IAM User Guide, "Granting permissions to use identity-enhanced console sessions".
 */
export function grantsSetContext(question: SetContextQuestion): SetContextGrant {
  const { partition, account, context, contextIsComplete, ...policies } = question;
  const limits = [policies.permissionsBoundary ?? [], policies.serviceControlPolicies ?? []].flat(2);
  const everyPolicy = [...policies.identityPolicies, ...limits];
  const accounts = account === undefined ? distinct([anyAccount, ...everyPolicy.flatMap(namedAccounts)]) : [account];
  const requests = accounts.map((id) => ({
    action: "sts:SetContext",
    resource: `arn:${partition}:sts::${id}:self`,
    context,
    contextIsComplete,
  }));
  const decisions = requests.map((request) => evaluate({ ...policies, request }));
  const applies = (effect: Statement["effect"]) => (policy: Policy, statement: Statement) =>
    statement.effect === effect && requests.some((each) => judge(policy, statement, each).verdict === true);
  return {
    accounts: summary(decisions.map(({ decision }) => decision)),
    grantedBy: statementsThat(applies("Allow"), policies.identityPolicies),
    takenAwayBy: statementsThat(applies("Deny"), everyPolicy),
    leftOutBy: statementsThat((...each) => requests.some((request) => leavesOut(...each, request)), everyPolicy),
    reasons: distinct(decisions.flatMap(({ reasons }) => reasons.map((each) => each.replaceAll(anyAccount, "*")))),
  };
}

function summary(decisions: readonly Decision["decision"][]): SetContextGrant["accounts"] {
  if (decisions.includes("undecided")) {
    return "undecided";
  }
  if (decisions.every((each) => each === "allowed")) {
    return "every";
  }
  return decisions.includes("allowed") ? "some" : "none";
}

function statementsThat(
  hold: (policy: Policy, statement: Statement) => boolean,
  policies: readonly Policy[],
): readonly StatementReference[] {
  return policies.flatMap((policy) =>
    policy.statements.filter((each) => hold(policy, each)).map((each) => referenceTo(policy, each)),
  );
}

function leavesOut(policy: Policy, { effect, action, resource }: Statement, request: AuthorizationRequest): boolean {
  const aboutAction = concernsAction(action, request);
  const aboutResource = concernsResource(resource, policy, request);
  const byAction = action.name === "NotAction" && aboutAction === false && aboutResource !== false;
  const byResource = resource.name === "NotResource" && aboutResource === false && aboutAction !== false;
  return effect === "Allow" && (byAction || byResource);
}

/** The accounts that a policy's resources name; of a pattern of ids, one. */
function namedAccounts({ statements }: Policy): readonly string[] {
  return statements
    .flatMap(({ resource }) => resource.patterns.map((arn) => arn.split(":")[4] ?? ""))
    .filter((id) => /^[\d*?]*\d[\d*?]*$/.test(id))
    .map((id) => {
      const missing = Math.max(0, 12 - id.replaceAll("*", "").length);
      return id.replaceAll("?", "0").replace("*", "0".repeat(missing)).replaceAll("*", "");
    })
    .filter((id) => id.length === 12);
}

function distinct(texts: readonly string[]): readonly string[] {
  return texts.filter((text, n) => texts.indexOf(text) === n);
}
