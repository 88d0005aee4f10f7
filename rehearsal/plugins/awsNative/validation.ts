import { isObject, type PropertyMap, type PropertyValue, unknownValue, unwrapped } from "../propertyValues";
import type { CheckFailure } from "../providerPlugin";
import type { ResourceSpec, TypeSpec } from "./typeSpec";

/** What is wrong with a resource's inputs by their types alone: AWS judges patterns and lengths. */
export function validate(spec: ResourceSpec, inputs: PropertyMap): CheckFailure[] {
  const missing = spec.required
    .filter((name) => inputs[name] === undefined)
    .map((name) => ({ property: name, reason: `missing required property ${name}` }));
  const writable = Object.entries(spec.properties).filter(([name]) => !spec.readOnly.includes(name));
  return [...missing, ...validateProperties(Object.fromEntries(writable), "", inputs)];
}

function validateProperties(
  properties: Readonly<Record<string, TypeSpec>>,
  path: string,
  values: PropertyMap,
): CheckFailure[] {
  return Object.entries(values).flatMap(([name, value]) => {
    const spec = properties[name];
    if (spec === undefined) {
      const unknown = path === "" ? name : `${path}.${name}`;
      return [{ property: unknown, reason: `unknown property ${unknown}` }];
    }
    return validateValue(spec, path === "" ? name : `${path}/${name}`, unwrapped(value));
  });
}

function validateValue(spec: TypeSpec, path: string, value: PropertyValue): CheckFailure[] {
  if (value === unknownValue || value === null) {
    return [];
  }
  switch (spec.type) {
    case "any":
      return [];
    case "string":
      return typeof value === "string" ? [] : [{ property: path, reason: `${path} must be a string` }];
    case "boolean":
      return typeof value === "boolean" ? [] : [{ property: path, reason: `${path} must be a boolean` }];
    case "integer":
      return Number.isInteger(value) ? [] : [{ property: path, reason: `${path} must be an integer` }];
    case "array":
      return Array.isArray(value)
        ? value.flatMap((item, index) => validateValue(spec.items, `${path}[${index}]`, unwrapped(item)))
        : [{ property: path, reason: `${path} must be an array` }];
    case "object":
      return isObject(value)
        ? validateProperties(spec.properties, path, value)
        : [{ property: path, reason: `${path} must be an object` }];
  }
}
