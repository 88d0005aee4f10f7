import { setTimeout } from "node:timers/promises";

/** The time that local AWS goes by, and how it waits. A test may have one that it moves itself. */
export interface Clock {
  /** @returns milliseconds since 1970 */
  now(): number;
  /** What the clocks of callers show, by which their signatures are judged; the same as `now` unless there is a difference. */
  wall?(): number;
  /** @param milliseconds of this clock */
  sleep(milliseconds: number): Promise<void>;
}

/**
 * This machine's clock, from now on that many times faster. Signatures are judged by the machine's own time, for callers go by that.
 */
export function runningClock(speed = 1): Clock {
  const start = Date.now();
  return {
    now: () => start + (Date.now() - start) * speed,
    wall: () => Date.now(),
    sleep: (milliseconds) => setTimeout(milliseconds / speed),
  };
}
