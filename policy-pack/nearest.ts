import { distance } from "fastest-levenshtein";

/** Shorter than that, too much begins or ends with a name for it to say anything. */
const shortestPart = 3;

/**
 * Those of the known names that somebody who wrote `name` may have meant, the nearest first, three at most: names that a few
 * letters make of it, in whatever case, and names of which it is the beginning or the end (regions of additionalRegions), or
 * which are the beginning or the end of it. Where a name differs in the case of letters only, it is that one.
 */
export function nearest(name: string, known: readonly string[]): string[] {
  const wanted = name.toLowerCase();
  const same = known.filter((candidate) => candidate.toLowerCase() === wanted);
  if (same.length > 0) {
    return same;
  }
  return known
    .map((candidate) => ({ candidate, text: candidate.toLowerCase() }))
    .map(({ candidate, text }) => ({ candidate, text, distance: distance(wanted, text) }))
    .filter(({ text, distance }) => isMisspelt(wanted, text, distance) || isPart(wanted, text) || isPart(text, wanted))
    .sort((a, b) => a.distance - b.distance || a.candidate.localeCompare(b.candidate, "en"))
    .slice(0, 3)
    .map(({ candidate }) => candidate);
}

function isMisspelt(wanted: string, text: string, distance: number): boolean {
  return distance <= Math.max(2, Math.min(wanted.length, text.length) / 3);
}

function isPart(part: string, whole: string): boolean {
  return part.length >= shortestPart && (whole.startsWith(part) || whole.endsWith(part));
}
