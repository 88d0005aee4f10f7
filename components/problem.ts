import { RunError } from "@pulumi/pulumi";
import { masked } from "./masked";

/** One reason why a run is refused, and the way out. */
export interface Problem {
  /** The configuration it comes from, for example identity-aware-sessions:permissionSets.Developer.sessionDuration */
  readonly path: string;
  readonly found: string;
  readonly allowed: string;
  readonly toDo: string;
}

/**
 * All problems of a run in one text. What looks like a credential is masked.
 *
 * @param consequence what has come of it, where it is not known before anything is changed.
 */
export function refusalText(what: string, problems: readonly Problem[], consequence = "Nothing was changed."): string {
  const texts = problems.map(
    ({ path, found, allowed, toDo }) =>
      `${masked(path)}\n  found:   ${masked(found)}\n  allowed: ${allowed}\n  to do:   ${toDo}`,
  );
  const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
  return `${what}: ${count}. ${consequence}\n\n${texts.join("\n\n")}\n`;
}

/** The same as an error, which Pulumi prints without a stack trace. */
export class Refusal extends RunError {
  /** What it tells. */
  readonly problems: readonly Problem[];

  constructor(...of: Parameters<typeof refusalText>) {
    super(refusalText(...of));
    this.problems = of[1];
  }
}

export function refusal(...of: Parameters<typeof refusalText>): Refusal {
  return new Refusal(...of);
}

/** @throws RunError when there are problems. */
export function refuseAny(what: string, problems: readonly Problem[]): void {
  if (problems.length > 0) {
    throw refusal(what, problems);
  }
}
