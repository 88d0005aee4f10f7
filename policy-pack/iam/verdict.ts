/**
 * Whether something holds: yes, no, or in doubt. Three values, because a policy often depends on what nobody has said
 * yet (who signs in from where), and a guess would be worth less than the question.
 */
export type Verdict = boolean | Doubt;

/** Neither yes nor no. Each reason is a sentence without its full stop that names what is not known. */
export interface Doubt {
  readonly reasons: readonly string[];
}

export function doubt(...reasons: readonly string[]): Doubt {
  return { reasons };
}

export function isDoubt(verdict: Verdict): verdict is Doubt {
  return typeof verdict !== "boolean";
}

/** True when every verdict is; false as soon as one is, whatever is in doubt besides. */
export function all(verdicts: readonly Verdict[]): Verdict {
  return verdicts.includes(false) ? false : (joined(verdicts.filter(isDoubt)) ?? true);
}

/** True as soon as one verdict is, whatever is in doubt besides; false when every one is. */
export function any(verdicts: readonly Verdict[]): Verdict {
  return verdicts.includes(true) ? true : (joined(verdicts.filter(isDoubt)) ?? false);
}

export function not(verdict: Verdict): Verdict {
  return isDoubt(verdict) ? verdict : !verdict;
}

function joined(doubts: readonly Doubt[]): Doubt | undefined {
  const reasons = doubts.flatMap((each) => each.reasons);
  return reasons.length === 0 ? undefined : doubt(...reasons.filter((reason, n) => reasons.indexOf(reason) === n));
}
