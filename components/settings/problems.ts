import type { z } from "zod";
import type { Problem } from "../problem";

/** A problem for every key that the schema's complaint is about; the schema's messages are "allowed" and "to do", a line each. */
export function problemsOf(issue: z.core.$ZodIssue, configuration: unknown): Problem[] {
  const message = issue.code === "invalid_key" ? issue.issues[0]?.message : issue.message;
  const [allowed = "", toDo = ""] = (message ?? "").split("\n");
  switch (issue.code) {
    case "unrecognized_keys":
      return issue.keys.map((key) => ({
        path: pathText([...issue.path, key]),
        found: `the key ${key}`,
        allowed,
        toDo,
      }));
    case "invalid_key":
      return [{ path: pathText(issue.path), found: `the key ${String(issue.path.at(-1))}`, allowed, toDo }];
    default:
      return [{ path: pathText(issue.path), found: foundAt(issue.path, configuration), allowed, toDo }];
  }
}

/** ["identity-aware-sessions", "permissionSets", "Dev", "assignments", 0] is identity-aware-sessions:permissionSets.Dev.assignments[0] */
function pathText(path: readonly PropertyKey[]): string {
  const [namespace, key, ...inside] = path;
  const tail = inside.map((step) => (typeof step === "number" ? `[${step}]` : `.${String(step)}`)).join("");
  return `${String(namespace)}:${String(key)}${tail}`;
}

function foundAt(path: readonly PropertyKey[], configuration: unknown): string {
  let value = configuration;
  for (const step of path) {
    value = typeof value === "object" && value !== null ? (value as Record<PropertyKey, unknown>)[step] : undefined;
  }
  if (value === undefined) {
    return "nothing";
  }
  const text = JSON.stringify(value);
  return text.length > 120 ? `${text.slice(0, 117)}...` : text;
}
