/** An action that a caller must be allowed, on each of the resources. */
export interface Permission {
  readonly action: string;
  /** ARNs; "*" for an action that knows no resources. */
  readonly resources: readonly string[];
  /** What a denial calls the resource, where AWS does not name its ARN. */
  readonly shown?: string;
  /** Condition keys of this action alone. */
  readonly context?: Readonly<Record<string, string>>;
}

/** An action that knows no resources. */
export function onAnything(action: string): Permission {
  return { action, resources: ["*"] };
}

/** The text that an input has for a member, or the default: inputs are not checked yet where permissions are. */
export function textOf(input: unknown, member: string, otherwise = ""): string {
  const value = typeof input === "object" && input !== null ? (input as Record<string, unknown>)[member] : undefined;
  return typeof value === "string" && value !== "" ? value : otherwise;
}
