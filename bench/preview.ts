import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadOrganization } from "../rehearsal/aws/organization";
import { startLocalAws } from "../rehearsal/aws/server";
import type { EngineEvent } from "../rehearsal/engine/events";
import { root } from "../rehearsal/environment";
import { Rehearsal } from "../rehearsal/rehearsal";
import { median } from "./median";

/** The parts of a preview, each with what ends it: the first event about a resource of a type. */
export const parts = [
  { part: "Node.js, Pulumi's SDK and the program load", until: "pulumi:pulumi:Stack" },
  { part: "the providers' plugins and the policy pack start", until: "pulumi:providers:aws-native" },
  { part: "look-ups in AWS", until: "identity-aware-sessions:index:OrganizationInstance" },
  {
    part: "the dynamic providers' process starts",
    until: "pulumi-nodejs:dynamic/identityAwareSessions:Switch",
  },
  { part: "everything else", until: undefined },
] as const;

/** Previews the dev stack a number of times, policy pack included, and prints where the time goes: medians, in seconds. */
export async function benchPreview(runs: number): Promise<void> {
  const organization = await loadOrganization(join(root, "rehearsal/organization.yaml"));
  const folder = mkdtempSync(join(tmpdir(), "bench-"));
  const took: Record<string, number[]> = {};
  const note = (part: string, seconds: number) => (took[part] ??= []).push(seconds);
  try {
    // The first one is not counted: it finds V8's compile cache cold.
    for (let run = 0; run <= runs; run++) {
      const aws = await startLocalAws({ organization });
      const started = performance.now();
      const firsts = new Map<string, number>();
      const clock = {
        onEvent: (event: EngineEvent) => {
          if (event.kind === "resourcePreEvent" && !firsts.has(event.step.type)) {
            firsts.set(event.step.type, performance.now());
          }
        },
        outputs: () => undefined,
      };
      const { succeeded } = await new Rehearsal(
        aws,
        { stack: "dev", stateFile: join(folder, "none.json") },
        clock,
      ).preview();
      const ended = performance.now();
      await aws.close();
      if (!succeeded) {
        throw new Error("the preview of the dev stack failed: see `npm run rehearse -- preview`");
      }
      for (const [part, seconds] of run === 0 ? [] : secondsOf(started, firsts, ended)) {
        note(part, seconds);
      }
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  console.table(
    Object.entries(took).map(([part, seconds]) => ({
      part,
      "median s": median(seconds).toFixed(2),
      "least s": Math.min(...seconds).toFixed(2),
      "most s": Math.max(...seconds).toFixed(2),
    })),
  );
  console.log(`${runs} previews of the dev stack, policy pack included, after one that is not counted.`);
}

/**
 * How long each part of a preview took, and all of it, in seconds.
 * @param firsts is when the first event about each type came; all times are in milliseconds.
 * @throws Error when an event is missing by which a part is told.
 */
export function secondsOf(started: number, firsts: ReadonlyMap<string, number>, ended: number): [string, number][] {
  let before = started;
  const each = parts.map(({ part, until }): [string, number] => {
    const end = until === undefined ? ended : firsts.get(until);
    if (end === undefined) {
      throw new Error(`the preview of the dev stack has no ${String(until)}, by which a part of it is told`);
    }
    const seconds = (end - before) / 1000;
    before = end;
    return [part, seconds];
  });
  return [...each, ["in all", (ended - started) / 1000]];
}
