import { createHash } from "node:crypto";
import type { MadeByCalls } from "./contents";

/** Hexadecimal digits (at most 64) that are always the same for a text: ids of what has a name in the organization's file. */
export function digitsOf(text: string, length: number): string {
  return createHash("sha256").update(text).digest("hex").slice(0, length);
}

/** A UUID that is always the same for a text. */
export function uuidOf(text: string): string {
  const digits = digitsOf(text, 32);
  return [
    digits.slice(0, 8),
    digits.slice(8, 12),
    `4${digits.slice(13, 16)}`,
    `a${digits.slice(17, 20)}`,
    digits.slice(20),
  ].join("-");
}

/** The last part of the ARN of something newly made: 16 digits that count what was made. */
export function newDigits(contents: MadeByCalls): string {
  return next(contents).toString(16).padStart(16, "0");
}

/** The id of a new request. */
export function newUuid(contents: MadeByCalls): string {
  return `00000000-0000-4000-8000-${next(contents).toString(16).padStart(12, "0")}`;
}

/** When all that the organization's file describes came to be, in seconds since 1970, as AWS's JSON protocols say a time. */
export const beginning = Date.UTC(2026, 0, 1) / 1000;

/** The time: a second passes with everything that is made. */
export function now(contents: MadeByCalls): number {
  return beginning + contents.sequence;
}

function next(contents: MadeByCalls): number {
  return ++contents.sequence;
}
