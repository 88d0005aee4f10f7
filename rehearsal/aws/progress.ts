import type { Request } from "./service";

/** How far something asynchronous is. Nobody's clock moves it: it is done when somebody has looked often enough, and late enough. */
export interface Progress {
  status: "IN_PROGRESS" | "SUCCEEDED" | "SUCCESS" | "FAILED";
  /** How many more times its status is asked for before it is done. */
  pollsLeft: number;
  /** Until when it is not done, however often it is asked for; in milliseconds since 1970. */
  readyAt?: number;
}

export function inProgress({ statusPolls, readyAt }: Request): Progress & { status: "IN_PROGRESS" } {
  const time = readyAt();
  return { status: "IN_PROGRESS", pollsLeft: statusPolls, ...(time !== undefined && { readyAt: time }) };
}

/** Somebody looks: @returns whether it gets done by that */
export function getsDone(started: Progress, { now }: Request): boolean {
  return started.status === "IN_PROGRESS" && now >= (started.readyAt ?? 0) && --started.pollsLeft <= 0;
}
