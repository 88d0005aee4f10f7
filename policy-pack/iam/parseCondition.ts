import { conditionOperator, unknownOperator } from "./conditionOperators";
import type { ConditionOperator } from "./policy";
import { elementsOf, isObject, type PolicyProblem, shown } from "./policyProblem";

/**
 * Reads a Condition element; adds its problems. Numbers and Booleans need no quotation marks.
 *
 * Sources: IAM User Guide, "Grammar of the IAM JSON policy language"; "IAM policy validation check reference" (invalid
 * condition key format, duplicate keys with different case).
 */
export function parseCondition(path: string, value: unknown, problems: PolicyProblem[]): readonly ConditionOperator[] {
  if (!isObject(value)) {
    const toDo = 'Write it like { "Bool": { "aws:MultiFactorAuthPresent": "true" } }';
    problems.push({ path, found: shown(value), allowed: "an object of condition operators", toDo });
    return [];
  }
  return Object.entries(elementsOf(value)).map(([name, keys]) => {
    if (conditionOperator(name) === undefined) {
      problems.push({ path: `${path}.${name}`, found: `the condition operator ${name}`, ...unknownOperator(name) });
    }
    if (!isObject(keys)) {
      const toDo = 'Write it like { "aws:MultiFactorAuthPresent": "true" }';
      problems.push({ path: `${path}.${name}`, found: shown(keys), allowed: "an object of condition keys", toDo });
      return { name, keys: [] };
    }
    const entries = Object.entries(elementsOf(keys)).map(([key, values]) => ({
      key,
      values: parseValues(`${path}.${name}.${key}`, values, problems),
    }));
    checkKeys(
      `${path}.${name}`,
      entries.map(({ key }) => key),
      problems,
    );
    return { name, keys: entries };
  });
}

function checkKeys(path: string, keys: readonly string[], problems: PolicyProblem[]): void {
  for (const [n, key] of keys.entries()) {
    if (!/^[^:]+:./.test(key)) {
      problems.push({
        path: `${path}.${key}`,
        found: `the condition key ${key}`,
        allowed: 'a prefix and a name: "aws:username"',
        toDo: "Write the condition key with its prefix",
      });
    }
    const same = keys.slice(0, n).find((earlier) => earlier.toLowerCase() === key.toLowerCase());
    if (same !== undefined) {
      problems.push({
        path: `${path}.${key}`,
        found: `the condition key ${key} beside ${same}`,
        allowed: "each key once, as the case of its letters does not matter",
        toDo: "Remove one, or write their values as one list",
      });
    }
  }
}

function parseValues(path: string, value: unknown, problems: PolicyProblem[]): readonly string[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.flatMap((each, n) => {
    if (typeof each === "string" || typeof each === "number" || typeof each === "boolean") {
      return [String(each)];
    }
    problems.push({
      path: Array.isArray(value) ? `${path}[${n}]` : path,
      found: shown(each),
      allowed: "a text, a number, true or false, or a list of these",
      toDo: "Write the value to compare with",
    });
    return [];
  });
}
