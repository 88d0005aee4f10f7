import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { stringify } from "yaml";
import type { Deployment } from "../engine/deployment";
import type { Engine, OpenEngine } from "./engine";
import { type Observation, observedResult, observedState } from "./observation";
import type { Act, Config, Scenario, World } from "./scenario";

/** What came of each operation of a scenario, in order. */
export interface Played {
  readonly observations: readonly { readonly operation: string; readonly observation: Observation }[];
  /** What was there after the last update that went well. */
  readonly deployed:
    | {
        readonly deployment: Deployment;
        readonly config: Config;
        readonly world: (folder: string) => Promise<World>;
      }
    | undefined;
}

/** Goes through a scenario in a world of its own. */
export async function play({ acts, config, start }: Scenario, folder: string, open: OpenEngine): Promise<Played> {
  const world = await start(folder);
  try {
    const stackFile = join(folder, "Pulumi.parity.yaml");
    let current = config;
    configure(stackFile, current);
    const engine = open(world, folder, stackFile);
    const observations: { operation: string; observation: Observation }[] = [];
    let deployed: Played["deployed"];
    for (const act of acts) {
      if ("somebody" in act) {
        act.somebody(world);
      } else if ("configure" in act) {
        current = act.configure;
        configure(stackFile, current);
        await engine.configured();
      } else {
        world.forget();
        const { operation, result } = await operate(act, engine, world);
        const deployment = await engine.export();
        const succeeded = result?.["succeeded"]?.[0] === "true";
        // Only an update's program has outputs to say, and may not come to it.
        const hasSaidAll = succeeded || !operation.startsWith("up");
        const lines = { ...world.seen(), ...(result ?? {}), ...observedState(deployment, hasSaidAll) };
        observations.push({ operation, observation: named(lines, world) });
        if (operation === "up" && succeeded && deployment !== undefined) {
          deployed = { deployment, config: current, world: world.snapshot() };
        }
      }
    }
    return { observations, deployed };
  } finally {
    await world.close();
  }
}

/** @returns no result of an update that was killed: it had no time to say anything. */
async function operate(
  act: Extract<Act<World>, { operation: unknown } | { stop: unknown }>,
  engine: Engine,
  world: World,
): Promise<{ operation: string; result?: Observation }> {
  if ("operation" in act) {
    const { operation } = act;
    return { operation, result: observedResult(await engine.operations[operation](), operation.startsWith("preview")) };
  }
  const ready = until(() => act.when(world));
  if (act.stop === "kill") {
    await engine.killedUp(ready);
    act.then?.(world);
    return { operation: "up, killed" };
  }
  const controller = new AbortController();
  const [result] = await Promise.all([
    engine.interruptedUp(controller.signal),
    ready.then(async () => {
      controller.abort();
      await pause(millisecondsToNotice);
      act.then?.(world);
    }),
  ]);
  return { operation: "up, interrupted", result: observedResult(result, false) };
}

/** Until an engine that is told to stop has taken it to heart. */
const millisecondsToNotice = 1000;

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) {
    await pause(20);
  }
}

function named(lines: Observation, world: World): Observation {
  const named = (text: string) => world.named(text);
  return Object.fromEntries(Object.entries(lines).map(([what, found]) => [what, found.map(named).sort()]));
}

/** Writes the stack's file. */
export function configure(stackFile: string, config: Config): void {
  // In quotes, since Pulumi takes what looks like a date for a time.
  writeFileSync(stackFile, stringify({ config }, { defaultStringType: "QUOTE_DOUBLE" }));
}
