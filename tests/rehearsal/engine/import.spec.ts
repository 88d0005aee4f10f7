import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Deployment } from "../../../rehearsal/engine/deployment";
import type { EngineEvent } from "../../../rehearsal/engine/events";
import type { OperationOptions, OperationResult } from "../../../rehearsal/engine/operation";
import { preview, up } from "../../../rehearsal/engine/update";
import { nameOf } from "../../../rehearsal/engine/urn";

const fixture = join(__dirname, "fixtures", "notes");
const hook = ["--require", join(__dirname, "..", "..", "..", "register-swc.js")];

describe("importing a resource", () => {
  let home: string;
  let notes: string;
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), "notes-"));
    notes = join(home, "notes");
    mkdirSync(notes);
  });
  afterEach(() => {
    rmSync(home, { recursive: true });
  });

  async function run(operation: (options: OperationOptions) => Promise<OperationResult>, wishes: object) {
    const events: EngineEvent[] = [];
    const result = await operation({
      project: {
        name: "notes",
        directory: fixture,
        main: fixture,
        nodeArguments: hook,
        stack: "test",
        config: { "notes:notes": JSON.stringify(wishes) },
      },
      stateFile: join(home, "state.json"),
      passphrase: "",
      plugins: { notes: { command: process.execPath, args: [...hook, join(fixture, "plugin.ts")], cwd: fixture } },
      policyPacks: [],
      environment: { ...process.env, NOTES_FOLDER: notes },
      onEvent: (event) => events.push(event),
    });
    const steps = events.flatMap((event) =>
      event.kind === "resOutputsEvent" ? [`${event.step.op} ${nameOf(event.step.urn)}`] : [],
    );
    const errors = events.flatMap((event) =>
      event.kind === "diagnosticEvent" && event.severity === "error" ? [event.message] : [],
    );
    return { ...result, errors, steps };
  }

  const write = (id: string, text: string) => {
    writeFileSync(join(notes, id), text);
  };
  const contents = () =>
    Object.fromEntries(readdirSync(notes).map((name) => [name, readFileSync(join(notes, name), "utf8")]));
  const resources = () =>
    (JSON.parse(readFileSync(join(home, "state.json"), "utf8")) as Deployment).deployment.resources;

  it("takes over what is as the program says without an update, and only once", async () => {
    write("theirs", "a text");
    const wishes = { ours: { text: "a text", import: "theirs" } };
    assert.deepEqual((await run(preview, wishes)).counts, { create: 1, import: 1 });
    assert.deepEqual((await run(up, wishes)).steps, ["create notes-test", "import ours"]);
    const ours = resources().at(-1);
    assert.deepEqual([ours?.id, ours?.importID, ours?.inputs], ["theirs", "theirs", { text: "a text" }]);
    assert.deepEqual((await run(up, wishes)).counts, { same: 2 });
    assert.deepEqual(contents(), { theirs: "a text" });
  });

  it("brings what it has taken over to what the program says", async () => {
    write("theirs", "their text");
    const { steps, succeeded } = await run(up, { ours: { text: "our text", import: "theirs" } });
    assert.equal(succeeded, true);
    assert.deepEqual(steps, ["create notes-test", "import ours", "update ours"]);
    assert.deepEqual(contents(), { theirs: "our text" });
    assert.deepEqual(
      resources().map(({ urn }) => nameOf(urn)),
      ["notes-test", "default", "ours"],
    );
  });

  it("refuses what does not exist, at preview already", async () => {
    const { errors, succeeded } = await run(preview, { ours: { text: "a text", import: "nobody's" } });
    assert.equal(succeeded, false);
    assert.match(errors.join("\n"), /resource 'nobody's' does not exist/);
  });

  it("refuses to replace what the stack has by something imported", async () => {
    await run(up, { ours: { text: "a text" } });
    write("theirs", "a text");
    const { errors, succeeded } = await run(up, { ours: { text: "a text", import: "theirs" } });
    assert.equal(succeeded, false);
    assert.match(errors.join("\n"), /is in the state as ours: importing theirs would replace it/);
    assert.deepEqual(contents(), { ours: "a text", theirs: "a text" });
  });
});
