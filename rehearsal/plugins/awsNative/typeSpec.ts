/**
 * What the aws-native plugin knows of a CloudFormation type beside its name: enough to rename properties, to tell the
 * user's values from those AWS fills in, and to compare. Properties are in the SDK's spelling (camelCase).
 */
export interface ResourceSpec {
  cfnType: string;
  properties: Readonly<Record<string, TypeSpec>>;
  /** Required of the program: what CloudFormation requires, without the name that the plugin makes up. */
  required: readonly string[];
  /** Set by AWS only. */
  readOnly: readonly string[];
  /** Read-only properties known to stay as they are while the resource lives. */
  stable: readonly string[];
  /** Arrays whose order means nothing (`insertionOrder: false` in the type's schema). */
  unordered: readonly string[];
  /** Not told by AWS when it is read; what the program said last counts as what there is. */
  writeOnly?: readonly string[];
  tagsProperty?: string;
  autoNaming?: { property: string; minLength: number; maxLength: number };
}

export type TypeSpec =
  | { type: "string" | "boolean" | "integer" }
  /** JSON of the user's own; passed on untouched. */
  | { type: "any" }
  | { type: "array"; items: TypeSpec }
  | { type: "object"; properties: Readonly<Record<string, TypeSpec>>; required: readonly string[] };
