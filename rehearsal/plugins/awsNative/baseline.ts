import { isObject, isSecret, type PropertyMap, type PropertyValue, secret } from "../propertyValues";
import type { ResourceSpec, TypeSpec } from "./typeSpec";

/**
 * The inputs that would describe the resource as AWS has it, so far as they are the user's business: what the program
 * set last time or sets now. Values that AWS filled in by itself are left out, or each would look like drift.
 * @param outputs the resource in its state, or freshly read.
 */
export function actualInputs(
  spec: ResourceSpec,
  oldInputs: PropertyMap,
  outputs: PropertyMap,
  newInputs: PropertyMap,
): PropertyMap {
  const writable = secretsLike(withWriteOnly(spec, writableOutputs(spec, outputs), oldInputs), oldInputs);
  return owned(spec.properties, spec.required, writable, oldInputs, newInputs);
}

/** The values with what AWS does not tell, as the program has said it. */
export function withWriteOnly({ writeOnly = [] }: ResourceSpec, values: PropertyMap, inputs: PropertyMap): PropertyMap {
  const said = Object.entries(inputs).filter(([name]) => writeOnly.includes(name));
  return { ...values, ...Object.fromEntries(said) };
}

/** Everything in the outputs that could be an input: what an import starts from. */
export function writableOutputs(spec: ResourceSpec, outputs: PropertyMap): PropertyMap {
  const declared = Object.entries(outputs).filter(
    ([name]) =>
      spec.properties[name] !== undefined && !spec.readOnly.includes(name) && spec.writeOnly?.includes(name) !== true,
  );
  return Object.fromEntries(declared.map(([name, value]) => [name, declaredOnly(spec.properties[name], value)]));
}

/** The values, secret where the same place in `like` is secret. */
export function secretsLike(values: PropertyMap, like: PropertyMap): PropertyMap {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, secretLike(value, like[key])]));
}

function secretLike(value: PropertyValue, like: PropertyValue | undefined): PropertyValue {
  if (isSecret(value)) {
    return value;
  }
  if (isSecret(like)) {
    return secret(secretLike(value, like.value));
  }
  if (isObject(value) && isObject(like)) {
    return secretsLike(value, like);
  }
  return Array.isArray(value) && Array.isArray(like) ? value.map((item, i) => secretLike(item, like[i])) : value;
}

function declaredOnly(spec: TypeSpec | undefined, value: PropertyValue): PropertyValue {
  if (spec?.type === "array" && Array.isArray(value)) {
    return value.map((item) => declaredOnly(spec.items, item));
  }
  if (spec?.type === "object" && isObject(value)) {
    const declared = Object.entries(value).filter(([name]) => spec.properties[name] !== undefined);
    return Object.fromEntries(declared.map(([name, item]) => [name, declaredOnly(spec.properties[name], item)]));
  }
  return value;
}

/** Leaves out optional properties, at any depth, that neither the old nor the new inputs have. */
function owned(
  properties: Readonly<Record<string, TypeSpec>>,
  required: readonly string[],
  actual: PropertyMap,
  olds: PropertyValue | undefined,
  news: PropertyValue | undefined,
): PropertyMap {
  const kept = Object.entries(actual).filter(
    ([name]) => required.includes(name) || child(olds, name) !== undefined || child(news, name) !== undefined,
  );
  return Object.fromEntries(
    kept.map(([name, value]) => [name, ownedValue(properties[name], value, child(olds, name), child(news, name))]),
  );
}

function ownedValue(
  spec: TypeSpec | undefined,
  value: PropertyValue,
  old: PropertyValue | undefined,
  current: PropertyValue | undefined,
): PropertyValue {
  if (isSecret(value)) {
    return secret(ownedValue(spec, value.value, old, current));
  }
  if (spec?.type === "array" && Array.isArray(value)) {
    return value.map((item, index) => ownedValue(spec.items, item, child(old, index), child(current, index)));
  }
  return spec?.type === "object" && isObject(value)
    ? owned(spec.properties, spec.required, value, old, current)
    : value;
}

function child(parent: PropertyValue | undefined, key: string | number): PropertyValue | undefined {
  if (isSecret(parent)) {
    return child(parent.value, key);
  }
  if (Array.isArray(parent)) {
    return typeof key === "number" ? parent[key] : undefined;
  }
  return isObject(parent) ? parent[key] : undefined;
}
