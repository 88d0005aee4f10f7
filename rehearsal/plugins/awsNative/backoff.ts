import { setTimeout as wait } from "node:timers/promises";

// The real plugin starts at up to a second; local AWS is faster than AWS.
const firstMilliseconds = 50;
const maximumMilliseconds = 20_000;

/**
 * Waits before the next attempt (the first is 0): until the time AWS asked for, else a random part of twice as long
 * each time.
 * @throws Error when the signal aborts the wait.
 */
export async function backoff(attempt: number, signal: AbortSignal, until?: Date): Promise<void> {
  const asked = (until?.getTime() ?? 0) - Date.now();
  const own = Math.random() * Math.min(firstMilliseconds * 2 ** attempt, maximumMilliseconds);
  await wait(asked > 0 ? asked : own, undefined, { signal });
}
