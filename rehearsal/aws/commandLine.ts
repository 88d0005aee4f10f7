import { join } from "node:path";
import { parseArgs } from "node:util";
import { parseFault } from "./faultKinds";
import type { Fault } from "./faults";
import type { LocalAwsOptions } from "./server";

export const usage = `Usage: npm run local-aws -- [--port PORT] [--organization FILE] [more]
  --status-polls N     how often the status of something asynchronous is asked for until it is done (1)
  --limits             AWS's: 20 calls a second, 15 assignments and 3 provisionings at once
  --latency MS-MS      how long each answer takes;         --duration MS-MS what is asynchronous
  --seed N             other times of these lengths (1)
  --lag MS             reading calls see what others made so much later
  --speed N            the clock runs so many times faster (1)
  --fault [SERVICE:]OPERATION=KIND[*TIMES]   the next calls of an operation fail; may be there several times`;

/** What the command line asks for. */
export interface CommandLine extends Pick<LocalAwsOptions, "statusPolls" | "latency" | "consistencyLag"> {
  port: number;
  organization: string;
  limits: boolean;
  speed: number;
  faults: Fault[];
}

/** @throws Error that says what cannot be understood */
export function commandLine(args: string[]): CommandLine {
  const { values } = parseArgs({
    args,
    options: {
      port: { type: "string", default: "0" },
      organization: { type: "string", default: join(__dirname, "..", "organization.yaml") },
      "status-polls": { type: "string", default: "1" },
      limits: { type: "boolean", default: false },
      latency: { type: "string" },
      duration: { type: "string" },
      seed: { type: "string", default: "1" },
      lag: { type: "string", default: "0" },
      speed: { type: "string", default: "1" },
      fault: { type: "string", multiple: true, default: [] },
    },
  });
  const port = Number(values.port);
  if (!/^\d+$/.test(values.port) || port > 65_535) {
    throw new Error(`--port is ${values.port}; it must be a number from 0 (any free port) to 65535.`);
  }
  const number = (name: "status-polls" | "seed" | "lag" | "speed", allowed: RegExp, what: string) => {
    if (!allowed.test(values[name])) throw new Error(`--${name} is ${values[name]}; it must be ${what}.`);
    return Number(values[name]);
  };
  const [call, asynchronous] = [range("latency", values.latency), range("duration", values.duration)];
  return {
    port,
    organization: values.organization,
    statusPolls: number("status-polls", /^[1-9]\d*$/, "a number from 1"),
    limits: values.limits,
    latency: {
      ...(call && { call }),
      ...(asynchronous && { asynchronous }),
      seed: number("seed", /^\d+$/, "a number"),
    },
    consistencyLag: number("lag", /^\d+$/, "a number of milliseconds"),
    speed: number("speed", /^\d*\.?\d+$/, "a number"),
    faults: values.fault.map(parseFault),
  };
}

/** Milliseconds, "50" or "50-200". */
function range(name: string, text: string | undefined): readonly [number, number] | undefined {
  if (text === undefined) return undefined;
  const [, from, to = from] = /^(\d+)(?:-(\d+))?$/.exec(text) ?? [];
  if (from === undefined || Number(from) > Number(to)) {
    throw new Error(`--${name} is ${text}; it must be milliseconds from and to, for example 50-200.`);
  }
  return [Number(from), Number(to)];
}
