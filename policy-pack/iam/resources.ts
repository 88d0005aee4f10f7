import { arnParts } from "./arn";
import type { Policy, ResourceElement } from "./policy";
import type { AuthorizationRequest } from "./authorizationRequest";
import { all, any, doubt, not, type Verdict } from "./verdict";
import { literally, substitute } from "./variables";
import { anyText, ignoringCase, literal, lowerCase, matches, pattern, type Token } from "./wildcards";

/**
 * Whether a statement is about a resource, by its Resource or its NotResource element.
 *
 * Sources: IAM User Guide, "IAM JSON policy elements: Resource" and "... NotResource"; for empty lists, "IAM policy
 * validation check reference" (empty array resource).
 */
export function concernsResource(
  element: ResourceElement,
  policy: Pick<Policy, "hasVariables">,
  request: AuthorizationRequest,
): Verdict {
  const listed = any(element.patterns.map((each) => resourceMatches(each, policy, request)));
  if (element.name === "Resource") {
    return listed;
  }
  return element.patterns.length === 0 ? doubt("its NotResource is an empty list") : not(listed);
}

/**
 * Whether a resource is one of those that a pattern names. The resource is an ARN, or "*" for an action that knows no
 * resources, which only the pattern "*" matches.
 *
 * Each of the six parts of an ARN is compared with the pattern's; in the last one wildcards stand for colons too. A
 * pattern with fewer parts is completed by asterisks. In doubt is a pattern that matches only if its wildcards reach
 * beyond a colon (the guide says that an asterisk at the end of a part "can"), or if the case of letters before the
 * fifth one does not count.
 *
 * Sources: as above; "Identify AWS resources with Amazon Resource Names (ARNs)" on incomplete ARNs; AWS's own managed
 * policies for wildcards in the partition (arn:*:kms:*:*:key/*) and "IAM policy validation check reference" for such in
 * the service (wildcard in service name), both of which other pages of the guide rule out.
 */
function resourceMatches(
  resourcePattern: string,
  policy: Pick<Policy, "hasVariables">,
  request: AuthorizationRequest,
): Verdict {
  if (resourcePattern === "*") {
    return true;
  }
  const { tokens, doubts, hasNoValue } = policy.hasVariables
    ? substitute(resourcePattern, pattern, request)
    : literally(resourcePattern, pattern);
  return (
    !hasNoValue &&
    all([
      arnMatches(tokens, request.resource, resourcePattern),
      doubts.length === 0 || doubt(...doubts),
      !(policy.hasVariables && hasEarlyVariable(resourcePattern)) ||
        doubt(`"${resourcePattern}" has a variable before its fifth colon, where none is allowed`),
    ])
  );
}

function arnMatches(tokens: readonly Token[], resource: string, resourcePattern: string): Verdict {
  const patterns = arnParts(tokens);
  const parts = arnParts(literal(resource)).map((part) => part.join(""));
  if (partsMatch(patterns, parts)) {
    return true;
  }
  if (matches(tokens, resource)) {
    return doubt(`"${resourcePattern}" matches ${resource} only if its wildcards reach beyond a colon`);
  }
  const sameButForCase = partsMatch(
    patterns.map((each, n) => (n < 5 ? ignoringCase(each) : each)),
    parts.map((each, n) => (n < 5 ? lowerCase(each) : each)),
  );
  return sameButForCase && doubt(`"${resourcePattern}" matches ${resource} only if the case of letters does not count`);
}

function partsMatch(patterns: readonly (readonly Token[])[], parts: readonly string[]): boolean {
  return parts.length === 6 && parts.every((part, n) => matches(patterns[n] ?? [anyText], part));
}

/** Variables belong behind the fifth colon ("IAM policy elements: Variables and tags"). */
function hasEarlyVariable(resourcePattern: string): boolean {
  return resourcePattern.split(":").slice(0, 5).join(":").includes("${");
}
