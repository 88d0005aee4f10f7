import { setTimeout } from "node:timers/promises";

/** The time that local AWS goes by, and how it waits. A test may have one that it moves itself. */
export interface Clock {
  /** @returns milliseconds since 1970 */
  now(): number;
  /** @param milliseconds of this clock */
  sleep(milliseconds: number): Promise<void>;
}

/**
 * This machine's clock, from now on that many times faster.
 *
 * Signatures are judged by it too: callers that run much longer than a quarter of an hour of its time find their own clock
 * skewed, which AWS's SDKs correct by the Date header of the answer that tells them so.
 */
export function runningClock(speed = 1): Clock {
  const start = Date.now();
  return {
    now: () => start + (Date.now() - start) * speed,
    sleep: (milliseconds) => setTimeout(milliseconds / speed),
  };
}
