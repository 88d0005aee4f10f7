/**
 * Paths as Pulumi writes them: `root.nested`, `list[0]`, `map["a key"]`, with `*` for any key or index
 * (sdk/go/common/resource/property_path.go).
 */
export type PropertyPath = string[];

const step = /\.?([^.[\]"]+)|\[(\d+|\*)\]|\["((?:[^"\\]|\\.)*)"\]/y;

/** @throws Error for text that is not a path. */
export function parsePath(text: string): PropertyPath {
  const path: PropertyPath = [];
  step.lastIndex = 0;
  while (step.lastIndex < text.length) {
    const start = step.lastIndex;
    const match = step.exec(text);
    if (match === null) {
      throw new Error(`"${text}" is not a property path: what is meant by "${text.slice(start)}"?`);
    }
    path.push(match[1] ?? match[2] ?? (JSON.parse(`"${match[3] ?? ""}"`) as string));
  }
  return path;
}

/** Whether `pattern` names `path` or something that holds it. */
export function covers(pattern: PropertyPath, path: PropertyPath): boolean {
  return pattern.length <= path.length && pattern.every((key, index) => key === "*" || key === path[index]);
}

export function formatPath(path: readonly (string | number)[]): string {
  return path
    .map((key, index) => {
      if (typeof key === "number") {
        return `[${key}]`;
      }
      return /^[\w-]+$/.test(key) ? (index === 0 ? key : `.${key}`) : `[${JSON.stringify(key)}]`;
    })
    .join("");
}
