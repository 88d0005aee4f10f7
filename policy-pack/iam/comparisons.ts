import { arnParts } from "./arn";
import { liesInRange } from "./ipAddress";
import { parseDate, parseNumber } from "./orderedValues";
import { type Doubt, doubt, type Verdict } from "./verdict";
import { ignoringCase, literal, lowerCase, matches, type Token } from "./wildcards";

/** How a condition operator compares one value of the policy with one of the request. */
export interface Comparison {
  /** Whether * and ? in the policy's value are wildcards. */
  readonly hasWildcards?: true;
  /** Whether the policy's value can have variables. */
  readonly hasVariables?: true;
  /** Whether the operator wants none of the policy's values to match, instead of one. */
  readonly isNegated?: true;
  /** What the operator says, or what it denies when it is negated. */
  readonly compare: (policyValue: PolicyValue, requestValue: string) => Verdict;
}

export interface PolicyValue {
  readonly text: string;
  /** The text with its variables replaced, where the operator can have any. */
  readonly tokens: readonly Token[];
}

const stringEquals: Comparison = { hasVariables: true, compare: ({ tokens }, value) => matches(tokens, value) };
const stringEqualsIgnoreCase: Comparison = {
  hasVariables: true,
  compare: ({ tokens }, value) => matches(ignoringCase(tokens), lowerCase(value)),
};
const stringLike: Comparison = { ...stringEquals, hasWildcards: true };
const arnLike: Comparison = { hasVariables: true, hasWildcards: true, compare: arnMatches };
const ipAddress: Comparison = { compare: ({ text }, value) => liesInRange(value, text) };

/**
 * The comparisons by operator, without ForAllValues:, ForAnyValue: and IfExists; all but Null, which compares nothing.
 *
 * Sources: IAM User Guide, "IAM JSON policy elements: Condition operators"; for variables "IAM policy elements:
 * Variables and tags" and "IAM policy validation check reference" (invalid variable for operator), which rule them out
 * for Bool, where the first page has them.
 */
export const comparisons: Readonly<Record<string, Comparison>> = {
  StringEquals: stringEquals,
  StringNotEquals: { ...stringEquals, isNegated: true },
  StringEqualsIgnoreCase: stringEqualsIgnoreCase,
  StringNotEqualsIgnoreCase: { ...stringEqualsIgnoreCase, isNegated: true },
  StringLike: stringLike,
  StringNotLike: { ...stringLike, isNegated: true },
  ...ordered("Numeric", parseNumber),
  ...ordered("Date", parseDate),
  Bool: { compare: sameBool },
  BinaryEquals: { compare: ({ text }, value) => text === value },
  IpAddress: ipAddress,
  NotIpAddress: { ...ipAddress, isNegated: true },
  ArnEquals: arnLike,
  ArnLike: arnLike,
  ArnNotEquals: { ...arnLike, isNegated: true },
  ArnNotLike: { ...arnLike, isNegated: true },
};

function ordered(prefix: string, parse: (text: string) => number | Doubt): Readonly<Record<string, Comparison>> {
  const comparing = (holds: (requested: number, limit: number) => boolean): Comparison => ({
    compare: ({ text }, value) => {
      const [requested, limit] = [parse(value), parse(text)];
      if (typeof requested !== "number") {
        return requested;
      }
      return typeof limit === "number" ? holds(requested, limit) : limit;
    },
  });
  const equals = comparing((requested, limit) => requested === limit);
  return {
    [`${prefix}Equals`]: equals,
    [`${prefix}NotEquals`]: { ...equals, isNegated: true },
    [`${prefix}LessThan`]: comparing((requested, limit) => requested < limit),
    [`${prefix}LessThanEquals`]: comparing((requested, limit) => requested <= limit),
    [`${prefix}GreaterThan`]: comparing((requested, limit) => requested > limit),
    [`${prefix}GreaterThanEquals`]: comparing((requested, limit) => requested >= limit),
  };
}

function sameBool({ text }: PolicyValue, value: string): Verdict {
  const odd = [text, value].find((each) => each !== "true" && each !== "false");
  return odd === undefined ? text === value : doubt(`"${odd}" is neither true nor false`);
}

/** Each of the six parts by itself. What is no ARN is in doubt, as AWS documents no answer. */
function arnMatches({ text, tokens }: PolicyValue, value: string): Verdict {
  const patterns = arnParts(tokens);
  const parts = arnParts(literal(value));
  if (patterns.length < 6 || parts.length < 6) {
    return doubt(`"${patterns.length < 6 ? text : value}" is not an ARN of six parts`);
  }
  return patterns.every((each, n) => matches(each, parts[n]?.join("") ?? ""));
}
