import pc from "picocolors";
import type { Difference } from "./compare";

/** What was found of one scenario: a line, and another for each difference that nobody has explained. */
export function scenarioReport(title: string, found: readonly Difference[], seconds: number): string[] {
  const unexplained = found.filter(({ reason }) => reason === undefined);
  const explained = found.length - unexplained.length;
  const verdict = unexplained.length === 0 ? pc.green("same") : pc.red(`${unexplained.length} differences`);
  const more = explained === 0 ? "" : `, ${explained} explained`;
  return [
    `${pc.bold(title)}: ${verdict}${more} (${seconds.toFixed(0)} s)`,
    ...unexplained.map(({ at, line, only, what }) => `  ${at}, ${what}, only ${only}: ${line}`),
  ];
}

/** What was found of all of them: how often each reason explains a difference, and whether any is left without one. */
export function summary(scenarios: number, found: readonly Difference[]): string[] {
  const counts = new Map<string, number>();
  for (const { reason } of found) {
    if (reason !== undefined) {
      counts.set(reason, (counts.get(reason) ?? 0) + 1);
    }
  }
  const unexplained = found.filter(({ reason }) => reason === undefined).length;
  return [
    "",
    ...[...counts].map(([reason, count]) => `${count} explained: ${reason}`),
    unexplained === 0
      ? pc.green(`Both engines do the same in ${scenarios} scenarios, but for what docs/fidelity.md explains.`)
      : pc.red(`${unexplained} differences that nobody has explained.`),
  ];
}
