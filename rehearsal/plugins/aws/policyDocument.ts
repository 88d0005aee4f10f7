import { equal } from "../propertyDiff";
import type { PropertyValue } from "../propertyValues";

/** Whether two policies in JSON differ in form only (white space, order of keys); the real plugin goes further. */
export function equivalent(one: PropertyValue | undefined, other: PropertyValue | undefined): boolean {
  if (typeof one !== "string" || typeof other !== "string") {
    return equal(one, other);
  }
  const [first, second] = [parsed(one), parsed(other)];
  return first === undefined || second === undefined ? one === other : equal(first, second);
}

export function isJsonObject(text: string): boolean {
  const value = parsed(text);
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function parsed(text: string): PropertyValue | undefined {
  try {
    return JSON.parse(text) as PropertyValue;
  } catch {
    return undefined;
  }
}
