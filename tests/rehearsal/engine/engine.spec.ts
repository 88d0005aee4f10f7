import assert from "node:assert/strict";
import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Deployment } from "../../../rehearsal/engine/deployment";
import { destroy } from "../../../rehearsal/engine/destroy";
import { secretSignature, unknownValue } from "../../../rehearsal/engine/propertyValues";
import { refresh } from "../../../rehearsal/engine/refresh";
import { preview, up } from "../../../rehearsal/engine/update";
import { nameOf } from "../../../rehearsal/engine/urn";
import { FilesStack } from "./filesStack";

const everything = ["files-test", "folder", "default", "one", "two"];
const pack = join(__dirname, "fixtures", "pack");

describe("the engine", () => {
  let stack: FilesStack;
  beforeEach(() => {
    stack = new FilesStack();
  });
  afterEach(() => {
    stack.remove();
  });

  it("shows at preview what an update would create, with outputs unknown, and writes nothing", async () => {
    const { counts, outputs, succeeded } = await stack.run(preview, {
      one: { content: "first" },
      two: { content: "second", after: "one" },
    });
    assert.equal(succeeded, true);
    assert.deepEqual(counts, { create: 4 });
    assert.deepEqual(outputs, { lengths: { one: unknownValue, two: unknownValue } });
    assert.deepEqual(stack.contents, {});
    assert.deepEqual(stack.state, []);
  });

  it("creates resources after those that they depend on, and keeps how they hang together", async () => {
    const { outputs, succeeded } = await stack.run(up, {
      one: { content: "first" },
      two: { content: "second", after: "one" },
    });
    assert.equal(succeeded, true);
    assert.deepEqual(stack.contents, { one: "first", two: "second5" });
    assert.deepEqual(outputs, { lengths: { one: 5, two: 7 } });
    assert.deepEqual(stack.names, everything);
    const [root, folder, provider, one, two] = stack.state;
    assert.deepEqual(root?.outputs, { lengths: { one: 5, two: 7 } });
    assert.equal(folder?.parent, root.urn);
    assert.equal(two?.urn, "urn:pulumi:test::files::files:index:Folder$pulumi-nodejs:dynamic/files:File::two");
    assert.equal(two.id, join(stack.folder, "two"));
    assert.equal(two.parent, folder.urn);
    assert.equal(two.provider, `${provider?.urn ?? ""}::${provider?.id ?? ""}`);
    assert.deepEqual(two.propertyDependencies, { __provider: [], content: [one?.urn], meets: [], path: [] });
  });

  it("finds nothing to do the second time", async () => {
    const files = { one: { content: "first" }, two: { content: "second", after: "one" } };
    await stack.run(up, files);
    for (const operation of [preview, up]) {
      const { counts } = await stack.run(operation, files);
      assert.deepEqual(counts, { same: 4 });
    }
  });

  it("creates, updates and deletes what a changed program asks for", async () => {
    await stack.run(up, { one: { content: "first" }, two: { content: "second" } });
    const { counts, events } = await stack.run(up, { one: { content: "changed" }, three: { content: "third" } });
    assert.deepEqual(counts, { same: 2, update: 1, create: 1, delete: 1 });
    assert.deepEqual(stack.contents, { one: "changed", three: "third" });
    const [update] = events.flatMap((event) =>
      event.kind === "resOutputsEvent" && event.step.op === "update" && nameOf(event.step.urn) === "one"
        ? [event.step]
        : [],
    );
    assert.deepEqual(update?.changedKeys, ["content"]);
  });

  it("replaces a resource whose replaceOnChanges property changes: the new one first, the old one at the end", async () => {
    const old = stack.folder;
    await stack.run(up, { one: { content: "first" } });
    stack.folder = stack.makeFolder("elsewhere");
    const { counts, steps, succeeded } = await stack.run(up, { one: { content: "first" } });
    assert.equal(succeeded, true);
    assert.deepEqual(counts, { same: 2, replace: 1 });
    assert.deepEqual(steps.slice(-3), ["create-replacement one", "replace one", "delete-replaced one"]);
    assert.deepEqual(stack.contents, { one: "first" });
    assert.throws(() => readFileSync(join(old, "one")), /ENOENT/);
    assert.deepEqual(stack.names.slice(3), ["one"]);
  });

  it("runs steps that don't depend on each other at the same time", async () => {
    const { succeeded } = await stack.run(up, {
      left: { content: "left", meets: "right" },
      right: { content: "right", meets: "left" },
    });
    assert.equal(succeeded, true);
    assert.deepEqual(stack.contents, { left: "left", right: "right" });
  });

  it("writes the state after every step, and names the step that is under way", async () => {
    const seen: string[] = [];
    await stack.run(
      up,
      { one: { content: "first" }, two: { content: "second", after: "one" } },
      {
        onEvent: (event) => {
          if (event.kind === "resOutputsEvent" && nameOf(event.step.urn) === "one") {
            seen.push(...stack.names);
          }
        },
      },
    );
    assert.deepEqual(seen, everything.slice(0, 4));
    const { deployment } = JSON.parse(readFileSync(stack.stateFile, "utf8")) as Deployment;
    assert.equal(deployment.pending_operations, undefined);
  });

  it("stops at the first failure, keeps what exists and tells the plugin's reason without a stack trace", async () => {
    const { errors, steps, succeeded } = await stack.run(up, {
      one: { content: "first" },
      two: { content: "fails", meets: "" },
      three: { content: "third", after: "two" },
    });
    assert.equal(succeeded, false);
    assert.deepEqual(errors, ["the disk is full"]);
    assert.equal(steps.includes("create three"), false);
    assert.deepEqual(stack.contents, { one: "first" });
    assert.deepEqual(stack.names, everything.slice(0, 4));
  });

  it("keeps a resource that could not be finished, with the reason, and tries again the next time", async () => {
    const failed = await stack.run(up, { one: { content: "half" } });
    assert.equal(failed.succeeded, false);
    assert.deepEqual(stack.state.at(-1)?.initErrors, ["only half of it was written"]);
    const { counts } = await stack.run(up, { one: { content: "half" } });
    assert.deepEqual(counts, { same: 2, update: 1 });
    assert.equal(stack.state.at(-1)?.initErrors, undefined);
  });

  it("refreshes the state from what is there: changed inputs as an update, what is gone as a delete", async () => {
    const files = { one: { content: "first" }, two: { content: "second", after: "one" }, three: { content: "third" } };
    await stack.run(up, files);
    rmSync(join(stack.folder, "one"));
    writeFileSync(join(stack.folder, "three"), "drifted");
    const { counts } = await stack.run(refresh);
    assert.deepEqual(counts, { same: 3, delete: 1, update: 1 });
    assert.deepEqual([...stack.names].sort(), ["default", "files-test", "folder", "three", "two"]);
    assert.equal(stack.state.find(({ urn }) => nameOf(urn) === "three")?.inputs["content"], "drifted");
    // Nothing may name a resource that the state no longer holds.
    assert.equal(JSON.stringify(stack.state).includes("File::one"), false);
    const again = await stack.run(up, files);
    assert.deepEqual(again.counts, { same: 3, create: 1, update: 1 });
    assert.deepEqual(stack.contents, { one: "first", three: "third", two: "second5" });
  });

  it("destroys dependents before what they depend on", async () => {
    await stack.run(up, { one: { content: "first" }, two: { content: "second", after: "one" } });
    const { counts, steps } = await stack.run(destroy);
    assert.deepEqual(counts, { delete: 4 });
    assert.deepEqual(steps.slice(0, 2), ["delete two", "delete one"]);
    assert.equal(steps.at(-1), "delete files-test");
    assert.deepEqual(stack.contents, {});
    assert.deepEqual(stack.state, []);
  });

  it("refuses to delete a protected resource, by destroying and by leaving it out of the program", async () => {
    await stack.run(up, { one: { content: "first", protect: true } });
    for (const operation of [destroy, preview, up]) {
      const { errors, succeeded } = await stack.run(operation);
      assert.equal(succeeded, false, operation.name);
      assert.match(errors.join("\n"), /File::one" cannot be deleted\s+because it is protected/);
    }
    assert.deepEqual(stack.contents, { one: "first" });
    assert.equal(stack.names.includes("one"), true);
  });

  it("refuses to replace a protected resource", async () => {
    await stack.run(up, { one: { content: "first", protect: true } });
    stack.folder = stack.makeFolder("elsewhere");
    const { errors, succeeded } = await stack.run(up, { one: { content: "first", protect: true } });
    assert.equal(succeeded, false);
    assert.match(
      errors.join("\n"),
      /unable to replace resource .*File::one"\nas it is currently marked for protection/,
    );
    assert.deepEqual(stack.contents, {});
  });

  it("keeps secrets encrypted in the state, and opens them with the passphrase alone", async () => {
    const files = { one: { content: "a secret word", secret: true } };
    const { events } = await stack.run(up, files);
    const one = JSON.stringify(stack.state.find(({ urn }) => nameOf(urn) === "one"));
    assert.equal(one.includes("secret word"), false);
    assert.equal(one.includes('"ciphertext":"v1:'), true);
    assert.equal(JSON.stringify(events).includes(secretSignature), true);
    assert.deepEqual(stack.contents, { one: "a secret word" });
    const { counts } = await stack.run(up, files);
    assert.deepEqual(counts, { same: 3 });
    stack.passphrase = "another one";
    await assert.rejects(stack.run(preview, files), /incorrect passphrase/);
  });

  it("runs a program without checking its types", async () => {
    const program = join(stack.home, "program");
    mkdirSync(program);
    symlinkSync(join(__dirname, "..", "..", "..", "node_modules"), join(program, "node_modules"));
    writeFileSync(join(program, "package.json"), JSON.stringify({ main: "index.ts" }));
    writeFileSync(join(program, "index.ts"), 'const length: number = "not a number";\nexport const found = length;\n');
    const { errors, outputs } = await stack.run(up, {}, { program });
    assert.deepEqual([errors, outputs], [[], { found: "not a number" }]);
  });

  it("keeps a creation on record of which it does not know what became of it", async () => {
    await stack.run(up, { one: { content: "first" } });
    const saved = JSON.parse(readFileSync(stack.stateFile, "utf8")) as Deployment;
    const [lost] = saved.deployment.resources.splice(-1);
    assert.ok(lost);
    saved.deployment.pending_operations = [{ resource: lost, type: "creating" }];
    writeFileSync(stack.stateFile, JSON.stringify(saved));
    for (const operation of [up, refresh]) {
      const { events } = await stack.run(operation);
      const warnings = events.flatMap((event) =>
        event.kind === "diagnosticEvent" && event.severity === "warning" ? [event.message] : [],
      );
      // A refresh is what one does about it.
      assert.equal(warnings.length, operation === up ? 1 : 0);
      if (operation === up) {
        assert.match(
          warnings.join(),
          /1 pending operations .*\n.*File::one, interrupted while creating\n.*look whether they exist/,
        );
      }
      const { deployment } = JSON.parse(readFileSync(stack.stateFile, "utf8")) as Deployment;
      assert.deepEqual(
        deployment.pending_operations?.map(({ resource, type }) => [type, nameOf(resource.urn)]),
        [["creating", "one"]],
      );
    }
  });

  function ownProgram(): string {
    const program = join(stack.home, "program");
    mkdirSync(program);
    symlinkSync(join(__dirname, "..", "..", "..", "node_modules"), join(program, "node_modules"));
    writeFileSync(join(program, "package.json"), JSON.stringify({ main: "index.js" }));
    return program;
  }

  it("takes what a program registers after it has logged an error, and fails at the end", async () => {
    const program = ownProgram();
    writeFileSync(
      join(program, "index.js"),
      `const p = require("@pulumi/pulumi");
      module.exports = async () => {
        await p.log.error("So.");
        const one = new p.ComponentResource("a:b:C", "one");
        one.registerOutputs({ said: "all" });
      };`,
    );
    const { errors, steps, succeeded } = await stack.run(up, {}, { program });
    assert.deepEqual([succeeded, errors], [false, ["So."]]);
    assert.deepEqual(steps, ["create files-test", "create one"]);
    assert.deepEqual(stack.state.at(-1)?.outputs, { said: "all" });
  });

  it("ends a program that goes on registering after a failure, without a word of it", async () => {
    const program = ownProgram();
    writeFileSync(
      join(program, "index.js"),
      `const p = require("@pulumi/pulumi");
      const provider = { create: async () => { throw new Error("the disk is full"); } };
      class Failing extends p.dynamic.Resource {}
      module.exports = async () => {
        new Failing(provider, "failing", {});
        for (let i = 0; ; i++) {
          new p.ComponentResource("a:b:C", "c" + i);
          await new Promise((resolve) => setTimeout(resolve, 20));
        }
      };`,
    );
    const { errors, events, steps, succeeded } = await stack.run(up, {}, { program });
    assert.deepEqual([succeeded, errors], [false, ["the disk is full"]]);
    assert.ok(steps.includes("create c0"), steps.join());
    assert.deepEqual(
      events.flatMap((event) => (event.kind === "stdoutEvent" ? [event.message] : [])),
      [],
    );
  });

  it("fails loudly on what it does not support, before anything is made", async () => {
    const program = ownProgram();
    const cases: [string, RegExp][] = [
      ['new p.CustomResource("a:b:C", "one", { file: new p.asset.StringAsset("text") })', /holds an asset, which this/],
      ['new p.ComponentResource("a:b:C", "one", {}, {}, true)', /uses remote components, which this engine does not/],
      [
        'new p.ComponentResource("a:b:C", "one", {}, { hideDiffs: ["text"] })',
        /uses hideDiffs, which this engine does not/,
      ],
      ['new p.StackReference("organization/project/stack")', /does not support stack references/],
      ['p.runtime.call("a:b:c", {})', /does not support calling methods of components/],
    ];
    for (const [statement, message] of cases) {
      writeFileSync(join(program, "index.js"), `const p = require("@pulumi/pulumi"); ${statement};`);
      const { errors, succeeded } = await stack.run(up, {}, { program });
      assert.equal(succeeded, false);
      assert.match(errors.join("\n"), message);
    }
  });

  it("reports every violation at preview and fails it at the end", async () => {
    const files = { one: { content: "forbidden" }, two: { content: "second" }, three: { content: "third" } };
    const { counts, events, succeeded } = await stack.run(preview, files, { policyPacks: [pack] });
    assert.equal(succeeded, false);
    assert.deepEqual(counts, { create: 5 });
    const violations = events.flatMap((event) => (event.kind === "policyEvent" ? [event.violation] : []));
    assert.deepEqual(violations, [
      {
        urn: "urn:pulumi:test::files::files:index:Folder$pulumi-nodejs:dynamic/files:File::one",
        policyPack: "files",
        policyPackVersion: "1.2.3",
        policy: "no-forbidden-content",
        enforcementLevel: "mandatory",
        severity: "high",
        message: "A file does not say forbidden things.\nfound a forbidden thing",
        remediationSteps: "Write something else.",
        url: "https://example.com/forbidden",
      },
    ]);
  });

  it("stops an update before the resource that violates a mandatory policy", async () => {
    const files = { one: { content: "forbidden" }, two: { content: "second", after: "one" } };
    const { errors, events, succeeded } = await stack.run(up, files, { policyPacks: [pack] });
    assert.equal(succeeded, false);
    assert.deepEqual(errors, [], "the violation says it all");
    assert(events.some((event) => event.kind === "policyEvent" && nameOf(event.violation.urn) === "one"));
    assert.deepEqual(stack.contents, {});
  });

  it("judges the whole stack by its outputs at the end of an update", async () => {
    const files = { one: { content: "first" }, two: { content: "second" }, three: { content: "third" } };
    const { events, succeeded } = await stack.run(up, files, { policyPacks: [pack] });
    assert.equal(succeeded, false);
    const violations = events.flatMap((event) => (event.kind === "policyEvent" ? [event.violation] : []));
    assert.deepEqual(
      violations.map(({ message, urn }) => [nameOf(urn), message]),
      [["files-test", "A stack holds few files.\nfound 3 files"]],
    );
    assert.deepEqual(Object.keys(stack.contents), ["one", "three", "two"]);
  });
});
