import { concernsAction } from "./actions";
import { conditionHolds } from "./conditions";
import { type Policy, referenceTo, type Statement, type StatementReference } from "./policy";
import type { AuthorizationRequest } from "./authorizationRequest";
import { concernsResource } from "./resources";
import { all, type Verdict } from "./verdict";

/** Whether a statement applies to a request. */
export interface Judgement {
  readonly statement: StatementReference;
  readonly effect: Statement["effect"];
  readonly verdict: Verdict;
}

/** A statement applies when it is about the action and the resource and its condition holds. */
export function judge(policy: Policy, statement: Statement, request: AuthorizationRequest): Judgement {
  const aboutAction = concernsAction(statement.action, request);
  const verdict =
    aboutAction === false // as most are not, the rest need not be looked at
      ? false
      : all([
          aboutAction,
          concernsResource(statement.resource, policy, request),
          conditionHolds(statement.condition, policy, request),
        ]);
  return { statement: referenceTo(policy, statement), effect: statement.effect, verdict };
}
