import type { Comparison } from "./comparisons";
import { conditionOperator, type Operator } from "./conditionOperators";
import { isNull } from "./isNull";
import type { ConditionOperator, Policy } from "./policy";
import { type AuthorizationRequest, stateOf } from "./authorizationRequest";
import { literally, substitute } from "./variables";
import { all, any, doubt, not, type Verdict } from "./verdict";
import { literal, pattern } from "./wildcards";

/**
 * Whether a statement's Condition element holds: every operator must, for each of its keys. An empty element, or
 * operator without keys, is in doubt: AWS documents both that it has no effect and that its statement has none.
 *
 * Sources: IAM User Guide, "Conditions with multiple context keys or values"; "IAM policy validation check reference"
 * (empty object condition).
 */
export function conditionHolds(
  condition: readonly ConditionOperator[] | undefined,
  policy: Pick<Policy, "hasVariables">,
  request: AuthorizationRequest,
): Verdict {
  if (condition === undefined) {
    return true;
  }
  const isEmpty = condition.length === 0 || condition.some(({ keys }) => keys.length === 0);
  return all([
    isEmpty ? doubt("its Condition is empty, or has an operator without a key") : true,
    ...condition.flatMap(({ name, keys }) =>
      keys.map(({ key, values }) => operatorHolds(name, key, values, policy, request)),
    ),
  ]);
}

/** An operator that compares. */
interface Comparing extends Operator {
  readonly comparison: Comparison;
}

/**
 * Whether an operator holds for one key.
 *
 * Sources: IAM User Guide, "IAM JSON policy elements: Condition operators" for absent keys and IfExists; "Single-valued
 * vs. multivalued context keys" for ForAllValues and ForAnyValue. (The former's table of ForAllValues:StringNotLike has
 * the opposite of what its text says in each line.)
 */
function operatorHolds(
  name: string,
  key: string,
  policyValues: readonly string[],
  policy: Pick<Policy, "hasVariables">,
  request: AuthorizationRequest,
): Verdict {
  const found = conditionOperator(name);
  if (found === undefined) {
    return doubt(`${name} is not a known condition operator`);
  }
  const { quantifier, comparison } = found;
  if (comparison === "Null") {
    return isNull(quantifier, key, policyValues, request);
  }
  const operator = { ...found, comparison };
  const requestValues = stateOf(key, request);
  if (requestValues === "absent") {
    return absentKeyHolds(operator, key);
  }
  if ("reasons" in requestValues) {
    return requestValues;
  }
  if (policyValues.length === 0) {
    return emptyListHolds(operator, key);
  }
  const holdsFor = (requestValue: string): Verdict => {
    const matched = any(policyValues.map((each) => valueMatches(operator, each, requestValue, policy, request)));
    return comparison.isNegated === true ? not(matched) : matched;
  };
  switch (quantifier) {
    case "ForAllValues":
      return requestValues.every((value) => value === "") || all(requestValues.map(holdsFor));
    case "ForAnyValue":
      return any(requestValues.map(holdsFor));
    default:
      return requestValues.length === 1
        ? all(requestValues.map(holdsFor))
        : doubt(`${key} has ${requestValues.length} values, and ${name} does not say whether one must match or all`);
  }
}

/** Where the request does not have the key. By IfExists the operator then holds, by ForAnyValue it does not. */
function absentKeyHolds({ name, quantifier, ifExists, comparison }: Comparing, key: string): Verdict {
  switch (quantifier) {
    case "ForAllValues":
      return true;
    case "ForAnyValue":
      return ifExists && doubt(`the request does not have ${key}, for which ${name} may hold or not`);
    default:
      return ifExists || comparison.isNegated === true;
  }
}

/**
 * Where the policy has an empty list of values and the request has the key.
 *
 * Source: IAM User Guide, "IAM policy validation check reference" (empty array condition; ... ForAllValues; ...
 * ForAnyValue; ... IfExists), which for the rest says both that the condition is true and that its statement has no
 * effect.
 */
function emptyListHolds({ name, quantifier, ifExists, comparison }: Comparing, key: string): Verdict {
  const isDocumented =
    quantifier === "ForAnyValue" || ((quantifier === "ForAllValues" || ifExists) && comparison.isNegated !== true);
  return isDocumented ? false : doubt(`${name} has no values to compare ${key} with`);
}

/** Whether one value of the request matches one of the policy, before any negation. */
function valueMatches(
  { name, comparison }: Comparing,
  text: string,
  requestValue: string,
  { hasVariables }: Pick<Policy, "hasVariables">,
  request: AuthorizationRequest,
): Verdict {
  if (hasVariables && comparison.hasVariables !== true && text.includes("${")) {
    return doubt(`"${text}" has a variable, where ${name} takes none`);
  }
  const read = comparison.hasWildcards === true ? pattern : literal;
  const { tokens, doubts, hasNoValue } = hasVariables ? substitute(text, read, request) : literally(text, read);
  return (
    !hasNoValue && all([comparison.compare({ text, tokens }, requestValue), doubts.length === 0 || doubt(...doubts)])
  );
}
