import { formatPath } from "./propertyPath";
import microdiff from "microdiff";
import { isSecret, mapValues, type PropertyMap, type PropertyValue, unknownValue } from "./propertyValues";

/** One changed leaf of a resource's properties, ready to be shown. */
export interface PropertyChange {
  kind: "add" | "delete" | "update";
  /** For example `inlinePolicy.Statement[0].Action`. */
  path: string;
  before?: PropertyValue;
  after?: PropertyValue;
}

// The engine's and the SDK's own: where a plugin is found, and a dynamic provider's code.
const internal = new Set(["version", "pluginDownloadURL", "__defaults"]);

/** Every leaf in which two sets of properties differ, in the order in which it stands. */
export function propertyChanges(olds: PropertyMap, news: PropertyMap): PropertyChange[] {
  return microdiff(withParsedText(olds), withParsedText(news), { cyclesFix: false })
    .filter(({ path: [first] }) => !internal.has(String(first)))
    .flatMap((difference): PropertyChange[] => {
      switch (difference.type) {
        case "CREATE":
          return leaves(difference.path, difference.value as PropertyValue).map(([path, after]) => ({
            kind: "add",
            path,
            after,
          }));
        case "REMOVE":
          return leaves(difference.path, difference.oldValue as PropertyValue).map(([path, before]) => ({
            kind: "delete",
            path,
            before,
          }));
        case "CHANGE":
          return [
            {
              kind: "update",
              path: formatPath(difference.path),
              before: difference.oldValue as PropertyValue,
              after: difference.value as PropertyValue,
            },
          ];
      }
    });
}

/** Text that is JSON is shown by what it holds, as Pulumi does: policies above all. */
function withParsedText(values: PropertyMap): PropertyMap {
  return mapValues(values, (value) => {
    if (typeof value !== "string" || !/^[{[]/.test(value)) {
      return undefined;
    }
    try {
      return JSON.parse(value) as PropertyValue;
    } catch {
      return undefined;
    }
  }) as PropertyMap;
}

/** A value on one line. */
export function formatValue(value: PropertyValue | undefined): string {
  if (value === unknownValue) {
    return "output<...>";
  }
  if (value === undefined) {
    return "";
  }
  const text = JSON.stringify(value, (_key, inner: PropertyValue) =>
    inner === unknownValue ? "output<...>" : isSecret(inner) ? "[secret]" : inner,
  );
  return text;
}

function leaves(path: (string | number)[], value: PropertyValue): [string, PropertyValue][] {
  if (typeof value !== "object" || value === null || isSecret(value) || Object.keys(value).length === 0) {
    return [[formatPath(path), value]];
  }
  return Array.isArray(value)
    ? value.flatMap((item, index) => leaves([...path, index], item))
    : Object.entries(value).flatMap(([key, item]) => leaves([...path, key], item));
}
