import assert from "node:assert/strict";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { destroy } from "../../../rehearsal/engine/destroy";
import { preview, up } from "../../../rehearsal/engine/update";
import { NotesStack } from "./notesStack";

describe("a program's own functions", () => {
  let stack: NotesStack;
  beforeEach(() => {
    stack = new NotesStack();
  });
  afterEach(() => {
    stack.remove();
  });

  const everyPoint = ["beforeCreate", "afterCreate", "beforeUpdate", "afterUpdate", "beforeDelete", "afterDelete"];

  function logged(): string[] {
    const lines = existsSync(stack.log) ? readFileSync(stack.log, "utf8").trimEnd().split("\n") : [];
    rmSync(stack.log, { force: true });
    return lines;
  }

  it("run as hooks before and after what happens to a resource, also to one the program has left out", async () => {
    const hooked = { log: stack.log };
    const one = (text: string) => ({ one: { text, logs: everyPoint } });
    await stack.run(preview, one("first"), hooked);
    assert.deepEqual(logged(), []);
    await stack.run(up, one("first"), hooked);
    assert.deepEqual(logged(), ["one: nothing -> first", "one: nothing -> first"]);
    assert.deepEqual(stack.resource("one")?.resourceHooks?.BeforeDelete, ["log"]);
    await stack.run(up, one("second"), hooked);
    assert.deepEqual(logged(), ["one: first -> second", "one: first -> second"]);
    const { changes } = await stack.run(up, {}, hooked);
    assert.deepEqual(changes, ["delete one"]);
    assert.deepEqual(logged(), ["one: second -> nothing", "one: second -> nothing"]);
  });

  it("stop a step as hooks before it, and fail the update as hooks after it", async () => {
    const failing = { log: stack.log, failure: "no way" };
    const before = await stack.run(up, { one: { text: "first", logs: ["beforeCreate"] } }, failing);
    assert.deepEqual(before.errors, ['before hook "log" failed: no way']);
    assert.deepEqual(stack.contents, {});
    const after = await stack.run(up, { one: { text: "first", logs: ["afterCreate", "beforeDelete"] } }, failing);
    assert.deepEqual([after.succeeded, after.errors], [false, ['after hook "log" failed: no way']]);
    assert.equal(stack.resource("one")?.id, "one");
    // Where no program runs there is nobody to call.
    const destroyed = await stack.run(destroy);
    assert.deepEqual(destroyed.errors, [
      "Resource has delete hooks registered, but the program is not running. Hooks: log",
    ]);
    assert.deepEqual(stack.contents, { one: "first" });
  });

  it("change resources as transforms: their own first, then their parents', then the stack's", async () => {
    const wishes = {
      one: { text: "one", signature: "+own" },
      two: { text: "two", parent: "one", signature: "+child" },
      three: { text: "three", shelfOf: "two" },
    };
    const { outputs, succeeded } = await stack.run(up, wishes, { signature: "+stack" });
    assert.equal(succeeded, true);
    assert.deepEqual(stack.contents, { one: "one+own+stack", three: "three+stack", two: "two+child+own+stack" });
    assert.deepEqual(outputs, {
      texts: { one: "one+own+stack", two: "two+child+own+stack", three: "three+stack" },
    });
    assert.deepEqual(stack.resource("three")?.propertyDependencies?.["shelf"], [stack.resource("two")?.urn]);
    assert.deepEqual((await stack.run(up, wishes, { signature: "+stack" })).changes, []);
  });
});
