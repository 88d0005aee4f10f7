import { z } from "zod";
import { type Reference, reference } from "../components/settings/rules";
import { settingsSchema } from "../components/settings/schema";

/** A key as the page shows it. */
interface Row {
  readonly path: string;
  readonly type: string;
  readonly fallback: string;
  readonly limits: readonly string[];
  readonly description: string;
}

/** A schema without what makes it optional, and what is known of it. */
interface Described {
  readonly schema: z.ZodType;
  readonly about: Required<Reference>;
  /** As JSON; undefined where there is none. */
  readonly fallback: string | undefined;
  readonly isOptional: boolean;
}

/** The configuration reference in Markdown, all of it from the schema of the settings. */
export function referencePage(): string {
  const { aws, "identity-aware-sessions": own } = settingsSchema.shape;
  return [
    "<!-- Written by tools/configurationReference.ts from components/settings/. Do not edit. -->",
    "# Configuration",
    "Every key of a stack's configuration. A stack is refused, with all its problems at once, before AWS is asked anything; " +
      "a key that is not here is refused too. Limits and patterns are AWS's own.",
    ...page(
      "aws",
      aws,
      "Where and as whom AWS is called, by every part of the stack alike. Keys of credentials are refused: Pulumi would store them in its state.",
    ),
    ...Object.entries(own.shape).flatMap(([name, section]) => page(`identity-aware-sessions:${name}`, section)),
    "## Between sections",
    ...bullets([settingsSchema, own].flatMap((schema) => described(schema).about.rules)),
  ].join("\n\n");
}

function page(title: string, section: z.ZodType, introduction?: string): string[] {
  const { schema, about } = described(section);
  const isByName = schema instanceof z.ZodRecord;
  const inside = isByName ? (schema.valueType as z.ZodType) : schema;
  const nameLimits = isByName ? limitsOf(schema.keyType as z.ZodType) : [];
  const cells = rowsOf(inside, "").map(({ path, type, fallback, limits, description }) =>
    [`\`${path}\``, type, fallback, limits.join("; "), description]
      .map((cell) => cell.replaceAll("|", "\\|"))
      .join(" | "),
  );
  return [
    `## ${title}${isByName ? ".\\<name>" : ""}`,
    [introduction ?? about.description, ...nameLimits.map((limit) => `The name: ${limit}.`)].join(" "),
    ["Key | Type | Default | Limits | Description", "--- | --- | --- | --- | ---", ...cells]
      .map((line) => `| ${line} |`)
      .join("\n"),
    ...bullets(described(inside).about.rules),
  ];
}

function bullets(rules: readonly string[]): string[] {
  return rules.length === 0 ? [] : ["Allowed is:", rules.map((rule) => `- ${rule}`).join("\n")];
}

function rowsOf(section: z.ZodType, prefix: string): Row[] {
  return Object.entries(objectOf(section).shape as Record<string, z.ZodType>).flatMap(([key, value]) => {
    const path = `${prefix}${key}`;
    const { schema, about, fallback, isOptional } = described(value);
    const row: Row = {
      path,
      type: about.type || typeOf(schema),
      fallback: fallback === undefined ? (isOptional ? "" : "required") : `\`${fallback}\``,
      limits: limitsOf(value),
      description: about.description,
    };
    const inside = schema instanceof z.ZodArray ? described(schema.element as z.ZodType).schema : schema;
    const isDescribedFurther = inside instanceof z.ZodObject && about.type === "";
    return [row, ...(isDescribedFurther ? rowsOf(inside, `${path}${inside === schema ? "" : "[]"}.`) : [])];
  });
}

function typeOf(schema: z.ZodType): string {
  switch (true) {
    case schema instanceof z.ZodEnum:
      return schema.options.map((option) => `\`${option}\``).join(" or ");
    case schema instanceof z.ZodArray:
      return `list of ${severalOf(schema.element as z.ZodType)}`;
    case schema instanceof z.ZodRecord:
      return `object of ${severalOf(schema.valueType as z.ZodType)} by name`;
    case schema instanceof z.ZodObject:
      return "object";
    case schema instanceof z.ZodBoolean:
      return "`true` or `false`";
    case schema instanceof z.ZodNumber:
      return "number";
    default:
      return "text";
  }
}

function severalOf(item: z.ZodType): string {
  return typeOf(described(item).schema).replace(/^(text|object|list)(?= |$)/, "$1s");
}

/** What is said of a value itself and, where it is a list or an object by name, of what is in it. */
function limitsOf(value: z.ZodType): string[] {
  const { schema, about } = described(value);
  const inside =
    schema instanceof z.ZodArray
      ? [schema.element as z.ZodType]
      : schema instanceof z.ZodRecord
        ? [schema.keyType as z.ZodType, schema.valueType as z.ZodType]
        : [];
  return [...new Set([...about.limits, ...about.rules, ...inside.flatMap(limitsOf)])];
}

function objectOf(schema: z.ZodType): z.ZodObject {
  const { schema: inside } = described(schema);
  if (!(inside instanceof z.ZodObject)) {
    throw new Error("The reference describes sections only.");
  }
  return inside;
}

/** Takes the wrappers off a schema and keeps what each says. */
function described(schema: z.ZodType): Described {
  const { description = "", type = "", limits = [], rules = [] } = reference.get(schema) ?? {};
  const about = { description, type, limits, rules };
  const inner = innerOf(schema);
  if (inner === undefined) {
    return { schema, about, fallback: undefined, isOptional: false };
  }
  const inside = described(inner);
  const value = schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault ? schema.def.defaultValue : undefined;
  return {
    schema: inside.schema,
    about: {
      description: description || inside.about.description,
      type: type || inside.about.type,
      limits: [...limits, ...inside.about.limits],
      rules: [...rules, ...inside.about.rules],
    },
    fallback: value === undefined ? inside.fallback : JSON.stringify(value).replaceAll('"', ""),
    isOptional: schema instanceof z.ZodOptional || inside.isOptional,
  };
}

function innerOf(schema: z.ZodType): z.ZodType | undefined {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault) {
    return schema.def.innerType as z.ZodType;
  }
  return schema instanceof z.ZodPipe ? (schema.def.in as z.ZodType) : undefined;
}
