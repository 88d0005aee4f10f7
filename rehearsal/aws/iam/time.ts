/** A time as the query protocol writes it. @param seconds since 1970 */
export function time(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace(".000Z", "Z");
}
