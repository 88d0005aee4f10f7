import { z } from "zod";

/** What is allowed and what to do about a value that is not. */
export interface Rule {
  readonly allowed: string;
  readonly toDo: string;
}

/** What the configuration reference says about a schema, beside what can be seen from the schema itself. */
export interface Reference {
  readonly description?: string;
  /** What stands for the type where the schema's own is not described key by key. */
  readonly type?: string;
  readonly limits?: readonly string[];
  readonly rules?: readonly string[];
}

export const reference = z.registry<Reference>();

/** A rule as the error of a schema: a message of lines, which problems.ts takes apart again. */
export const refusing = (rule: Rule, found?: (value: unknown) => string) => ({
  error: ({ input }: { input?: unknown }) => lines(rule, found?.(input)),
});

export function lines({ allowed, toDo }: Rule, found?: string): string {
  return [allowed, toDo, ...(found === undefined ? [] : [found])].join("\n");
}

/** Adds to what the configuration reference says about a schema. */
export function documented<Schema extends z.ZodType>(schema: Schema, more: Reference): Schema {
  const before = reference.get(schema);
  const joined = <Key extends "limits" | "rules">(key: Key) => [...(before?.[key] ?? []), ...(more[key] ?? [])];
  reference.add(schema, { ...before, ...more, limits: joined("limits"), rules: joined("rules") });
  return schema;
}

/** A key of a section with its sentence in the configuration reference. */
export function key<Schema extends z.ZodType>(description: string, schema: Schema): Schema {
  return documented(schema, { description });
}
