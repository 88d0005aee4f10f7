import { type AuthorizationRequest, stateOf } from "./authorizationRequest";
import { type Doubt, doubt } from "./verdict";
import { anyText, literal, type Token } from "./wildcards";

/** A text of a policy, its variables replaced by what the request says. */
export interface Substituted {
  /** A variable in doubt stands for any text: what does not match even so, does not match. */
  readonly tokens: readonly Token[];
  readonly doubts: readonly string[];
  /** Whether a variable has neither value nor default: then no text is equal to this one, or like it. */
  readonly hasNoValue: boolean;
}

/**
 * Replaces ${aws:username} by the request's value, ${aws:username, 'nobody'} by nobody where the request has none, and
 * ${*}, ${?} and ${$} by the character.
 *
 * @param read how to read what stands between the variables: `pattern` or `literal`
 *
 * Sources: IAM User Guide, "IAM policy elements: Variables and tags"; for what is malformed, "IAM policy validation
 * check reference" (missing brace in variable, missing quote, unsupported space, empty variable).
 */
export function substitute(
  text: string,
  read: (between: string) => readonly Token[],
  request: AuthorizationRequest,
): Substituted {
  const tokens: Token[] = [];
  const doubts: string[] = [];
  let hasNoValue = false;
  for (const [n, part] of text.split(/\$\{([^}]*)\}/).entries()) {
    const isVariable = n % 2 === 1; // what the expression captures stands between what it splits
    if (!isVariable) {
      tokens.push(...read(part));
      doubts.push(...(part.includes("${") ? [`"${text}" has a variable without a closing brace`] : []));
      continue;
    }
    const value = variableValue(part, request);
    if (value === undefined) {
      hasNoValue = true;
    } else if (typeof value === "string") {
      tokens.push(...literal(value));
    } else {
      tokens.push(anyText);
      doubts.push(...value.reasons);
    }
  }
  return { tokens, doubts, hasNoValue };
}

/** The same for a policy whose version of the language has no variables. */
export function literally(text: string, read: (text: string) => readonly Token[]): Substituted {
  return { tokens: read(text), doubts: [], hasNoValue: false };
}

/** Undefined when the variable has no value. */
function variableValue(variable: string, request: AuthorizationRequest): string | undefined | Doubt {
  if (["*", "?", "$"].includes(variable)) {
    return variable;
  }
  const [, key, byDefault] = /^([^\s,']+)(?:, '([^']*)')?$/.exec(variable) ?? [];
  if (key === undefined) {
    return doubt(`\${${variable}} is not a variable as the policy language describes them`);
  }
  const state = stateOf(key, request);
  if (state === "absent") {
    return byDefault;
  }
  if ("reasons" in state) {
    return state;
  }
  const [value = "", ...others] = state;
  if (others.length > 0) {
    return doubt(`${key} has ${state.length} values, and a variable stands for one`);
  }
  // AWS documents neither reading of "a*" in such a place: the text, or the wildcard.
  return /[*?]/.test(value) ? doubt(`${key} is "${value}", whose wildcards may or may not count as such`) : value;
}
