import { Struct } from "google-protobuf/google/protobuf/struct_pb";

/**
 * A property value as it crosses Pulumi's wire and lies in its state: JSON, in which an unknown value is one agreed
 * string and a secret an object with an agreed signature (@pulumi/pulumi, runtime/rpc).
 */
export type PropertyValue = null | boolean | number | string | PropertyValue[] | { [key: string]: PropertyValue };
export type PropertyMap = Record<string, PropertyValue>;

/** Stands for a value that a preview can't know yet. */
export const unknownValue = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

const signatureKey = "4dabf18193072939515e22adb298388d";
const signatures: Readonly<Record<string, string>> = {
  "1b47061264138c4ac30d75fd1eb44270": "a secret",
  c44067f5952c0a294b673a41bacd8c17: "an asset",
  "0def7320c3a5731c473e5ecbe6d01bc7": "an archive",
  "5cf8f73096256a8f31e491e813e4eb8e": "a resource reference",
  d0e6a833031e9bbcd3f4e8bde6ca49a4: "an output value",
};

export function fromStruct(struct: Struct | undefined): PropertyMap {
  return struct === undefined ? {} : struct.toJavaScript();
}

export function toStruct(map: PropertyMap): Struct {
  return Struct.fromJavaScript(map);
}

/** What the value holds that this engine has no support for (`a secret`, `an asset`, ...), or undefined. */
export function unsupportedIn(value: PropertyValue): string | undefined {
  if (typeof value !== "object" || value === null) {
    return undefined;
  }
  if (!Array.isArray(value)) {
    const signature = value[signatureKey];
    if (typeof signature === "string") {
      return signatures[signature] ?? `a value with the unknown signature ${signature}`;
    }
  }
  return first(Object.values(value), unsupportedIn);
}

export function containsUnknown(value: PropertyValue): boolean {
  if (typeof value === "object" && value !== null) {
    return Object.values(value).some(containsUnknown);
  }
  return value === unknownValue;
}

export function equal(left: PropertyValue, right: PropertyValue): boolean {
  if (typeof left !== "object" || typeof right !== "object" || left === null || right === null) {
    return left === right;
  }
  if (Array.isArray(left) !== Array.isArray(right)) {
    return false;
  }
  const [leftEntries, rightEntries] = [Object.entries(left), Object.entries(right)];
  const other = new Map(rightEntries);
  return (
    leftEntries.length === rightEntries.length &&
    leftEntries.every(([key, value]) => {
      const counterpart = other.get(key);
      return counterpart !== undefined && equal(value, counterpart);
    })
  );
}

/** The top-level keys whose values differ, in the order in which they stand. */
export function changedKeys(olds: PropertyMap, news: PropertyMap): string[] {
  const keys = new Set([...Object.keys(olds), ...Object.keys(news)]);
  return [...keys].filter((key) => {
    const [before, after] = [olds[key], news[key]];
    return before === undefined || after === undefined || !equal(before, after);
  });
}

function first<T, R>(items: T[], find: (item: T) => R | undefined): R | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}
