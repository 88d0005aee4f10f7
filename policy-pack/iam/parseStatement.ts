import { servicePattern } from "./actions";
import { parseCondition } from "./parseCondition";
import type { Statement } from "./policy";
import { elementsOf, isObject, type JsonObject, type PolicyProblem, shown, unknownElements } from "./policyProblem";

const known = ["Sid", "Effect", "Action", "NotAction", "Resource", "NotResource", "Condition"];

const action = {
  // What IAM says of others: that they "must be prefaced by a vendor".
  isValid: (text: string) => new RegExp(`^(\\*|(${servicePattern}):[^:]*)$`).test(text),
  allowed: '"*", or a service and an action: "sts:SetContext", "sts:Set*"',
  toDo: "Write the service's prefix, which has no wildcards, one colon and the action's name, which may have some",
};

const resource = {
  isValid: (text: string) => text === "*" || text.startsWith("arn:"),
  allowed: '"*" or an ARN: "arn:aws:sts::*:self"',
  toDo: "Write the resource's ARN, which may have wildcards",
};

/**
 * Reads one statement; undefined, with its problems added, when there are any.
 *
 * @param path what precedes the paths of its problems, for example Statement[0]
 *
 * Sources: as for `parsePolicy`, and IAM User Guide, "IAM JSON policy elements: Effect" (case-sensitive).
 */
export function parseStatement(
  path: string,
  index: number,
  value: unknown,
  problems: PolicyProblem[],
): Statement | undefined {
  if (!isObject(value)) {
    problems.push({ path, found: shown(value), allowed: "an object", toDo: "Write a statement, or remove it" });
    return undefined;
  }
  const elements = elementsOf(value);
  const before = problems.length;
  const { Effect: effect, Sid: sid, Condition: condition } = elements;
  problems.push(
    ...unknownElements(path, elements, known, (element) =>
      element.endsWith("Principal")
        ? "Remove it: only trust policies and other resource-based policies have principals"
        : `Remove ${element}, or spell it as the language does`,
    ),
  );
  if (effect !== "Allow" && effect !== "Deny") {
    const toDo = "Write Allow or Deny, in this case of letters";
    problems.push({ path: `${path}.Effect`, found: shown(effect), allowed: '"Allow" or "Deny"', toDo });
  }
  if (sid !== undefined && !(typeof sid === "string" && /^[A-Za-z0-9]*$/.test(sid))) {
    const toDo = "Leave out all other characters, or the whole Sid";
    problems.push({ path: `${path}.Sid`, found: shown(sid), allowed: "letters A-Z and a-z, digits", toDo });
  }
  const actions = parseEither(path, elements, ["Action", "NotAction"], action, problems);
  const resources = parseEither(path, elements, ["Resource", "NotResource"], resource, problems);
  const operators = condition === undefined ? undefined : parseCondition(`${path}.Condition`, condition, problems);
  return problems.length > before || actions === undefined || resources === undefined
    ? undefined
    : {
        index,
        ...(typeof sid === "string" && sid !== "" && { sid }),
        effect: effect as Statement["effect"],
        action: actions,
        resource: resources,
        ...(operators !== undefined && { condition: operators }),
      };
}

/** Reads the one of two elements that is there: a text or a list of texts. */
function parseEither<Name extends string>(
  path: string,
  elements: JsonObject,
  names: readonly [Name, Name],
  { isValid, allowed, toDo }: typeof action,
  problems: PolicyProblem[],
): { readonly name: Name; readonly patterns: readonly string[] } | undefined {
  const [name, other] = names.filter((each) => each in elements);
  if (name === undefined || other !== undefined) {
    const either = names.join(" or ");
    const found = name === undefined ? `neither ${names.join(" nor ")}` : `both ${names.join(" and ")}`;
    problems.push({ path, found, allowed: `one of ${names.join(" and ")}`, toDo: `Write either ${either}` });
    return undefined;
  }
  const value = elements[name];
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  const patterns = list.filter((each) => typeof each === "string");
  for (const [n, each] of list.entries()) {
    if (!(typeof each === "string" && isValid(each))) {
      const place = Array.isArray(value) ? `[${n}]` : "";
      problems.push({ path: `${path}.${name}${place}`, found: shown(each), allowed, toDo });
    }
  }
  return { name, patterns };
}
