import assert from "node:assert/strict";
import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { secret, unknownValue } from "../../../rehearsal/plugins/propertyValues";
import { FakeEngine } from "./fakeEngine";
import { PluginProcess } from "./pluginProcess";
import { TestEngine } from "./testEngine";

const urn = "urn:pulumi:dev::project::command:local:Command::verification";

describe("The stand-in for the command plugin", () => {
  let folder: string;
  let log: FakeEngine;
  let engine: TestEngine;
  before(async () => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), "command-plugin-")));
    log = await FakeEngine.start();
    const environment = { GREETING: "hello" };
    engine = new TestEngine(
      await PluginProcess.start("command.ts", { environment, args: [log.address], cwd: folder }),
      "command",
    );
    await engine.configure({});
  });
  after(async () => {
    await engine.plugin.stop();
    log.close();
    rmSync(folder, { recursive: true });
  });

  describe("check", () => {
    it("passes on valid inputs, unknown and secret ones too, without nulls", async () => {
      const inputs = {
        create: secret("true"),
        environment: { KEY: unknownValue },
        triggers: [1, { any: "thing" }, unknownValue],
        logging: "none",
      };
      assert.deepEqual(await engine.check(urn, { ...inputs, dir: null }), { inputs, failures: [] });
    });

    it("reports unknown properties, wrong types, and what only the real plugin can do", async () => {
      const { failures } = await engine.check(urn, { creat: "true", dir: 5, assetPaths: ["*"] });
      assert.deepEqual(
        failures.toSorted((a, b) => (a.property < b.property ? -1 : 1)),
        [
          {
            property: "assetPaths",
            reason: "is not supported by the stand-in for the command plugin: it captures stdout and stderr only",
          },
          { property: "creat", reason: "unknown property creat" },
          { property: "dir", reason: "Invalid input: expected string, received number" },
        ],
      );
    });
  });

  describe("create", () => {
    it("previews the inputs, with the output unknown, and runs nothing", async () => {
      const inputs = { create: "echo made > file", environment: { KEY: unknownValue } };
      const { outputs } = await engine.create(urn, inputs, { preview: true });
      assert.deepEqual(outputs, { ...inputs, stdout: unknownValue, stderr: unknownValue });
      await assert.rejects(engine.create(urn, { create: "cat file" }), { message: /No such file/ });
    });

    it("runs the command in a shell, in the plugin's own folder, with the plugin's environment and its own", async () => {
      const inputs = {
        create: 'echo "$GREETING $NAME, from $(pwd)"; echo aside >&2; printf "two\\n\\n"',
        environment: { NAME: secret("world") },
      };
      const { id, outputs } = await engine.create(urn, inputs);
      assert.match(id, /^verification[0-9a-f]{8}$/);
      assert.deepEqual(outputs, { ...inputs, stdout: `hello world, from ${folder}\ntwo\n`, stderr: "aside" });
    });

    it("obeys dir, interpreter and stdin", async () => {
      const inputs = {
        create: "process.stdin.on('data', (d) => console.log(process.cwd(), String(d)))",
        interpreter: [process.execPath, "-e"],
        dir: "/",
        stdin: "given",
      };
      assert.equal((await engine.create(urn, inputs)).outputs["stdout"], "/ given");
    });

    it("gives no output when there is nothing to run", async () => {
      assert.deepEqual((await engine.create(urn, { triggers: [1] })).outputs, {
        triggers: [1],
        stdout: "",
        stderr: "",
      });
    });

    it("fails with the exit status, the command and all it printed", async () => {
      await assert.rejects(engine.create(urn, { create: "echo out; exit 3" }), {
        details: 'exit status 3: running "echo out; exit 3":\nout\n',
      });
      await assert.rejects(engine.create(urn, { create: "kill -9 $$" }), {
        details: 'signal: SIGKILL: running "kill -9 $$":\n',
      });
      await assert.rejects(engine.create(urn, { create: "true", dir: "/missing" }), {
        details: 'chdir /missing: no such file or directory: running "true":\n',
      });
      await assert.rejects(engine.create(urn, { create: "true", interpreter: ["/missing"] }), {
        details: 'spawn /missing ENOENT: running "true":\n',
      });
    });

    it("shows each line beside the resource, of the streams that are to be logged", async () => {
      const lines = { stdout: ["out"], stderr: ["err"], stdoutAndStderr: ["err", "out"], none: [] };
      for (const [logging, expected] of Object.entries(lines)) {
        log.messages.length = 0;
        await engine.create(urn, { create: "echo out; echo err >&2", logging });
        const received = log.messages.toSorted((a, b) => (a.message < b.message ? -1 : 1));
        assert.deepEqual(
          received,
          expected.map((message) => ({ message, severity: "INFO", ephemeral: true, urn })),
        );
      }
    });

    it("is over when the resource's timeout is", async () => {
      await assert.rejects(engine.create(urn, { create: "echo begun; exec sleep 60" }, { timeout: 0.5 }), {
        details: 'The operation was aborted: running "echo begun; exec sleep 60":\nbegun\n',
      });
    });
  });

  describe("diff", () => {
    const inputs = { create: "true", triggers: [1, 2], environment: { A: "a", "B-C": "b" } };
    const olds = { inputs, outputs: { ...inputs, stdout: "", stderr: "" } };

    it("finds no change in the same inputs", async () => {
      assert.deepEqual(await engine.diff(urn, "id", olds, inputs), {
        changes: "DIFF_NONE",
        diffs: [],
        replaces: [],
        deleteBeforeReplace: false,
        detailedDiff: {},
      });
    });

    it("names every path that changed", async () => {
      const news = { update: "true", triggers: [1, 3, 4], environment: { A: "a", "B-C": "c" } };
      assert.deepEqual(await engine.diff(urn, "id", olds, news), {
        changes: "DIFF_SOME",
        diffs: ["create", "environment", "triggers", "update"],
        replaces: [],
        deleteBeforeReplace: false,
        detailedDiff: {
          create: "DELETE",
          update: "ADD",
          "triggers[1]": "UPDATE",
          "triggers[2]": "ADD",
          'environment["B-C"]': "UPDATE",
        },
      });
    });

    it("replaces when triggers come or go", async () => {
      const { detailedDiff, replaces } = await engine.diff(urn, "id", olds, { ...inputs, triggers: null });
      assert.deepEqual([detailedDiff, replaces], [{ triggers: "DELETE_REPLACE" }, ["triggers"]]);
    });

    it("leaves out what is to be ignored", async () => {
      const { changes } = await engine.diff(urn, "id", olds, { ...inputs, create: "false" }, ["create"]);
      assert.equal(changes, "DIFF_NONE");
    });

    it("takes a value that has become a secret for a change", async () => {
      const { detailedDiff } = await engine.diff(urn, "id", olds, { ...inputs, create: secret("true") });
      assert.deepEqual(detailedDiff, { create: "UPDATE" });
    });
  });

  describe("update", () => {
    const inputs = { create: "echo created" };
    const olds = { inputs, outputs: { ...inputs, stdout: "before", stderr: "aside" } };

    it("runs update, or else create, knowing the output of the run before unless told not to", async () => {
      const create = "echo created after $PULUMI_COMMAND_STDOUT $PULUMI_COMMAND_STDERR";
      const update = "echo updated after $PULUMI_COMMAND_STDOUT";
      const stdoutOf = async (news: Record<string, unknown>) => (await engine.update(urn, "id", olds, news))["stdout"];
      assert.equal(await stdoutOf({ create }), "created after before aside");
      assert.equal(await stdoutOf({ create, update }), "updated after before");
      assert.equal(await stdoutOf({ create, update, addPreviousOutputInEnv: false }), "updated after");
      assert.equal(await stdoutOf({ triggers: [1] }), "before");
    });

    it("previews the output as unknown when an input changes, and as it is when one is only new", async () => {
      const preview = (news: Record<string, unknown>) => engine.update(urn, "id", olds, news, { preview: true });
      const changed = { create: "echo other" };
      assert.deepEqual(await preview(changed), { ...changed, stdout: unknownValue, stderr: unknownValue });
      const unknown = { ...inputs, update: unknownValue };
      assert.deepEqual(await preview(unknown), { ...unknown, stdout: unknownValue, stderr: unknownValue });
      const added = { ...inputs, delete: "true" };
      assert.deepEqual(await preview(added), { ...added, stdout: "before", stderr: "aside" });
    });
  });

  it("finds on read what is in the state", async () => {
    const inputs = { create: "echo created" };
    const outputs = { ...inputs, stdout: "created", stderr: "" };
    assert.deepEqual(await engine.read(urn, "id", { inputs, outputs }), { id: "id", inputs, outputs });
  });

  it("runs delete, if there is one, with the output of the last run", async () => {
    const inputs = { delete: 'test "$PULUMI_COMMAND_STDOUT" = last || exit 1' };
    await engine.delete(urn, "id", { inputs, outputs: { ...inputs, stdout: "last", stderr: "" } });
    await assert.rejects(engine.delete(urn, "id", { inputs, outputs: { ...inputs, stdout: "other", stderr: "" } }), {
      message: /exit status 1/,
    });
    await engine.delete(urn, "id", { inputs: {}, outputs: { stdout: "", stderr: "" } });
  });
});
