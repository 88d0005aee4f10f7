import type { PropertyMap } from "../propertyValues";

/** Where a bridged plugin notes which inputs it filled in itself. */
const defaultsKey = "__defaults";

/** Inputs with defaults for what is left out, and the note of them. */
export function withDefaults(inputs: PropertyMap, defaults: PropertyMap): PropertyMap {
  const missing = Object.keys(defaults).filter((key) => inputs[key] === undefined && defaults[key] !== undefined);
  const filled = Object.fromEntries(missing.map((key) => [key, defaults[key] ?? null]));
  return { [defaultsKey]: missing.toSorted(), ...inputs, ...filled };
}

export function isDefault(inputs: PropertyMap, key: string): boolean {
  const defaults = inputs[defaultsKey];
  return Array.isArray(defaults) && defaults.includes(key);
}

export function withoutDefaultsNote(inputs: PropertyMap): PropertyMap {
  return Object.fromEntries(Object.entries(inputs).filter(([key]) => key !== defaultsKey));
}

/**
 * The inputs after a read: those that there were, with the values that the resource has now; all of them when there were none,
 * as in an import.
 */
export function inputsAfterRead(oldInputs: PropertyMap, writable: PropertyMap): PropertyMap {
  if (Object.keys(oldInputs).length === 0) {
    return withDefaults(writable, {});
  }
  return Object.fromEntries(Object.entries(oldInputs).map(([key, value]) => [key, writable[key] ?? value]));
}
