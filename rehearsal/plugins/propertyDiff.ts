import { isObject, type PropertyMap, type PropertyValue } from "./propertyValues";

export type ChangeKind = "add" | "delete" | "update";

/** Whether two values are the same to Pulumi: null is absent, and a secret equals nothing but a secret. */
export function equal(old: PropertyValue | undefined, current: PropertyValue | undefined): boolean {
  if (Array.isArray(old) && Array.isArray(current)) {
    return old.length === current.length && old.every((item, index) => equal(item, current[index]));
  }
  if (isRecord(old) && isRecord(current)) {
    return keysOf(old, current).every((key) => equal(old[key], current[key]));
  }
  return (old ?? null) === (current ?? null);
}

/** The top-level properties that differ, and how. */
export function changedProperties(olds: PropertyMap, news: PropertyMap): Map<string, ChangeKind> {
  const changed = new Map<string, ChangeKind>();
  for (const key of keysOf(olds, news)) {
    if (!equal(olds[key], news[key])) {
      changed.set(key, kindOf(olds[key], news[key]));
    }
  }
  return changed;
}

/** Every path that differs (`triggers[0]`, `environment.HOME`, `tags["cost-center"]`), and how. */
export function changedPaths(olds: PropertyMap, news: PropertyMap): Map<string, ChangeKind> {
  return new Map(keysOf(olds, news).flatMap((key) => pathsBelow(pathTo("", key), olds[key], news[key])));
}

function pathsBelow(
  path: string,
  old: PropertyValue | undefined,
  current: PropertyValue | undefined,
): [string, ChangeKind][] {
  if (equal(old, current)) {
    return [];
  }
  if (Array.isArray(old) && Array.isArray(current)) {
    const indexes = [...(old.length > current.length ? old : current).keys()];
    return indexes.flatMap((index) => pathsBelow(`${path}[${index}]`, old[index], current[index]));
  }
  if (isObject(old) && isObject(current)) {
    return keysOf(old, current).flatMap((key) => pathsBelow(pathTo(path, key), old[key], current[key]));
  }
  return [[path, kindOf(old, current)]];
}

function pathTo(parent: string, key: string): string {
  if (/[^A-Za-z0-9_]/.test(key)) {
    return `${parent}["${key.replaceAll('"', String.raw`\"`)}"]`;
  }
  return parent === "" ? key : `${parent}.${key}`;
}

function kindOf(old: PropertyValue | undefined, current: PropertyValue | undefined): ChangeKind {
  if (old === undefined || old === null) {
    return "add";
  }
  return current === undefined || current === null ? "delete" : "update";
}

function keysOf(olds: PropertyMap, news: PropertyMap): string[] {
  return [...new Set([...Object.keys(olds), ...Object.keys(news)])];
}

function isRecord(value: PropertyValue | undefined): value is PropertyMap {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
