import type { ActionElement } from "./policy";
import type { AuthorizationRequest } from "./authorizationRequest";
import { doubt, type Verdict } from "./verdict";
import { ignoringCase, matches, pattern } from "./wildcards";

/**
 * Whether a statement is about an action, by its Action or its NotAction element.
 *
 * Sources: IAM User Guide, "IAM JSON policy elements: Action" and "... NotAction"; for empty lists, "IAM policy
 * validation check reference" (empty array action: the statement does nothing, which for NotAction contradicts what
 * that says).
 */
export function concernsAction(element: ActionElement, { action }: AuthorizationRequest): Verdict {
  const listed = element.patterns.some((each) => actionMatches(each, action));
  if (element.name === "Action") {
    return listed;
  }
  return element.patterns.length === 0 ? doubt("its NotAction is an empty list") : !listed;
}

/**
 * What stands before the colon of an action: a service, or * where the action is * too. IAM says of others that the vendor "is not
 * valid", and that "Action vendors (e.g., aws, ec2, etc.) must not contain wildcards" (boogy/iam-policy-validator#172, of *:Untag*).
 */
export const servicePattern = String.raw`\*(?=:\*$)|[A-Za-z0-9.-]+`;

/**
 * Whether an action, "sts:SetContext", is one of those that a pattern names: "*", "sts:Set*". The case of letters does
 * not matter. Wildcards stay in the name; *:* is every action, too.
 */
export function actionMatches(actionPattern: string, action: string): boolean {
  if (actionPattern === "*" || actionPattern === "*:*") {
    return true;
  }
  const [service, name] = halves(actionPattern);
  const [requestedService, requestedName] = halves(action);
  if (service !== requestedService) {
    return false;
  }
  // Most patterns are names as they are, and AWS managed policies list thousands.
  return /[*?]/.test(name) ? matches(ignoringCase(pattern(name)), requestedName) : name === requestedName;
}

function halves(action: string): readonly [string, string] {
  const lowered = action.toLowerCase();
  const colon = lowered.indexOf(":");
  return colon < 0 ? [lowered, ""] : [lowered.slice(0, colon), lowered.slice(colon + 1)];
}
