import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { parse } from "yaml";
import type { Deployment } from "../../../rehearsal/engine/deployment";
import { AwsWorld } from "../../../rehearsal/parity/awsWorld";
import type { OpenEngine } from "../../../rehearsal/parity/engine";
import { kill } from "../../../rehearsal/parity/killing";
import { NotesWorld } from "../../../rehearsal/parity/notesWorld";
import { play } from "../../../rehearsal/parity/play";
import type { Rehearsed } from "../../../rehearsal/stackOperations";

const deployment = (time: string): Deployment => ({
  ...{ version: 3, deployment: { manifest: { time, magic: "", version: "" }, resources: [] } },
});

describe("a scenario", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "play-"));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  const start = (folder: string) => NotesWorld.start(folder);

  /** An engine that does nothing but tell what it is called for, and succeeds but for the second update. */
  function told(): { open: OpenEngine; calls: string[] } {
    const calls: string[] = [];
    let updates = 0;
    const result = (succeeded: boolean): Rehearsed => ({
      ...{ succeeded, exitCode: succeeded ? 0 : 1, counts: {}, outputs: {}, events: [] },
    });
    const open: OpenEngine = (_world, _folder, stackFile) => {
      const configured = () => JSON.stringify((parse(readFileSync(stackFile, "utf8")) as { config: object }).config);
      const operation = (name: string, succeeded: () => boolean) => () => {
        calls.push(`${name} ${configured()}`);
        return Promise.resolve(result(succeeded()));
      };
      const always = () => true;
      return {
        operations: {
          preview: operation("preview", always),
          up: operation("up", () => ++updates !== 2),
          refresh: operation("refresh", always),
          previewDestroy: operation("previewDestroy", always),
          destroy: operation("destroy", always),
        },
        interruptedUp: async (interrupt) => {
          await once(interrupt, "abort");
          calls.push("interrupted");
          return result(false);
        },
        killedUp: async (when) => {
          await when;
          calls.push("killed");
        },
        export: () => Promise.resolve(deployment(String(calls.length))),
        configured: () => {
          calls.push(`configured ${configured()}`);
          return Promise.resolve();
        },
      };
    };
    return { open, calls };
  }

  it("is played act by act, and remembers what was there after the last update that went well", async () => {
    const { open, calls } = told();
    const { deployed, observations } = await play(
      {
        title: "",
        start,
        config: { "notes:notes": { date: "2012-10-17" } },
        acts: [
          { somebody: (world: NotesWorld) => world.write("one", "first") },
          { operation: "up" },
          { somebody: (world: NotesWorld) => world.write("one", "changed") },
          { configure: { "notes:notes": {} } },
          { operation: "up" },
          { operation: "destroy" },
        ],
      },
      folder,
      open,
    );
    assert.deepEqual(calls, [
      'up {"notes:notes":{"date":"2012-10-17"}}',
      'configured {"notes:notes":{}}',
      'up {"notes:notes":{}}',
      'destroy {"notes:notes":{}}',
    ]);
    assert.deepEqual(
      observations.map(({ operation, observation }) => [operation, observation["succeeded"], observation["notes"]]),
      [
        ["up", ["true"], ["one: first"]],
        ["up", ["false"], ["one: changed"]],
        ["destroy", ["true"], ["one: changed"]],
      ],
    );
    assert.equal(deployed?.deployment.deployment.manifest.time, "1");
    assert.deepEqual(deployed.config, { "notes:notes": { date: "2012-10-17" } });
    const copies = join(folder, "copy");
    mkdirSync(copies);
    assert.deepEqual((await deployed.world(copies)).seen(), { notes: ["one: first"] });
  });

  it("kills or interrupts an update once something of it is under way, then lets that come to its end", async () => {
    const { open, calls } = told();
    let looks = 0;
    const when = () => {
      calls.push("look");
      return ++looks % 2 === 0;
    };
    const then = () => void calls.push("then");
    const acts = [
      { stop: "kill", when, then },
      { stop: "interrupt", when, then },
    ] as const;
    const { observations } = await play({ title: "", config: {}, start, acts }, folder, open);
    assert.deepEqual(calls, ["look", "look", "killed", "then", "look", "look", "interrupted", "then"]);
    assert.deepEqual(
      observations.map(({ operation, observation }) => [operation, observation["succeeded"]]),
      [
        ["up, killed", undefined],
        ["up, interrupted", ["false"]],
      ],
    );
  });

  it("on local AWS has names for what is made up, also when that is gone, and tells calls by what they are", async () => {
    const world = await AwsWorld.start();
    try {
      const arn = "arn:aws:sso::111111111111:application/ssoins-1234567890abcdef/apl-1111111111111111";
      world.aws.contents.applications.push({ arn } as (typeof world.aws.contents.applications)[number]);
      world.forget();
      world.aws.contents.applications.length = 0;
      assert.equal(
        world.named(`Enabled ${arn}`),
        "Enabled arn:aws:sso::111111111111:application/ssoins-1234567890abcdef/<application>",
      );
      assert.equal(
        world.named("0c5b2a6e-3a1c-4d0e-9a53-0d6b2b1d2c3e at 2026-11-24T20:15:01.123Z, sessions-verificationab12cd34"),
        "<id> at <time>, sessions-verification<random>",
      );
      const call = { service: "sso-admin", region: "us-east-1", status: 200 };
      world.aws.calls.push(
        { ...call, operation: "CreateThing", input: { b: 1, a: '{"d":1,"c":2}', ClientToken: "chance" }, writes: true },
        { ...call, operation: "ListThings", input: {}, writes: false },
        { ...call, operation: "ListThings", input: {}, writes: false },
        { ...call, operation: "GetCallerIdentity", input: {}, writes: false },
      );
      assert.deepEqual(world.seen(), {
        "calls that write": ['sso-admin CreateThing {"a":{"c":2,"d":1},"b":1}'],
        "calls that read": ["sso-admin ListThings"],
      });
      world.forget();
      assert.deepEqual(world.seen(), { "calls that write": [], "calls that read": [] });
    } finally {
      await world.close();
    }
  });
});

describe("an engine that is killed", () => {
  it("takes with it what it has started", async () => {
    const folder = mkdtempSync(join(tmpdir(), "killing-"));
    try {
      const file = join(folder, "pid");
      const engine = spawn("sh", ["-c", `sh -c 'sleep 100 & echo $! > ${file}; wait' & wait`], { stdio: "ignore" });
      while (!existsSync(file) || readFileSync(file, "utf8") === "") {
        await pause(5);
      }
      const sleeper = Number(readFileSync(file, "utf8"));
      await kill(engine);
      assert.equal(engine.signalCode, "SIGKILL");
      while (isAlive(sleeper)) {
        await pause(5);
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

/** A process that has ended may still be listed, until somebody takes note of it. */
function isAlive(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return false;
  }
}
