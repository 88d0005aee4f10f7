import { distance } from "fastest-levenshtein";

/** The namespaces of a stack's configuration that this program, or a provider of its, reads. */
const known = ["identity-aware-sessions", "aws", "aws-native"];

/** Packages of Pulumi's whose names are near to these, and who read their own configuration. */
const others = ["awsx", "awscc"];

/** The known namespace that a namespace is, or is nearly; undefined for those of others, which are none of this program's business. */
export function meantNamespace(namespace: string): string | undefined {
  const text = namespace.toLowerCase();
  return others.includes(text) ? undefined : known.find((each) => isNearly(text, each));
}

/**
 * Stricter than what counts as near among a section's keys: there a name is wrong anyway, and here it may be somebody else's. A
 * third of the letters, or all of them in another order.
 */
function isNearly(text: string, name: string): boolean {
  const letters = (of: string) => Array.from(of).sort().join("");
  return distance(text, name) <= Math.floor(Math.min(text.length, name.length) / 3) || letters(text) === letters(name);
}
