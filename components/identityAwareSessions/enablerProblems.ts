import type { EvaluationResult } from "@aws-sdk/client-iam";
import { policyText } from "../grants/policyDocument";
import type { Problem } from "../problem";
import { enablerPolicy } from "./enablerPermissions";

const ask = "ask an administrator of IAM Identity Center to ";

/** A problem for each reason why the enabler may not do something, naming all that it may not do for this reason. */
export function enablerProblems(
  path: string,
  arn: string,
  isCaller: boolean,
  results: readonly EvaluationResult[],
): readonly Problem[] {
  const who = isCaller ? `${arn} (the caller)` : arn;
  const actionsByReason = new Map<string, string[]>();
  for (const result of results.filter(({ EvalDecision }) => EvalDecision !== "allowed")) {
    const reason = reasonOf(result);
    actionsByReason.set(reason, [...(actionsByReason.get(reason) ?? []), result.EvalActionName ?? ""]);
  }
  return [...actionsByReason].map(([reason, actions]) => ({
    path,
    found: reason === "" ? `${who} lacks ${actions.join(", ")}` : `${who} may not do ${actions.join(", ")}: ${reason}`,
    allowed: 'a role or user that has the nine permissions of enabling, on resource "*" (README, "Permissions")',
    toDo:
      reason === ""
        ? `${ask}give this policy to ${arn}, or to switch the sessions on instead: ${policyText(enablerPolicy(actions))}`
        : `${ask}lift what stands in the way, which no further policy of ${arn} can do, or to switch the sessions on instead`,
  }));
}

/** Empty when nothing but an Allow is missing. */
function reasonOf(result: EvaluationResult): string {
  const {
    EvalDecision,
    MatchedStatements = [],
    OrganizationsDecisionDetail,
    PermissionsBoundaryDecisionDetail,
  } = result;
  if (OrganizationsDecisionDetail?.AllowedByOrganizations === false) {
    return "a service control policy of the organization does not allow it";
  }
  if (EvalDecision === "explicitDeny") {
    const policies = [...new Set(MatchedStatements.map(({ SourcePolicyId = "" }) => SourcePolicyId))].filter(Boolean);
    return `a Deny forbids it${policies.length === 0 ? "" : ` (in ${policies.join(", ")})`}`;
  }
  if (PermissionsBoundaryDecisionDetail?.AllowedByPermissionsBoundary === false) {
    return "the permissions boundary does not allow it";
  }
  return "";
}
