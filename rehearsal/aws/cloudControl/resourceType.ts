import type { z } from "zod";
import type { Permission } from "../authorization/permission";
import { AwsError } from "../awsError";
import type { Request } from "../service";

/** A resource's properties by their CloudFormation names. */
export type Properties = Record<string, unknown>;

export type Handler = "create" | "read" | "update" | "delete" | "list";

/**
 * What a handler needs of the caller.
 * @param about the resource's properties, before and after where it changes; what an identifier says of one that is not there
 */
export type HandlerPermissions = (handler: Handler, about: readonly Properties[], request: Request) => Permission[];

/** What a CloudFormation resource type is to Cloud Control: its schema and its five handlers. Handlers throw AwsErrors. */
export interface ResourceType {
  readonly name: string;
  /** The properties that tell one resource from another, in the order in which they make its identifier, joined by "|". */
  readonly primaryIdentifier: readonly string[];
  readonly createOnly: readonly string[];
  readonly readOnly: readonly string[];
  /** All properties, in the type's constraints. */
  readonly model: z.ZodObject;
  /** The properties that a ListResources needs in its ResourceModel. */
  readonly listInput: z.ZodObject;
  /** The actions that its handlers call AWS with as the caller, with what they are about; by the type's schema. */
  readonly permissions: HandlerPermissions;
  readonly create: (desired: Properties, request: Request) => Properties;
  readonly read: (identifier: string, request: Request) => Properties | undefined;
  readonly update: (identifier: string, desired: Properties, request: Request) => Properties;
  readonly remove: (identifier: string, request: Request) => void;
  readonly list: (model: Properties, request: Request) => Properties[];
}

export function identifierOf({ primaryIdentifier }: ResourceType, properties: Properties): string {
  return primaryIdentifier.map((name) => String(properties[name])).join("|");
}

/** Properties that were checked against the type's schema. */
export function modelValidated(type: ResourceType, properties: unknown): Properties {
  const result = type.model.safeParse(properties);
  if (result.success) return result.data;
  const problems = result.error.issues.map(
    ({ path, message }) => `#${path.map((part) => `/${String(part)}`).join("")}: ${message}`,
  );
  throw new AwsError("ValidationException", `Model validation failed (${problems.join("; ")})`);
}

/** The value of a member that holds JSON as text. */
export function jsonValue(text: string, member: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new AwsError("InvalidRequestException", `${member} is not JSON: ${String(error)}`);
  }
}
