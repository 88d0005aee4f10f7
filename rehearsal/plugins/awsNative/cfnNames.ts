import { isObject, type PropertyMap, type PropertyValue } from "../propertyValues";
import type { TypeSpec } from "./typeSpec";

/**
 * SDK spelling to CloudFormation's, for what the type declares: `sessionDuration` becomes `SessionDuration`. Whatever
 * lies inside a value of type any keeps its keys: an IAM policy is the user's own JSON.
 */
export function toCfn(spec: TypeSpec, value: PropertyValue): PropertyValue {
  if (spec.type === "array" && Array.isArray(value)) {
    return value.map((item) => toCfn(spec.items, item));
  }
  return spec.type === "object" && isObject(value) ? propertiesToCfn(spec.properties, value) : value;
}

export function propertiesToCfn(properties: Readonly<Record<string, TypeSpec>>, values: PropertyMap): PropertyMap {
  const result: PropertyMap = {};
  for (const [name, spec] of Object.entries(properties)) {
    const value = values[name];
    if (value !== undefined) {
      result[toCfnName(name)] = toCfn(spec, value);
    }
  }
  return result;
}

/** CloudFormation's spelling to the SDK's; properties that the type does not declare are kept. */
export function propertiesToSdk(properties: Readonly<Record<string, TypeSpec>>, values: PropertyMap): PropertyMap {
  const declared = new Map(Object.entries(properties).map(([name, spec]) => [toCfnName(name), { name, spec }]));
  return Object.fromEntries(
    Object.entries(values).map(([cfnName, value]) => {
      const property = declared.get(cfnName);
      return property === undefined
        ? [toSdkName(cfnName), undeclaredToSdk(value)]
        : [property.name, toSdk(property.spec, value)];
    }),
  );
}

export function toCfnName(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

function toSdk(spec: TypeSpec, value: PropertyValue): PropertyValue {
  if (spec.type === "array" && Array.isArray(value)) {
    return value.map((item) => toSdk(spec.items, item));
  }
  return spec.type === "object" && isObject(value) ? propertiesToSdk(spec.properties, value) : value;
}

function toSdkName(cfnName: string): string {
  return cfnName.charAt(0).toLowerCase() + cfnName.slice(1);
}

function undeclaredToSdk(value: PropertyValue): PropertyValue {
  if (Array.isArray(value)) {
    return value.map(undeclaredToSdk);
  }
  if (isObject(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [toSdkName(key), undeclaredToSdk(item)]));
  }
  return value;
}
