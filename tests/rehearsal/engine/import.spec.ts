import assert from "node:assert/strict";
import { preview, up } from "../../../rehearsal/engine/update";
import { nameOf } from "../../../rehearsal/engine/urn";
import { NotesStack } from "./notesStack";

describe("importing a resource", () => {
  let stack: NotesStack;
  beforeEach(() => {
    stack = new NotesStack();
  });
  afterEach(() => {
    stack.remove();
  });

  it("takes over what is as the program says without an update, and only once", async () => {
    stack.write("theirs", "a text");
    const wishes = { ours: { text: "a text", import: "theirs" } };
    assert.deepEqual((await stack.run(preview, wishes)).counts, { create: 1, import: 1 });
    assert.deepEqual((await stack.run(up, wishes)).steps, ["create notes-test", "import ours"]);
    const ours = stack.resource("ours");
    assert.deepEqual([ours?.id, ours?.importID, ours?.inputs], ["theirs", "theirs", { text: "a text" }]);
    assert.deepEqual((await stack.run(up, wishes)).counts, { same: 2 });
    assert.deepEqual(stack.contents, { theirs: "a text" });
  });

  it("brings what it has taken over to what the program says", async () => {
    stack.write("theirs", "their text");
    const { steps, succeeded } = await stack.run(up, { ours: { text: "our text", import: "theirs" } });
    assert.equal(succeeded, true);
    assert.deepEqual(steps, ["create notes-test", "import ours", "update ours"]);
    assert.deepEqual(stack.contents, { theirs: "our text" });
    assert.deepEqual(
      stack.state.map(({ urn }) => nameOf(urn)),
      ["notes-test", "default", "ours"],
    );
  });

  it("refuses what does not exist, at preview already", async () => {
    const { errors, succeeded } = await stack.run(preview, { ours: { text: "a text", import: "nobody's" } });
    assert.equal(succeeded, false);
    assert.match(errors.join("\n"), /^Preview failed: resource 'nobody's' does not exist/);
  });

  it("takes over in place of what the stack has, which is then deleted", async () => {
    await stack.run(up, { ours: { text: "a text" } });
    stack.write("theirs", "a text");
    const { changes, counts } = await stack.run(up, { ours: { text: "a text", import: "theirs" } });
    assert.deepEqual(changes, ["import-replacement ours", "replace ours", "delete-replaced ours"]);
    assert.deepEqual(counts, { same: 1, replace: 1 });
    assert.deepEqual(stack.contents, { theirs: "a text" });
    assert.equal(stack.resource("ours")?.id, "theirs");
  });
});
