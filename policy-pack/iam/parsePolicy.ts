import { parseStatement } from "./parseStatement";
import type { Policy, Statement } from "./policy";
import { elementsOf, isObject, type PolicyProblem, shown, unknownElements } from "./policyProblem";

/** A policy, or all that is wrong with its document. */
export type ParsedPolicy =
  | { readonly policy: Policy; readonly problems?: undefined }
  | { readonly policy?: undefined; readonly problems: readonly PolicyProblem[] };

const currentVersion = "2012-10-17";
const versions = [currentVersion, "2008-10-17"];

/**
 * Reads an identity-based policy, a permissions boundary or a service control policy. Not resource-based ones and trust
 * policies: their Principal element is refused, as IAM refuses it. Of an element that a JSON text has twice, the last
 * counts.
 *
 * @param name what to call the policy when one of its statements decides
 * @param document an object, or the text of one in JSON
 *
 * Sources: IAM User Guide, "Grammar of the IAM JSON policy language", "IAM JSON policy elements: Version" and "...
 * Sid", "IAM policy validation check reference".
 */
export function parsePolicy(name: string, document: unknown): ParsedPolicy {
  const problems: PolicyProblem[] = [];
  const root = typeof document === "string" ? parseJson(document, problems) : document;
  if (problems.length > 0) {
    return { problems };
  }
  if (!isObject(root)) {
    return { problems: [notADocument("", shown(root), "an object with the elements Version and Statement")] };
  }
  const elements = elementsOf(root);
  const { Version: version, Statement: statement } = elements;
  problems.push(...unknownElements("", elements, ["Version", "Id", "Statement"], (element) => `Remove ${element}`));
  if (version !== undefined && !versions.some((each) => each === version)) {
    problems.push({
      path: "Version",
      found: shown(version),
      allowed: versions.join(" or "),
      toDo: `Set Version to "${currentVersion}"`,
    });
  }
  const statements = parseStatements(statement, problems);
  return problems.length > 0
    ? { problems }
    : { policy: { name, hasVariables: version === currentVersion, statements } };
}

function parseJson(text: string, problems: PolicyProblem[]): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    problems.push(notADocument("", `text that is not JSON: ${(error as Error).message}`, "a policy document in JSON"));
    return undefined;
  }
}

function parseStatements(value: unknown, problems: PolicyProblem[]): readonly Statement[] {
  if (!Array.isArray(value) && !isObject(value)) {
    problems.push(notADocument("Statement", shown(value), "a statement, or a list of statements"));
    return [];
  }
  const statements = Array.isArray(value)
    ? (value as readonly unknown[]).map((each, n) => parseStatement(`Statement[${n}]`, n, each, problems))
    : [parseStatement("Statement", 0, value, problems)];
  const found = statements.filter((statement) => statement !== undefined);
  for (const { sid, index } of found) {
    const first = found.find((other) => other.sid === sid);
    if (sid !== undefined && first !== undefined && first.index < index) {
      problems.push({
        path: `Statement[${index}].Sid`,
        found: `"${sid}", which Statement[${first.index}] has as well`,
        allowed: "a Sid that no other statement of the policy has",
        toDo: "Give one of them another Sid, or none",
      });
    }
  }
  return found;
}

function notADocument(path: string, found: string, allowed: string): PolicyProblem {
  return { path, found, allowed, toDo: "Write it as the IAM JSON policy language has it" };
}
