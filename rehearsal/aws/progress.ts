import type { Request } from "./service";

/** How far something asynchronous is. Nobody's clock moves it: it is done when somebody has looked often enough, and late enough. */
export interface Progress extends Wait {
  status: "IN_PROGRESS" | "SUCCEEDED" | "SUCCESS" | "FAILED";
}

/** What is left of something asynchronous. */
export interface Wait {
  /** How many more times its status is asked for before it is done. */
  pollsLeft: number;
  /** Until when it is not done, however often it is asked for; in milliseconds since 1970. */
  readyAt?: number;
}

export function inProgress(request: Request): Progress & { status: "IN_PROGRESS" } {
  return { status: "IN_PROGRESS", ...wait(request) };
}

export function wait({ statusPolls, readyAt }: Request): Wait {
  const time = readyAt();
  return { pollsLeft: statusPolls, ...(time !== undefined && { readyAt: time }) };
}

/** Somebody looks: @returns whether it gets done by that */
export function getsDone(started: Progress, request: Request): boolean {
  return started.status === "IN_PROGRESS" && isOver(started, request);
}

/** The same of something that has no such status. */
export function isOver(wait: Wait, { now }: Request): boolean {
  return now >= (wait.readyAt ?? 0) && --wait.pollsLeft <= 0;
}
