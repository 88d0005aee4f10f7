import { type Doubt, doubt } from "./verdict";

/** What is to be allowed or denied. */
export interface AuthorizationRequest {
  /** "sts:SetContext" */
  readonly action: string;
  /** The ARN of a resource, or "*" for an action that knows no resources. */
  readonly resource: string;
  /** What the request says of itself. */
  readonly context?: ContextValues | undefined;
  /** Whether it has no other keys than those. Otherwise nothing is known of them. */
  readonly contextIsComplete?: boolean | undefined;
}

/**
 * Values by condition key ("aws:username", in any case of letters): the text of a single-valued key, the list of a
 * multivalued one, or null, which says that the request does not have the key.
 */
export type ContextValues = Readonly<Record<string, string | readonly string[] | null>>;

/** The values that a request has for a key: one, unless the key is multivalued. */
export type KeyState = readonly string[] | "absent" | Doubt;

/**
 * What is known of a condition key. An empty list counts as absent.
 *
 * Sources: IAM User Guide, "IAM JSON policy elements: Condition" (names of keys are not case-sensitive, which makes a
 * trap of tags that differ in nothing else); "IAM JSON policy elements: Condition operators" (null data sets).
 */
export function stateOf(key: string, { context = {}, contextIsComplete = false }: AuthorizationRequest): KeyState {
  const stated = Object.entries(context).filter(([name]) => name.toLowerCase() === key.toLowerCase());
  const [first] = stated;
  if (first === undefined) {
    return contextIsComplete ? "absent" : doubt(`it depends on ${key}, which is not known of the request`);
  }
  if (stated.length > 1) {
    return doubt(`the request has ${key} ${stated.length} times, in different cases of letters`);
  }
  const [, value] = first;
  if (typeof value === "string") {
    return [value];
  }
  return value === null || value.length === 0 ? "absent" : value;
}
