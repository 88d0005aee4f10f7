import { administration } from "./administration";
import { amazonQ } from "./amazonQ";
import { checkIds } from "./checkIds";
import type { DoctorContext } from "./context";
import { credentials } from "./credentials";
import { enabler } from "./enabler";
import { dependent, type Finding } from "./finding";
import { identitySource } from "./identitySource";
import { instance } from "./instance";
import { organization } from "./organization";
import { setContext } from "./setContext";
import { switchOn } from "./switchOn";

type Check = (context: DoctorContext) => Promise<readonly Finding[]>;

const checks: readonly Check[] = [
  organization,
  instance,
  administration,
  identitySource,
  switchOn,
  enabler,
  setContext,
  amazonQ,
];

/** How many of the groups of checks are through. */
export type OnProgress = (done: number, all: number) => void;

/**
 * Asks AWS everything about identity-aware sessions of an organization, side by side; only reads.
 *
 * @returns what was found, in the order of `checkIds`, whatever AWS says
 * @throws only what is a fault of this program
 */
export async function examine(
  context: DoctorContext,
  onProgress: OnProgress = () => undefined,
): Promise<readonly Finding[]> {
  const asked = await credentials(context);
  if (asked.some(({ state }) => state !== "ready")) {
    const [, ...others] = checkIds;
    return [...asked, ...others.map((check) => dependent(check, "credentials"))];
  }
  let done = 0;
  const told = checks.map(async (check) => {
    const findings = await check(context);
    onProgress(++done, checks.length);
    return findings;
  });
  const findings = [asked, ...(await Promise.all(told))].flat();
  return checkIds.flatMap((id) => findings.filter(({ check }) => check === id));
}
