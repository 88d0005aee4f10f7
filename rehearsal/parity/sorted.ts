/** A value as JSON with its keys in order; texts inside, too, where they are JSON, such as a patch or a desired state. */
export function sorted(value: unknown): string {
  return JSON.stringify(value, (_key, inside: unknown) => {
    if (typeof inside === "string" && /^[[{]/.test(inside)) {
      try {
        return JSON.parse(sorted(JSON.parse(inside))) as unknown;
      } catch {
        return inside;
      }
    }
    return typeof inside === "object" && inside !== null && !Array.isArray(inside)
      ? Object.fromEntries(Object.entries(inside).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inside;
  });
}
