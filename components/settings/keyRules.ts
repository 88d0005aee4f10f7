import type { z } from "zod";
import { documented, lines, type Rule } from "./rules";

/** A rule about several keys of a section. */
export interface KeyRule<Value> extends Rule {
  /** The keys it is about, from where it stands, for example instance.additionalRegions; * is any name: permissionSets.*.existing */
  readonly keys: readonly string[];
  /** Where it is broken, and what was found there if the value itself would not show it. */
  readonly broken: (value: Value) => readonly { path: readonly (string | number)[]; found?: string }[];
}

/** Adds rules between keys, each judged whenever its keys are right by themselves, whatever else is wrong. */
export function withRules<Schema extends z.ZodType>(
  schema: Schema,
  ...rules: readonly KeyRule<z.output<Schema>>[]
): Schema {
  const checked = rules.reduce(
    (before, rule) => before.superRefine(judge(rule), { when: ({ issues }) => areRight(rule.keys, issues) }),
    schema,
  );
  return documented(checked, { rules: rules.map(({ allowed }) => allowed) });
}

/** A rule as a check of zod. */
export function judge<Value>({ broken, ...rule }: KeyRule<Value>) {
  return (value: Value, context: z.core.$RefinementCtx<Value>): void => {
    for (const { path, found } of broken(value)) {
      context.addIssue({ code: "custom", path: [...path], message: lines(rule, found) });
    }
  };
}

/** What leaves a value of its type, so that rules can still be judged. */
const harmless = ["unrecognized_keys", "invalid_key", "custom", "too_big", "too_small"];

function areRight(keys: readonly string[], issues: readonly z.core.$ZodRawIssue[]): boolean {
  return issues.every(({ code, path = [] }) => {
    const concerned = keys.map((key) => key.split(".")).filter((key) => concerns(path, key));
    const isConcerned = path.length === 0 || concerned.length > 0;
    // A wrong text among others is a text still; the value itself is told to be wrong once.
    const isAmongOthers =
      ["invalid_format", "invalid_value"].includes(code) && concerned.every((key) => path.length > key.length);
    return !isConcerned || isAmongOthers || harmless.includes(code);
  });
}

/** Whether one lies within the other. */
function concerns(path: readonly PropertyKey[], key: readonly string[]): boolean {
  return key.slice(0, path.length).every((step, index) => step === "*" || step === String(path[index]));
}
