import { parsePath, type PropertyPath } from "./propertyPath";
import { isMap, isSecret, makeSecret, type PropertyMap, type PropertyValue } from "./propertyValues";

/**
 * The inputs with what the resource's `ignoreChanges` name as it was: there the provider finds nothing to change.
 * @returns also the paths that could not be put back, because they name elements of lists that have been added or removed.
 */
export function processIgnoreChanges(
  inputs: PropertyMap,
  oldInputs: PropertyMap,
  ignoreChanges: readonly string[],
): { inputs: PropertyMap; invalidPaths: string[] } {
  const next = structuredClone(inputs);
  const invalidPaths = ignoreChanges.filter((path) => !reset(parsePath(path), { value: oldInputs }, { value: next }));
  return { inputs: next, invalidPaths };
}

/** A value, and whether it lies within a secret. */
interface Place {
  value: PropertyValue | undefined;
  secret?: boolean;
}

/** Puts the value at a path back to what it was; false where the path can't be followed (resource.PropertyPath.Reset). */
function reset([key, ...rest]: PropertyPath, wrappedOld: Place, wrappedNext: Place): boolean {
  const [old, next] = [unwrap(wrappedOld), unwrap(wrappedNext)];
  const inside = (place: Place, index: string): Place => ({ ...place, value: child(place.value, index) });
  if (key === undefined) {
    return false;
  }
  if (key === "*") {
    return resetAll(rest, old, next);
  }
  if (Array.isArray(old.value) || Array.isArray(next.value)) {
    return resetElement([key, ...rest], old, next);
  }
  if (rest.length > 0) {
    if (!isMap(old.value) || !isMap(next.value)) {
      return !isMap(old.value) && !isMap(next.value);
    }
    const [hadIt, hasIt] = [key in old.value, key in next.value];
    return hadIt || hasIt ? !(hadIt && !hasIt) && reset(rest, inside(old, key), inside(next, key)) : true;
  }
  const before = child(old.value, key);
  if (before !== undefined && !isMap(next.value)) {
    return false;
  }
  put(next.value, key, before === undefined ? undefined : asBefore(before, old, next));
  return true;
}

function resetElement([key = "", ...rest]: PropertyPath, old: Place, next: Place): boolean {
  if (!Array.isArray(old.value) || !Array.isArray(next.value)) {
    return false;
  }
  const [before, after] = [child(old.value, key), child(next.value, key)];
  if (before === undefined || after === undefined) {
    // Elements can't be added to a list or removed from it; one that was and is not there is the same.
    return rest.length === 0 && before === after;
  }
  if (rest.length > 0) {
    return reset(rest, { ...old, value: before }, { ...next, value: after });
  }
  put(next.value, key, asBefore(before, old, next));
  return true;
}

function resetAll(rest: PropertyPath, old: Place, next: Place): boolean {
  const bothLists = Array.isArray(old.value) && Array.isArray(next.value);
  const bothMaps = isMap(old.value) && isMap(next.value);
  if (!bothLists && !bothMaps) {
    return rest.length === 0 && typeof next.value === "object" && next.value !== null;
  }
  const [before, after] = [Object.keys(old.value as object), Object.keys(next.value as object)];
  if (rest.length === 0 && bothMaps) {
    [...before, ...after].forEach((key) => reset([key], old, next));
    return true;
  }
  const common = before.filter((key) => after.includes(key));
  const followed = common.every((key) => reset([key, ...rest], old, next));
  return followed && before.length === common.length && (bothMaps || after.length === common.length);
}

function unwrap(place: Place): Place {
  return isSecret(place.value) ? unwrap({ value: place.value.value, secret: true }) : place;
}

function asBefore(value: PropertyValue, old: Place, next: Place): PropertyValue {
  return old.secret === true && next.secret !== true ? makeSecret(value) : value;
}

function child(value: PropertyValue | undefined, key: string): PropertyValue | undefined {
  return typeof value === "object" && value !== null && Object.hasOwn(value, key)
    ? (value as PropertyMap)[key]
    : undefined;
}

function put(value: PropertyValue | undefined, key: string, next: PropertyValue | undefined): void {
  if (typeof value !== "object" || value === null) {
    return;
  }
  if (next === undefined) {
    Reflect.deleteProperty(value, key);
  } else {
    (value as PropertyMap)[key] = next;
  }
}
