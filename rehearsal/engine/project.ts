import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";

/** A Pulumi project and one of its stacks: Pulumi.yaml and Pulumi.STACK.yaml. */
export interface Project {
  name: string;
  directory: string;
  /** Program to run: the project's folder, or `main` in it. */
  main: string;
  nodeArguments: string[];
  stack: string;
  /** Namespaced keys with their values as text, structured values as JSON: how Pulumi hands configuration on. */
  config: Record<string, string>;
}

// Without `typescript: false` Pulumi would run the program through ts-node, with a type check.
const runtimeSchema = z.object({
  name: z.literal("nodejs"),
  options: z.object({ typescript: z.literal(false), nodeargs: z.string().optional() }),
});

const configTypeSchema = z.enum(["string", "boolean", "integer", "number", "array", "object"]).optional();

const declarationSchema = z.looseObject({
  type: configTypeSchema,
  default: z.unknown().optional(),
  value: z.unknown().optional(),
});

const projectSchema = z.looseObject({
  name: z.string(),
  runtime: runtimeSchema,
  main: z.string().optional(),
  options: unsupported("options of a project"),
  plugins: unsupported("plugins of a project"),
  packages: unsupported("packages of a project"),
  stackConfigDir: unsupported("stackConfigDir"),
  config: z.record(z.string(), z.union([declarationSchema, z.string(), z.number(), z.boolean()])).default({}),
});

const stackSchema = z.looseObject({
  config: z.record(z.string(), z.unknown()).default({}),
  environment: unsupported("environments of Pulumi ESC"),
});

/** A key that means something to Pulumi, and that passing over would make the stack another one. */
function unsupported(what: string) {
  return z.undefined(`this engine does not support ${what}`).optional();
}

/** @throws Error naming the file and everything that is wrong with it. */
export function loadProject(directory: string, stack: string, stackFile?: string): Project {
  const project = read(join(directory, "Pulumi.yaml"), projectSchema);
  const stackPath = stackFile ?? join(directory, `Pulumi.${stack}.yaml`);
  if (!existsSync(stackPath)) {
    throw new Error(`there is no stack "${stack}": ${stackPath} does not exist`);
  }
  const values = new Map<string, unknown>();
  for (const [key, value] of Object.entries(read(stackPath, stackSchema).config)) {
    if (typeof value === "object" && value !== null && "secure" in value) {
      throw new Error(`${stackPath}: ${key} is encrypted, and the rehearsal does not open encrypted configuration`);
    }
    values.set(namespaced(project.name, key), value);
  }
  const missing: string[] = [];
  for (const [key, declaration] of Object.entries(project.config)) {
    const name = namespaced(project.name, key);
    const isForeign = name === key && !key.startsWith(`${project.name}:`);
    if (isForeign && !(typeof declaration === "object" && "value" in declaration)) {
      // Pulumi's own rule; a description alone makes it refuse the whole project.
      throw new Error(`Pulumi.yaml: ${key} belongs to another namespace and must provide a \`value\``);
    }
    const preset = typeof declaration === "object" ? (declaration.default ?? declaration.value) : declaration;
    if (!values.has(name) && preset !== undefined) {
      values.set(name, preset);
    } else if (!values.has(name)) {
      missing.push(name);
    } else if (typeof declaration === "object" && !hasType(values.get(name), declaration.type)) {
      const found = JSON.stringify(values.get(name));
      throw new Error(`${stackPath}: ${name} must be of type ${String(declaration.type)}, but is ${found}`);
    }
  }
  if (missing.length > 0) {
    throw new Error(`${stackPath}: missing configuration: ${missing.join(", ")}`);
  }
  return {
    name: project.name,
    directory,
    main: join(directory, project.main ?? "."),
    nodeArguments: (project.runtime.options.nodeargs ?? "").split(/\s+/).filter((argument) => argument !== ""),
    stack,
    config: Object.fromEntries([...values].map(([key, value]) => [key, asText(value)])),
  };
}

function read<T>(path: string, schema: z.ZodType<T>): T {
  const parsed = schema.safeParse(parseYaml(path));
  if (!parsed.success) {
    throw new Error(`${path}:\n${z.prettifyError(parsed.error)}`);
  }
  return parsed.data;
}

function parseYaml(path: string): unknown {
  try {
    // What looks like a date is a time to Pulumi, too: 2012-10-17 without quotes.
    return parse(readFileSync(path, "utf8"), { customTags: ["timestamp"] });
  } catch (error) {
    throw new Error(`${path}: ${(error as Error).message}`, { cause: error });
  }
}

function namespaced(project: string, key: string): string {
  return key.includes(":") ? key : `${project}:${key}`;
}

/** Values as Pulumi's CLI hands them on (tried): structured ones as JSON with sorted keys, nothing as an empty text. */
function asText(value: unknown): string {
  const plain = sorted(value) ?? "";
  return typeof plain === "string" ? plain : JSON.stringify(plain);
}

function sorted(value: unknown): unknown {
  if (value instanceof Date) {
    const [date, time, milliseconds = ""] = value.toISOString().split(/[T.Z]/);
    const fraction = milliseconds.replace(/0+$/, "");
    return `${date} ${time}${fraction && `.${fraction}`} +0000 UTC`; // as Go prints a time
  }
  if (typeof value !== "object" || value === null) {
    return value;
  }
  return Array.isArray(value)
    ? value.map(sorted)
    : Object.fromEntries(
        Object.entries(value)
          .sort(([left], [right]) => (left < right ? -1 : 1))
          .map(([key, item]) => [key, sorted(item)]),
      );
}

function hasType(value: unknown, type: z.infer<typeof configTypeSchema>): boolean {
  switch (type) {
    case undefined:
      return true;
    case "array":
      return Array.isArray(value);
    case "object":
      return typeof value === "object" && value !== null && !Array.isArray(value);
    case "integer":
      return Number.isInteger(value);
    default:
      return typeof value === type;
  }
}
