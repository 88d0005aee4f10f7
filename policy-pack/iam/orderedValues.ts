import { type Doubt, doubt } from "./verdict";

/**
 * An integer or decimal number.
 *
 * Source: IAM User Guide, "IAM JSON policy elements: Condition operators", on numeric operators.
 */
export function parseNumber(text: string): number | Doubt {
  const value = Number(text);
  if (!/^[+-]?\d+(\.\d+)?$/.test(text)) {
    return doubt(`"${text}" is not a number`);
  }
  return Math.abs(value) > Number.MAX_SAFE_INTEGER ? doubt(`${text} is too large a number to compare exactly`) : value;
}

/**
 * A point in time, in milliseconds since 1970: one of the W3C's forms of ISO 8601, where a date without a time means
 * its first instant in UTC; or seconds since 1970, unless the text can be a year as well.
 *
 * Source: IAM User Guide, "IAM JSON policy elements: Condition operators", on date operators, and the note that it
 * refers to, https://www.w3.org/TR/NOTE-datetime.
 */
export function parseDate(text: string): number | Doubt {
  if (/^\d{4}$/.test(text)) {
    return doubt(`"${text}" can be a year or seconds since 1970`);
  }
  if (/^\d{1,12}$/.test(text)) {
    return Number(text) * 1000;
  }
  const [, day] =
    /^(\d{4}-\d\d(?:-\d\d)?)(?:(?<=-\d\d-\d\d)T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d))?$/.exec(text) ?? [];
  const isDate = day !== undefined && isDay(day) && !Number.isNaN(Date.parse(text));
  return isDate ? Date.parse(text) : doubt(`"${text}" is not a date in ISO 8601, nor in seconds since 1970`);
}

/** Date.parse takes 30 February for 1 March. */
function isDay(day: string): boolean {
  const instant = Date.parse(day);
  return !Number.isNaN(instant) && new Date(instant).toISOString().startsWith(day);
}
