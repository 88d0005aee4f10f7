import { Struct } from "google-protobuf/google/protobuf/struct_pb";

/**
 * A property value as it crosses Pulumi's wire and lies in its state: JSON, in which an unknown value is one agreed
 * string and a secret an object with an agreed signature (@pulumi/pulumi, runtime/rpc).
 */
export type PropertyValue = null | boolean | number | string | PropertyValue[] | { [key: string]: PropertyValue };
export type PropertyMap = Record<string, PropertyValue>;

/** Stands for a value that a preview can't know yet. */
export const unknownValue = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

export const signatureKey = "4dabf18193072939515e22adb298388d";
export const secretSignature = "1b47061264138c4ac30d75fd1eb44270";
export const outputValueSignature = "d0e6a833031e9bbcd3f4e8bde6ca49a4";
const unsupportedSignatures: Readonly<Record<string, string>> = {
  c44067f5952c0a294b673a41bacd8c17: "an asset",
  "0def7320c3a5731c473e5ecbe6d01bc7": "an archive",
  "5cf8f73096256a8f31e491e813e4eb8e": "a resource reference",
  [outputValueSignature]: "an output value",
};

export function fromStruct(struct: Struct | undefined): PropertyMap {
  return struct === undefined ? {} : struct.toJavaScript();
}

export function toStruct(map: PropertyMap): Struct {
  return Struct.fromJavaScript(map);
}

/** What the value holds that this engine has no support for (`an asset`, ...), or undefined. */
export function unsupportedIn(value: PropertyValue): string | undefined {
  if (typeof value !== "object" || value === null) {
    return undefined;
  }
  if (!Array.isArray(value)) {
    const signature = value[signatureKey];
    if (typeof signature === "string" && signature !== secretSignature) {
      return unsupportedSignatures[signature] ?? `a value with the unknown signature ${signature}`;
    }
  }
  return first(Object.values(value), unsupportedIn);
}

/** @throws Error naming what the values hold that this engine has no support for. */
export function refuseUnsupportedValues(values: PropertyMap): void {
  const found = unsupportedIn(values);
  if (found !== undefined) {
    throw new Error(`holds ${found}, which this engine does not support`);
  }
}

export function isSecret(value: PropertyValue | undefined): value is { value: PropertyValue } {
  return isMap(value) && value[signatureKey] === secretSignature;
}

export function makeSecret(value: PropertyValue): PropertyValue {
  return { [signatureKey]: secretSignature, value };
}

export function containsSecret(value: PropertyValue): boolean {
  return isSecret(value) || (typeof value === "object" && value !== null && Object.values(value).some(containsSecret));
}

/** The same values in plain text: for plugins that don't take secrets, and for comparisons. */
export function withoutSecrets<Value extends PropertyValue>(value: Value): Value {
  return mapValues(value, (inner) => (isSecret(inner) ? withoutSecrets(inner.value) : undefined)) as Value;
}

/** Marks as secret what a plugin that knows no secrets has returned under the name of a secret that it was given. */
export function markSecrets(outputs: PropertyMap, inputs: PropertyMap): PropertyMap {
  return Object.fromEntries(
    Object.entries(outputs).map(([key, value]) => {
      const input = inputs[key];
      if (input === undefined || !containsSecret(input) || isSecret(value)) {
        return [key, value];
      }
      return [key, isMap(value) && isMap(input) && !isSecret(input) ? markSecrets(value, input) : makeSecret(value)];
    }),
  );
}

/** Rebuilds a value; wherever `replace` answers, its answer takes the place of what stands there. */
export function mapValues(
  value: PropertyValue,
  replace: (value: PropertyValue) => PropertyValue | undefined,
): PropertyValue {
  const replaced = replace(value);
  if (replaced !== undefined || typeof value !== "object" || value === null) {
    return replaced ?? value;
  }
  return Array.isArray(value)
    ? value.map((item) => mapValues(item, replace))
    : Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapValues(item, replace)]));
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

/** The top-level keys whose values differ, in the order in which they stand; becoming a secret is no difference. */
export function changedKeys(before: PropertyMap, after: PropertyMap): string[] {
  const [olds, news] = [withoutSecrets(before), withoutSecrets(after)];
  const keys = new Set([...Object.keys(olds), ...Object.keys(news)]);
  return [...keys].filter((key) => {
    const [old, next] = [olds[key], news[key]];
    return old === undefined || next === undefined || !equal(old, next);
  });
}

export function isMap(value: PropertyValue | undefined): value is PropertyMap {
  return typeof value === "object" && value !== null && !Array.isArray(value);
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
