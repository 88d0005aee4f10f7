import { isObject, isSecret, type PropertyMap, type PropertyValue, secret, unknownValue } from "../propertyValues";
import type { ResourceSpec, TypeSpec } from "./typeSpec";

/**
 * What a preview can say of the outputs: those that are inputs too, and that the read-only ones will exist. Outputs that
 * were not given as inputs are left out.
 * @param state the resource in the state, when it exists: what never changes is known from it.
 */
export function previewOutputs(spec: ResourceSpec, inputs: PropertyMap, state?: PropertyMap): PropertyMap {
  const readOnly = spec.readOnly.map((name): [string, PropertyValue] => {
    const known = spec.stable.includes(name) ? state?.[name] : undefined;
    return [name, known ?? unknownValue];
  });
  return { ...declaredOnly(spec.properties, inputs), ...Object.fromEntries(readOnly) };
}

function declaredOnly(properties: Readonly<Record<string, TypeSpec>>, values: PropertyMap): PropertyMap {
  const result: PropertyMap = {};
  for (const [name, spec] of Object.entries(properties)) {
    const value = values[name];
    if (value !== undefined && value !== null) {
      result[name] = previewValue(spec, value);
    }
  }
  return result;
}

function previewValue(spec: TypeSpec, value: PropertyValue): PropertyValue {
  if (isSecret(value)) {
    return secret(previewValue(spec, value.value));
  }
  if (spec.type === "array" && Array.isArray(value)) {
    return value.map((item) => previewValue(spec.items, item));
  }
  return spec.type === "object" && isObject(value) ? declaredOnly(spec.properties, value) : value;
}
