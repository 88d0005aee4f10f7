import { z } from "zod";
import { nearest } from "../../policy-pack/nearest";
import { judge } from "./keyRules";
import { documented, reference, refusing, type Rule } from "./rules";

/** A text of at least one character, or of the pattern. */
export function text({ pattern = /[^]/, ...rule }: Rule & { readonly pattern?: RegExp }): z.ZodString {
  return documented(z.string(refusing(rule)).regex(pattern, refusing(rule)), { limits: [rule.allowed] });
}

export function choice<const Choice extends string>(choices: readonly Choice[], toDo: string) {
  return z.enum(choices, refusing({ allowed: choices.join(" or "), toDo }));
}

export function flag(toDo: string): z.ZodBoolean {
  return z.boolean(refusing({ allowed: "true or false", toDo }));
}

/** A list in which nothing is twice. */
export function list<Item extends z.ZodType>(
  item: Item,
  { atMost, exactly, ...rule }: Rule & { readonly atMost?: number; readonly exactly?: number },
) {
  const once = (items: readonly unknown[]) => {
    const texts = items.map((each) => JSON.stringify(each));
    return texts.flatMap((each, index) => (texts.indexOf(each) < index ? [{ path: [index] }] : []));
  };
  const repeated = { allowed: "each once", toDo: "remove it, it is there already", keys: [], broken: once };
  const schema = z
    .array(item, refusing(rule))
    .superRefine(judge(repeated), { when: ({ value }) => Array.isArray(value) });
  const limited =
    atMost === undefined ? schema : ofLength(schema, (length) => length <= atMost, atMostOf(atMost), count);
  return exactly === undefined ? limited : ofLength(limited, (length) => length === exactly, rule);
}

const count = (items: unknown) => `${(items as unknown[]).length} entries`;

function atMostOf(count: number): Rule {
  return { allowed: `${count} at most`, toDo: "remove some" };
}

/** A list of a certain length. Not by zod's own checks, which would measure a text that stands in its place, too. */
function ofLength<Schema extends z.ZodType<unknown[]>>(
  schema: Schema,
  fits: (length: number) => boolean,
  rule: Rule,
  found?: (value: unknown) => string,
): Schema {
  const measured = schema.refine((items) => fits(items.length), {
    ...refusing(rule, found),
    when: ({ value }) => Array.isArray(value),
  });
  return documented(measured, { limits: [rule.allowed] });
}

/** An object whose keys the user chooses. The value of a key that is wrong is looked at all the same, as zod itself would not. */
export function byName<Value extends z.ZodType>(
  name: z.ZodString,
  value: Value,
  { atMost, ...rule }: Rule & { readonly atMost?: number },
) {
  const isObject = ({ value: all }: { value: unknown }) =>
    typeof all === "object" && all !== null && !Array.isArray(all);
  const schema = z.record(documented(z.string(), reference.get(name) ?? {}), value, refusing(rule)).superRefine(
    (all, context) => {
      for (const key of Object.keys(all)) {
        const { error } = name.safeParse(key);
        if (error !== undefined) {
          context.addIssue({ code: "invalid_key", origin: "record", issues: error.issues, path: [key], input: all });
        }
      }
    },
    { when: isObject },
  );
  if (atMost === undefined) {
    return schema;
  }
  const count = (all: unknown) => Object.keys(all as object).length;
  const limit = atMostOf(atMost);
  const limited = schema.refine((all) => count(all) <= atMost, {
    ...refusing(limit, (all) => `${count(all)} entries`),
    when: isObject,
  });
  return documented(limited, { limits: [limit.allowed] });
}

/** An object without further keys. */
export function section<Shape extends z.core.$ZodLooseShape>(shape: Shape) {
  return z.strictObject(shape, {
    error: (issue) => {
      const keys = Object.keys(shape);
      const allowed = `the keys ${keys.join(", ")}`;
      if (issue.code !== "unrecognized_keys") {
        return `an object with ${allowed}\nwrite it as an object, for example with \`pulumi config set --path\``;
      }
      const advice = issue.keys.map((unknown) => nearest(unknown, keys).join(" or "));
      return [allowed, ...advice.map((near) => (near === "" ? "remove it" : `write ${near}`))].join("\n");
    },
  });
}
