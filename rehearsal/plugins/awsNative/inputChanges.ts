import { type ChangeKind, changedProperties, equal } from "../propertyDiff";
import {
  containsSecret,
  containsUnknown,
  isObject,
  isSecret,
  type PropertyMap,
  type PropertyValue,
  unwrapped,
  withoutNulls,
  withoutSecrets,
} from "../propertyValues";
import type { ResourceSpec } from "./typeSpec";

export interface InputChange {
  name: string;
  kind: ChangeKind;
  /** The new value; null where the property goes. */
  value: PropertyValue;
}

/**
 * The top-level properties that differ in more than form: neither tags that AWS itself put on (`aws:...`) count, nor
 * the order of an array that has none.
 * @param oldInputs the program's; tags in there are the user's even where they begin with `aws:`.
 */
export function inputChanges(
  spec: ResourceSpec,
  olds: PropertyMap,
  news: PropertyMap,
  oldInputs: PropertyMap,
): InputChange[] {
  const before = withoutAwsTags(spec, olds, oldInputs);
  const after = withoutAwsTags(spec, news, oldInputs);
  return [...changedProperties(before, after)]
    .map(([name, kind]) => ({ name, kind, value: after[name] ?? null }))
    .filter(({ name, kind }) => kind !== "update" || !onlyReordered(spec, name, before[name], after[name]));
}

function withoutAwsTags(spec: ResourceSpec, values: PropertyMap, oldInputs: PropertyMap): PropertyMap {
  const tags = spec.tagsProperty === undefined ? undefined : values[spec.tagsProperty];
  if (spec.tagsProperty === undefined || !Array.isArray(tags)) {
    return values;
  }
  const usersOwn = tagKeys(oldInputs[spec.tagsProperty]);
  const kept = tags.filter((tag) => {
    const [key] = tagKeys([tag]);
    return key === undefined || !key.startsWith("aws:") || usersOwn.includes(key);
  });
  return withoutNulls({ ...values, [spec.tagsProperty]: kept.length === 0 ? null : kept });
}

function tagKeys(tags: PropertyValue | undefined): string[] {
  const keys = Array.isArray(tags) ? tags.map((tag) => (isObject(tag) ? tag["key"] : undefined)) : [];
  return keys.filter((key) => typeof key === "string");
}

function onlyReordered(
  spec: ResourceSpec,
  name: string,
  old: PropertyValue = null,
  current: PropertyValue = null,
): boolean {
  if (!spec.unordered.includes(name) || isSecret(old) !== isSecret(current)) {
    return false;
  }
  let [before, after] = [unwrapped(old), unwrapped(current)];
  if (containsUnknown(before) || containsUnknown(after)) {
    return false;
  }
  if (name === spec.tagsProperty) {
    // Tags are told apart by their keys, so it does not matter which of them are secret.
    [before, after] = [withoutSecrets(before), withoutSecrets(after)];
  }
  return !containsSecret(before) && !containsSecret(after) && sameElements(before, after);
}

function sameElements(olds: PropertyValue, news: PropertyValue): boolean {
  if (!Array.isArray(olds) || !Array.isArray(news) || olds.length !== news.length) {
    return false;
  }
  const unmatched = [...news];
  return olds.every((old) => {
    const index = unmatched.findIndex((candidate) => equal(old, candidate));
    if (index >= 0) {
      unmatched.splice(index, 1);
    }
    return index >= 0;
  });
}
