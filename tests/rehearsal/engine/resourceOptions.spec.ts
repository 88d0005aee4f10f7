import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { destroy, previewDestroy } from "../../../rehearsal/engine/destroy";
import { isSecret } from "../../../rehearsal/engine/propertyValues";
import { preview, up } from "../../../rehearsal/engine/update";
import { NotesStack } from "./notesStack";

describe("a resource's options", () => {
  let stack: NotesStack;
  beforeEach(() => {
    stack = new NotesStack();
  });
  afterEach(() => {
    stack.remove();
  });

  it("ignoreChanges: leave alone what they name, and say so when they can't", async () => {
    const one = { text: "first", options: { ignoreChanges: ["text", "list[3]"] } };
    await stack.run(up, { one });
    const { changes } = await stack.run(up, { one: { ...one, text: "second" } });
    assert.deepEqual(changes, []);
    assert.deepEqual(stack.resource("one")?.inputs, { text: "first" });
    assert.deepEqual(stack.resource("one")?.ignoreChanges, ["text", "list[3]"]);
    const again = await stack.run(up, { one: { text: "second" } });
    assert.deepEqual(again.changes, ["update one"]);
    assert.deepEqual(stack.contents, { one: "second" });
  });

  it("retainOnDelete: forgets the resource and leaves what it stands for", async () => {
    await stack.run(up, { one: { text: "first", options: { retainOnDelete: true } }, two: { text: "second" } });
    assert.equal(stack.resource("one")?.retainOnDelete, true);
    const { changes } = await stack.run(up);
    assert.deepEqual(changes.sort(), ["delete one", "delete two"]);
    assert.deepEqual(stack.contents, { one: "first" });
    assert.equal(stack.resource("one"), undefined);
  });

  it("deleteBeforeReplace: by the provider's own answer, with the dependents that can't stay meanwhile", async () => {
    const wishes = (shelf: string) => ({
      one: { text: shelf, shelf },
      two: { text: "on one's", shelfOf: "one" },
      three: { text: "beside two", options: { dependsOn: [] } },
      four: { text: "on two's", shelfOf: "two" },
    });
    await stack.run(up, wishes("left"));
    for (const operation of [preview, up]) {
      const { changes, counts } = await stack.run(operation, wishes("right"));
      assert.deepEqual(changes.slice(0, 5), [
        "delete-replaced four",
        "delete-replaced two",
        "delete-replaced one",
        "replace one",
        "create-replacement one",
      ]);
      assert.deepEqual(changes.slice(5).sort(), [
        "create-replacement four",
        "create-replacement two",
        "replace four",
        "replace two",
      ]);
      assert.deepEqual(counts, { replace: 3, same: 2 });
    }
    assert.equal(stack.contents["one"], "right");
    assert.deepEqual(
      stack.state.map(({ pendingReplacement }) => pendingReplacement).filter((pending) => pending !== undefined),
      [],
    );
  });

  it("deleteBeforeReplace: as the program says, and a failure in the middle is gone on with", async () => {
    const one = { text: "first", options: { replaceOnChanges: ["text"], deleteBeforeReplace: true } };
    await stack.run(up, { one });
    const failed = await stack.run(up, {
      one: { ...one, text: "never", options: { ...one.options, customTimeouts: { create: "50ms" } } },
    });
    assert.deepEqual(failed.errors, ["it took too long"]);
    assert.deepEqual(failed.changes, ["delete-replaced one", "replace one"]);
    assert.deepEqual(stack.contents, {});
    assert.equal(stack.resource("one")?.pendingReplacement, true);
    const { changes } = await stack.run(up, { one: { ...one, text: "second" } });
    assert.deepEqual(changes, ["replace one", "create-replacement one"]);
    assert.deepEqual(stack.contents, { one: "second" });
    assert.equal(stack.resource("one")?.pendingReplacement, undefined);
    // What nobody asks for any more after its deletion is only forgotten.
    await stack.run(up, {
      one: { ...one, text: "never", options: { ...one.options, customTimeouts: { create: "50ms" } } },
    });
    assert.deepEqual((await stack.run(up)).succeeded, true);
    assert.equal(stack.resource("one"), undefined);
  });

  it("aliases: find a resource under its old name, and its children under their parent's", async () => {
    const child = { text: "first", parent: "binder" };
    const before = { "binder-note": child, plain: { text: "second" }, on: { text: "third", shelfOf: "plain" } };
    await stack.run(up, before, { parents: { binder: [] }, providers: { library: { library: "city" } } });
    const renamed = {
      "folder-note": { ...child, parent: "folder" },
      simple: { text: "second", options: { aliases: [{ name: "plain" }] } },
      on: { text: "third", shelfOf: "simple" },
    };
    const parents = { folder: [{ name: "binder" }] };
    const providers = { lending: { library: "city", options: { aliases: [{ name: "library" }] } } };
    const { changes, errors } = await stack.run(up, renamed, { parents, providers });
    assert.deepEqual([errors, changes], [[], []]);
    const note = stack.resource("folder-note");
    assert.equal(note?.urn, "urn:pulumi:test::notes::notes:index:Binder$notes:index:Note::folder-note");
    assert.equal(note.id, "binder-note");
    assert.equal(note.parent, stack.resource("folder")?.urn);
    assert.deepEqual(stack.resource("on")?.propertyDependencies, { shelf: [stack.resource("simple")?.urn], text: [] });
    assert.deepEqual(
      stack.state.filter(({ aliases }) => aliases !== undefined),
      [],
    );
    const twice = await stack.run(preview, {
      simple: { text: "second" },
      other: { text: "second", options: { aliases: [{ name: "simple" }] } },
    });
    assert.match(twice.errors.join(), /Duplicate resource alias '.*::simple' applied to resource with URN '.*::other'/);
  });

  it("get: reads what is somebody else's and lets go of what was the stack's", async () => {
    stack.write("theirs", "a text");
    const read = await stack.run(preview, { note: { text: "", get: "theirs" } });
    assert.deepEqual([read.changes, read.counts], [["create notes-test", "read note"], { create: 1 }]);
    assert.deepEqual((await stack.run(up, { note: { text: "", get: "theirs" } })).outputs, {
      texts: { note: "a text" },
    });
    const { external, id } = stack.resource("note") ?? {};
    assert.deepEqual([external, id], [true, "theirs"]);
    // From somebody else's to the stack's own, and back.
    const own = await stack.run(up, { note: { text: "ours" } });
    assert.deepEqual(own.changes, ["create-replacement note", "replace note", "discard-replaced note"]);
    assert.deepEqual(stack.contents, { note: "ours", theirs: "a text" });
    const back = await stack.run(up, { note: { text: "", get: "theirs" } });
    assert.deepEqual(back.changes, ["read-replacement note", "replace note", "delete-replaced note"]);
    const gone = await stack.run(up, { note: { text: "", get: "nobody's" } });
    assert.deepEqual(gone.errors, ["resource 'nobody's' does not exist"]);
    const { counts } = await stack.run(destroy);
    assert.deepEqual(counts, { delete: 1, discard: 1 });
    assert.deepEqual(stack.contents, { theirs: "a text" });
  });

  it("additionalSecretOutputs: are secret in the state and wherever they go on to", async () => {
    const { outputs } = await stack.run(up, {
      one: { text: "a secret word", options: { additionalSecretOutputs: ["text"] } },
    });
    assert.equal(isSecret((outputs["texts"] as Record<string, never>)["one"]), true);
    assert.equal(JSON.stringify(stack.resource("one")?.outputs).includes("secret word"), false);
    assert.deepEqual(stack.resource("one")?.additionalSecretOutputs, ["text"]);
  });

  it("deletedWith and replaceWith: go and come with another resource", async () => {
    const wishes = (shelf: string) => ({
      one: { text: "first", shelf },
      two: { text: "second", deletedWith: "one" },
      three: { text: "third", replaceWith: ["one"], options: { deleteBeforeReplace: true } },
    });
    await stack.run(up, wishes("left"));
    assert.equal(stack.resource("two")?.deletedWith, stack.resource("one")?.urn);
    // One's provider would have deleted it along; here nobody does, so the test does.
    rmSync(`${stack.notes}/two`);
    const { counts, errors } = await stack.run(up, wishes("right"));
    assert.deepEqual([errors, counts], [[], { same: 1, replace: 3 }]);
    await stack.run(destroy);
    assert.deepEqual(stack.contents, { two: "second" });
  });

  it("protect: stops a deletion, says so of every resource, and lets the others go", async () => {
    const options = { protect: true };
    await stack.run(up, {
      one: { text: "first", options },
      two: { text: "second", options },
      three: { text: "third" },
    });
    const shown = await stack.run(previewDestroy);
    assert.equal(shown.errors.length, 2);
    const { errors, steps, succeeded } = await stack.run(destroy);
    assert.equal(succeeded, false);
    assert.match(errors.join("\n"), /::one" cannot be deleted\s+because it is protected/);
    assert.match(errors.join("\n"), /::two" cannot be deleted\s+because it is protected/);
    assert.deepEqual(steps, ["delete three"]);
    assert.deepEqual(stack.contents, { one: "first", two: "second" });
    assert.equal(stack.resource("notes-test")?.type, "pulumi:pulumi:Stack");
  });

  it("provider: a changed configuration replaces what the new one can't manage", async () => {
    const wishes = { one: { text: "first", provider: "library", options: { deleteBeforeReplace: true } } };
    const providers = (library: string) => ({ providers: { library: { library } } });
    await stack.run(up, wishes, providers("city"));
    const reference = stack.resource("one")?.provider;
    const { counts, succeeded } = await stack.run(up, wishes, providers("university"));
    assert.equal(succeeded, true);
    assert.deepEqual(counts, { same: 1, replace: 2 });
    assert.notEqual(stack.resource("one")?.provider, reference);
    assert.deepEqual(stack.contents, { one: "first" });
    assert.equal(stack.state.filter(({ type }) => type === "pulumi:providers:notes").length, 1);
  });

  it("a deletion that fails: stays on record and is tried again", async () => {
    await stack.run(up, { one: { text: "stuck" }, two: { text: "on one's", shelfOf: "one" } });
    stack.write("glue", "");
    const failed = await stack.run(up);
    assert.deepEqual(failed.errors, ["it is stuck"]);
    assert.deepEqual(failed.changes, ["delete two"]);
    assert.equal(stack.resource("one")?.id, "one");
    assert.equal(stack.deployment.pending_operations, undefined);
    rmSync(`${stack.notes}/glue`);
    assert.deepEqual((await stack.run(up)).changes, ["delete one"]);
  });
});
