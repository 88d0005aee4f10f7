import type { z } from "zod";
import { documented, lines, type Rule } from "./rules";

/** A rule about several keys of a section. */
export interface KeyRule<Value> extends Rule {
  /** The keys that it is about and that have to be right with all that is in them, from where it stands: instance.arn */
  readonly keys: readonly string[];
  /** Those of which the kind alone (object or list) has to be right; what is in them the rule asks about before it uses it. */
  readonly kinds?: readonly string[];
  /** Where it is broken; what was found there if the value itself would not show it, and what to do if that is known better. */
  readonly broken: (value: Value, isRight: IsRight) => readonly { path: Path; found?: string; toDo?: string }[];
}

type Path = readonly (string | number)[];

/** Whether the value at the path is right by itself, with all that is in it. */
type IsRight = (...path: Path) => boolean;

/** Adds rules between keys, each judged whenever its keys are right by themselves, whatever else is wrong. */
export function withRules<Schema extends z.ZodType>(
  schema: Schema,
  ...rules: readonly KeyRule<z.output<Schema>>[]
): Schema {
  const checked = rules.reduce(
    (before, rule) => before.superRefine(judge(rule), { when: ({ issues }) => canBeJudged(rule, issues) }),
    schema,
  );
  return documented(checked, { rules: rules.map(({ allowed }) => allowed) });
}

/** A rule as a check of zod. */
export function judge<Value>({ broken, ...rule }: KeyRule<Value>) {
  return (value: Value, context: z.core.$RefinementCtx<Value>): void => {
    const before = [...context.issues];
    for (const { path, found, toDo = rule.toDo } of broken(value, (...at) => isRight(at, before))) {
      context.addIssue({ code: "custom", path: [...path], message: lines({ ...rule, toDo }, found) });
    }
  };
}

type Issues = readonly z.core.$ZodRawIssue[];

/** What leaves a value of its type, so that rules can still be judged. */
const harmless = ["unrecognized_keys", "invalid_key", "custom", "too_big", "too_small"];

function canBeJudged({ keys, kinds = [] }: Pick<KeyRule<never>, "keys" | "kinds">, issues: Issues): boolean {
  const isOfItsKind = (kind: Path) =>
    wrongPaths(issues).every((path) => path.length > kind.length || !concerns(path, kind));
  return keys.every((key) => isRight(key.split("."), issues)) && kinds.every((kind) => isOfItsKind(kind.split(".")));
}

function isRight(at: Path, issues: Issues): boolean {
  return wrongPaths(issues).every((path) => !concerns(path, at));
}

function wrongPaths(issues: Issues): (readonly PropertyKey[])[] {
  return issues.flatMap(({ code, path = [] }) => (harmless.includes(code) ? [] : [path]));
}

/** Whether one lies within the other. */
function concerns(path: readonly PropertyKey[], at: Path): boolean {
  return at.slice(0, path.length).every((step, index) => String(step) === String(path[index]));
}
