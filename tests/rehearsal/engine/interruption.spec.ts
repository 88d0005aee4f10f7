import assert from "node:assert/strict";
import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { setTimeout as pause } from "node:timers/promises";
import type { Deployment } from "../../../rehearsal/engine/deployment";
import { up } from "../../../rehearsal/engine/update";
import { FilesStack } from "./filesStack";
import { descendants } from "./descendants";
import { NotesStack } from "./notesStack";

const hook = join(__dirname, "..", "..", "..", "register-swc.js");
const main = join(__dirname, "fixtures", "process", "main.ts");

describe("an engine that is stopped", () => {
  let stack: NotesStack;
  let engine: ChildProcessByStdio<null, Readable, null> | undefined;
  beforeEach(() => {
    stack = new NotesStack();
  });
  afterEach(() => {
    engine?.kill("SIGKILL");
    stack.remove();
  });

  function start(wishes: object): { engine: ChildProcessByStdio<null, Readable, null>; printed: Promise<string> } {
    const options = JSON.stringify({ ...stack.options(wishes, {}), parallel: 2 });
    const child = spawn(process.execPath, ["--require", hook, main, "up", options], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    engine = child;
    return { engine: child, printed: text(child.stdout) };
  }

  async function until(condition: () => boolean): Promise<void> {
    while (!condition()) {
      await pause(10);
    }
  }

  function isAlive(pid: number): boolean {
    try {
      // A process that has ended may still be listed, until somebody takes note of it.
      return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
    } catch {
      return false;
    }
  }

  const waiting = () => existsSync(join(stack.notes, "waiting"));

  it("by kill -9 takes its processes with it, and the next update goes on from what is on record", async () => {
    const wishes = { one: { text: "first" }, two: { text: "waits for go", shelfOf: "one" }, three: { text: "third" } };
    const { engine } = start(wishes);
    await until(waiting);
    const processes = descendants(engine.pid ?? 0);
    assert.equal(processes.length >= 3, true, "the program, the plugin and the one that watches over them");
    engine.kill("SIGKILL");
    await until(() => !processes.some(isAlive));
    assert.deepEqual(
      stack.deployment.pending_operations?.map(({ type, resource }) => [type, resource.urn.split("::").at(-1)]),
      [["creating", "two"]],
    );
    stack.write("go", "");
    const { errors, succeeded, warnings } = await stack.run(up, wishes);
    assert.deepEqual([errors, succeeded], [[], true]);
    assert.match(warnings.join(), /1 pending operations .*\n.*::two, interrupted while creating/);
    assert.deepEqual([stack.contents["one"], stack.contents["two"]], ["first", "waits for go"]);
  });

  it("by kill -9 with anything under way is gone on with by the next update", async () => {
    const files = new FilesStack();
    try {
      await files.run(up, { one: { content: "first" }, two: { content: "second" } });
      const wishes = { one: { content: "changed" }, three: { content: "third", after: "one" } };
      const saved: { state: string; contents: Record<string, string> }[] = [];
      const beforeSave = () => {
        saved.push({ state: readFileSync(files.stateFile, "utf8"), contents: files.contents });
      };
      assert.equal((await files.run(up, wishes, { beforeSave })).succeeded, true);
      const wished = { names: files.names, contents: files.contents };
      // What a save wrote is read before the next one; what there was when it was written, before it.
      const moments = saved.slice(1).flatMap(({ state }, index) => {
        const { pending_operations = [] } = (JSON.parse(state) as Deployment).deployment;
        const pending = pending_operations.map(({ type }) => type);
        return pending.length > 0 ? [{ state, contents: saved[index]?.contents ?? {}, pending }] : [];
      });
      const kinds = new Set(moments.flatMap(({ pending }) => pending));
      assert.deepEqual(kinds, new Set(["creating", "deleting", "updating"]));
      for (const [index, { state, contents }] of moments.entries()) {
        writeFileSync(files.stateFile, state);
        files.contents = contents;
        const { errors, succeeded } = await files.run(up, wishes);
        assert.deepEqual([errors, succeeded], [[], true], `moment ${index}`);
        assert.deepEqual({ names: files.names, contents: files.contents }, wished, `moment ${index}`);
      }
    } finally {
      files.remove();
    }
  });

  it("by Ctrl-C finishes what is under way, begins nothing more and says what is left", async () => {
    const wishes = {
      one: { text: "waits for go" },
      two: { text: "second", shelfOf: "one" },
    };
    const { engine, printed } = start(wishes);
    await until(waiting);
    engine.kill("SIGINT");
    engine.kill("SIGINT"); // npm hands a terminal's on: together they are one
    await Promise.race([once(engine.stdout, "data"), once(engine, "exit")]);
    stack.write("go", "");
    const [code] = (await once(engine, "exit")) as [number];
    assert.equal(code, 1);
    const text = await printed;
    assert.match(text, /\^C received; cancelling.*\n/);
    assert.match(text, /create one\n/);
    assert.match(text, /^update canceled$/m);
    assert.doesNotMatch(text, /the program ended/);
    assert.doesNotMatch(text, /create two/);
    assert.equal(stack.deployment.pending_operations, undefined);
    assert.equal(stack.resource("one")?.id, "one");
    assert.deepEqual((await stack.run(up, wishes)).changes, ["create two"]);
  });

  it("by Ctrl-C while a plugin starts ends it, and tells of no failure", async () => {
    const { plugins } = stack.options({}, {});
    const { notes } = plugins;
    assert(notes);
    // It says who it is, and starts to serve once somebody wants it to: nobody will.
    const script = `echo $$ > pid && mv pid starting; until [ -e serve ]; do sleep 0.05; done; exec "$0" "$@"`;
    const slow = { command: "sh", args: ["-c", script, notes.command, ...notes.args], cwd: stack.notes };
    const interrupt = new AbortController();
    const outcome = stack.run(
      up,
      { one: { text: "first" } },
      {},
      { plugins: { notes: slow }, interrupt: interrupt.signal },
    );
    const starting = join(stack.notes, "starting");
    await until(() => existsSync(starting));
    interrupt.abort();
    const { changes, errors, succeeded } = await outcome;
    assert.deepEqual([changes, errors, succeeded], [["create notes-test"], ["update canceled"], false]);
    assert.equal(isAlive(Number(readFileSync(starting, "utf8"))), false);
  });

  it("by Ctrl-C again ends at once, with what was under way on record", async () => {
    const { engine, printed } = start({ one: { text: "waits for nothing" } });
    await until(waiting);
    const ended = once(engine, "exit");
    const again = setInterval(() => engine.kill("SIGINT"), 100);
    const [code] = (await ended) as [number];
    clearInterval(again);
    assert.equal(code, 130);
    assert.match(await printed, /\^C received; terminating/);
    assert.deepEqual(
      stack.deployment.pending_operations?.map(({ type }) => type),
      ["creating"],
    );
  });
});
