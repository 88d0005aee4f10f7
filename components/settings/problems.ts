import type { z } from "zod";
import { masked, maskedJson } from "../masked";
import { keyStep } from "../configPath";
import type { Problem } from "../problem";

/** What the complaints of a schema are about. */
export interface Configuration {
  /** The values by namespace and key, as the schema was given them. */
  readonly values: unknown;
  /** Those (namespace:key) that Pulumi keeps as secrets; nothing of their values is told. */
  readonly secrets: readonly string[];
}

/** A problem for every key that the schema's complaint is about; the schema's messages are lines, see `refusing`. */
export function problemsOf(issue: z.core.$ZodIssue, configuration: Configuration): Problem[] {
  const message = issue.code === "invalid_key" ? issue.issues[0]?.message : issue.message;
  const [allowed = "", toDo = "", ...others] = (message ?? "").split("\n");
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key, index) => ({
      path: pathText([...issue.path, key]),
      found: `the key ${keyText(key)}`,
      allowed,
      toDo: [toDo, ...others][index] ?? "remove it",
    }));
  }
  if (issue.code === "invalid_key") {
    return [{ path: pathText(issue.path), found: `the key ${keyText(issue.path.at(-1))}`, allowed, toDo }];
  }
  const meant = issue.code === "invalid_union" ? issue.errors.find(isOfThisType) : undefined;
  if (meant !== undefined) {
    return meant.flatMap((inside) => problemsOf({ ...inside, path: [...issue.path, ...inside.path] }, configuration));
  }
  const found = others.length > 0 ? others.join(" ") : foundAt(issue.path, configuration);
  return [{ path: pathText(issue.path), found, allowed, toDo }];
}

/** Of what may be one thing or a list of them, the complaints about the one that it is. */
function isOfThisType(issues: readonly z.core.$ZodIssue[]): boolean {
  return issues.every(({ code, path }) => code !== "invalid_type" || path.length > 0);
}

/** ["identity-aware-sessions", "permissionSets", "Dev", "assignments", 0] is identity-aware-sessions:permissionSets.Dev.assignments[0] */
export function pathText(path: readonly PropertyKey[]): string {
  const [namespace, key, ...inside] = path;
  const tail = inside.map((step) => (typeof step === "number" ? `[${step}]` : keyStep(keyText(step)))).join("");
  return `${String(namespace)}:${keyText(key)}${tail}`;
}

/** A key as it is, unless it holds what would break the line or be too long for one. */
function keyText(key: PropertyKey | undefined): string {
  const text = String(key);
  return /^[\x20-\x7E\xA0-\uD7FF]*$/.test(text) ? shortened(masked(text)) : shortened(maskedJson(text));
}

function foundAt(path: readonly PropertyKey[], { values, secrets }: Configuration): string {
  if (secrets.includes(path.slice(0, 2).map(String).join(":"))) {
    return "a secret value, which is not shown";
  }
  let value = values;
  for (const step of path) {
    value = typeof value === "object" && value !== null ? (value as Record<PropertyKey, unknown>)[step] : undefined;
  }
  return value === undefined ? "nothing" : shortened(maskedJson(value));
}

function shortened(text: string): string {
  return text.length > 120 ? `${text.slice(0, 117)}...` : text;
}
