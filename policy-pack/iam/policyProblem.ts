/** What is wrong with a policy document, and the way out. */
export interface PolicyProblem {
  /** Where: "Statement[0].Action[1]", "Statement.Effect" when the only statement is in no list, "" for the whole. */
  readonly path: string;
  readonly found: string;
  readonly allowed: string;
  readonly toDo: string;
}

export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** An element that has the value undefined is not there, as in JSON. */
export function elementsOf(value: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(value).filter(([, element]) => element !== undefined));
}

/** A value as a problem shows it. */
export function shown(value: unknown): string {
  // What JSON has no text for, JSON.stringify answers with undefined, whatever its type says.
  const text = (value === undefined ? "nothing" : (JSON.stringify(value) as string | undefined)) ?? `a ${typeof value}`;
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}

/** A problem for every element that the language does not have in this place. */
export function unknownElements(
  path: string,
  value: JsonObject,
  known: readonly string[],
  toDo: (element: string) => string,
): readonly PolicyProblem[] {
  return Object.keys(value)
    .filter((element) => !known.includes(element))
    .map((element) => ({
      path: path === "" ? element : `${path}.${element}`,
      found: `the element ${element}`,
      allowed: known.join(", "),
      toDo: toDo(element),
    }));
}
