import type { Problem } from "../problem";
import { meantNamespace } from "./namespaces";

const own = "identity-aware-sessions";

const staticCredentials = ["accesskey", "secretkey", "token"];

const staticCredentialsProblem = {
  found: "a static credential",
  allowed: "none: Pulumi would store it in the stack's state in plain text",
  toDo: "remove it (and replace the credential), and use the environment, aws:profile or a role instead",
};

const followsAws = "remove it: the whole stack follows the aws: section, so that all its parts act as the same account";

export interface Sections {
  /** The values by namespace and key, those that are JSON parsed. */
  readonly values: Readonly<Record<"aws" | typeof own, Readonly<Record<string, unknown>>>>;
  /** The keys that no schema is needed to refuse; they are not among the values. */
  readonly problems: readonly Problem[];
}

/** Sorts a stack's configuration into the namespaces that the program knows, and leaves those of others alone. */
export function sectionsOf(configuration: Readonly<Record<string, string>>): Sections {
  const problems: Problem[] = [];
  const values = { aws: [] as [string, unknown][], [own]: [] as [string, unknown][] };
  for (const [path, text] of Object.entries(configuration)) {
    const separator = path.indexOf(":");
    const [namespace, key] = [path.slice(0, separator), path.slice(separator + 1)];
    const problem = problemOfKey(namespace, key) ?? (namespace === own ? problemOfText(text) : undefined);
    if (problem !== undefined) {
      problems.push({ path, ...problem });
    } else if (namespace === own || namespace === "aws") {
      values[namespace].push([key, namespace === own || key === "assumeRoles" ? parsed(text) : text]);
    }
  }
  return { values: { aws: Object.fromEntries(values.aws), [own]: Object.fromEntries(values[own]) }, problems };
}

function problemOfKey(namespace: string, key: string): Omit<Problem, "path"> | undefined {
  const meant = meantNamespace(namespace);
  // Those of other providers of AWS, too: the dynamic providers' part of the state has the whole configuration.
  if (/^aws/i.test(meant ?? namespace) && staticCredentials.includes(key.toLowerCase())) {
    return staticCredentialsProblem;
  }
  if (namespace === "aws-native") {
    return { found: "a value", allowed: "no keys of aws-native", toDo: followsAws };
  }
  if (meant === undefined || meant === namespace) {
    return undefined;
  }
  return {
    found: `the namespace ${namespace}`,
    allowed: `the namespace ${meant === own ? own : "aws"}`,
    toDo: meant === "aws-native" ? followsAws : `write ${meant}:${key}`,
  };
}

/** JavaScript gives some keys a meaning of their own: on the way they would get lost, or be taken for what every object has. */
const meant = Object.getOwnPropertyNames(Object.prototype);

function problemOfText(text: string): Omit<Problem, "path"> | undefined {
  const keys: string[] = [];
  parsed(text, (key) => keys.push(key));
  const taken = [...new Set(keys)].filter((key) => meant.includes(key));
  return taken.length > 0
    ? {
        found: `the key ${taken.join(", ")} in it`,
        allowed: "any other name: JavaScript gives these a meaning of their own",
        toDo: "rename what is called so",
      }
    : undefined;
}

/** All these keys are structured, so a text that is not JSON is a mistake which the schema names. */
function parsed(text: string, visit?: (key: string) => void): unknown {
  try {
    return JSON.parse(text, (key, value: unknown) => {
      visit?.(key);
      return value;
    });
  } catch {
    return text;
  }
}
