import { type KnownDifference, knownDifferences } from "./differences";
import type { Observation } from "./observation";
import type { Played } from "./play";

/** A line that only one of the engines has. */
export interface Difference {
  /** The operation by its number and name, for example 2 up. */
  readonly at: string;
  readonly what: string;
  readonly only: "this engine" | "Pulumi";
  readonly line: string;
  /** Why it stays; undefined while nobody has said so. */
  readonly reason: string | undefined;
}

/** What one engine did, said or left and the other did not. */
export function differences(ours: Played, theirs: Played): Difference[] {
  return ours.observations.flatMap(({ operation, observation }, index) => {
    const other = theirs.observations[index]?.observation ?? {};
    return differing(`${index + 1} ${operation}`, observation, other);
  });
}

function differing(at: string, ours: Observation, theirs: Observation): Difference[] {
  return Object.keys({ ...ours, ...theirs }).flatMap((what) => {
    const [mine = [], others = []] = [ours[what], theirs[what]];
    const lines = (only: Difference["only"], found: readonly string[]) =>
      found.map((line) => ({ at, what, only, line, reason: reasonFor(what, line)?.reason }));
    return [...lines("this engine", without(mine, others)), ...lines("Pulumi", without(others, mine))];
  });
}

/** Each line as often as the one list has it more than the other. */
function without(lines: readonly string[], others: readonly string[]): string[] {
  const left = [...others];
  return lines.filter((line) => {
    const index = left.indexOf(line);
    if (index >= 0) {
      left.splice(index, 1);
    }
    return index < 0;
  });
}

function reasonFor(what: string, line: string): KnownDifference | undefined {
  return knownDifferences.find((known) => known.what === what && known.line.test(line));
}
