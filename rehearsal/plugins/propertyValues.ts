import { Struct } from "google-protobuf/google/protobuf/struct_pb";

/** A property value as Pulumi's protocol carries it: JSON, with signed objects for what JSON does not have. */
export type PropertyValue = null | boolean | number | string | PropertyValue[] | { [key: string]: PropertyValue };
export type PropertyMap = Record<string, PropertyValue>;

/** Stands for a value that a preview can't know yet (unknownValue of @pulumi/pulumi, runtime/rpc). */
export const unknownValue = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

// specialSigKey and specialSecretSig of @pulumi/pulumi, runtime/rpc; not imported from there because that loads the whole SDK.
const signatureKey = "4dabf18193072939515e22adb298388d";
const secretSignature = "1b47061264138c4ac30d75fd1eb44270";

export interface Secret extends PropertyMap {
  value: PropertyValue;
}

export function secret(value: PropertyValue): Secret {
  return { [signatureKey]: secretSignature, value };
}

export function isSecret(value: PropertyValue | undefined): value is Secret {
  return isRecord(value) && value[signatureKey] === secretSignature;
}

/** Whether the value is a plain object: neither an array nor one of the protocol's signed objects. */
export function isObject(value: PropertyValue | undefined): value is PropertyMap {
  return isRecord(value) && value[signatureKey] === undefined;
}

/** The value without its own secret wrapper. */
export function unwrapped(value: PropertyValue): PropertyValue {
  return isSecret(value) ? unwrapped(value.value) : value;
}

/** The value without any secret wrapper, however deep. */
export function withoutSecrets(value: PropertyValue): PropertyValue {
  const plain = unwrapped(value);
  if (Array.isArray(plain)) {
    return plain.map(withoutSecrets);
  }
  return isRecord(plain) ? mapValues(plain, withoutSecrets) : plain;
}

export function containsUnknown(value: PropertyValue): boolean {
  if (typeof value === "object" && value !== null) {
    return Object.values(value).some(containsUnknown);
  }
  return value === unknownValue;
}

export function containsSecret(value: PropertyValue): boolean {
  return isSecret(value) || (typeof value === "object" && value !== null && Object.values(value).some(containsSecret));
}

export function mapValues(
  map: PropertyMap,
  convert: (value: PropertyValue, key: string) => PropertyValue,
): PropertyMap {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, convert(value, key)]));
}

/** The map's entries that have a value: to Pulumi, null is the same as absent. */
export function withoutNulls(map: PropertyMap): PropertyMap {
  return Object.fromEntries(Object.entries(map).filter(([, value]) => value !== null));
}

export function fromStruct(struct: Struct | undefined): PropertyMap {
  return struct === undefined ? {} : struct.toJavaScript();
}

export function toStruct(map: PropertyMap): Struct {
  return Struct.fromJavaScript(map);
}

function isRecord(value: PropertyValue | undefined): value is PropertyMap {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
