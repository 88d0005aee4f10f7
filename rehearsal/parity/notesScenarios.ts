import { NotesWorld } from "./notesWorld";
import type { Act, Config, Scenario } from "./scenario";

/** @param wishes is what the program in the folder `notes` is asked for. */
function notes(wishes: object, stack: object = {}): Config {
  return { "notes:notes": wishes, "notes:stack": stack };
}

const preview: Act<NotesWorld> = { operation: "preview" };
const up: Act<NotesWorld> = { operation: "up" };
const refresh: Act<NotesWorld> = { operation: "refresh" };
const previewDestroy: Act<NotesWorld> = { operation: "previewDestroy" };
const destroy: Act<NotesWorld> = { operation: "destroy" };
const want = (wishes: object, stack?: object): Act<NotesWorld> => ({ configure: notes(wishes, stack) });
const write = (note: string, text: string): Act<NotesWorld> => ({ somebody: (world) => world.write(note, text) });
const remove = (note: string): Act<NotesWorld> => ({ somebody: (world) => world.remove(note) });
const start = (folder: string) => NotesWorld.start(folder);

const first = { text: "first" };
const everyPoint = ["beforeCreate", "afterCreate", "beforeUpdate", "afterUpdate", "beforeDelete", "afterDelete"];
const inItsPlace = { options: { replaceOnChanges: ["text"], deleteBeforeReplace: true } };

/** What the project's own stack does not meet, or only by chance. */
export const notesScenarios: readonly Scenario<NotesWorld>[] = [
  {
    title: "notes: secrets, drift of what is on record and of what is gone, update and destroy",
    start,
    config: notes({
      one: { text: "a secret", options: { additionalSecretOutputs: ["text"] } },
      two: { text: "on one's", shelfOf: "one" },
      three: { text: "third" },
    }),
    acts: [
      up,
      write("three", "changed"),
      remove("two"),
      refresh,
      preview,
      up,
      want({ one: { text: "another", options: { additionalSecretOutputs: ["text"] } }, four: { text: "fourth" } }),
      preview,
      up,
      destroy,
    ],
  },
  {
    title: "notes: replacements, the old one first, by the provider's word and by the program's",
    start,
    config: notes({
      one: { text: "left", shelf: "left" },
      two: { text: "on one's", shelfOf: "one" },
      three: { text: "third", ...inItsPlace },
    }),
    acts: [
      up,
      want({
        one: { text: "right", shelf: "right" },
        two: { text: "on one's", shelfOf: "one" },
        three: { text: "another", ...inItsPlace },
      }),
      preview,
      up,
      want({ one: { text: "in vain", options: { replaceOnChanges: ["text"] } } }),
      up, // the new one cannot be beside the old one
      destroy,
    ],
  },
  {
    title: "notes: a replacement that fails half-way is gone on with, or forgotten",
    start,
    config: notes({ one: { ...first, ...inItsPlace } }),
    acts: [
      up,
      want({
        one: { text: "never", options: { ...inItsPlace.options, customTimeouts: { create: "50ms" } } },
      }),
      up,
      preview,
      want({ one: { text: "second", ...inItsPlace } }),
      up,
      want({
        one: { text: "never", options: { ...inItsPlace.options, customTimeouts: { create: "50ms" } } },
      }),
      up,
      want({}),
      up,
    ],
  },
  {
    title: "notes: replacements that come with another's, and by a trigger",
    start,
    config: notes({
      one: { text: "first", shelf: "left" },
      two: { text: "second", replaceWith: ["one"] },
      three: { text: "third", options: { replacementTrigger: "a", deleteBeforeReplace: true } },
    }),
    acts: [
      up,
      want({
        one: { text: "first", shelf: "right" },
        two: { text: "second", replaceWith: ["one"], options: { deleteBeforeReplace: true } },
        three: { text: "third", options: { replacementTrigger: "b", deleteBeforeReplace: true } },
      }),
      preview,
      up,
      preview,
      destroy,
    ],
  },
  {
    title: "notes: changes that are ignored",
    start,
    config: notes({ one: { text: "first", options: { ignoreChanges: ["text"] } }, two: first }),
    acts: [
      up,
      want({
        one: { text: "second", options: { ignoreChanges: ["text"] } },
        two: { text: "second", shelf: "right", options: { ignoreChanges: ["*"] } },
      }),
      preview,
      up,
      want({ one: { text: "third", options: { ignoreChanges: ["nothing.like[0].it"] } }, two: { text: "third" } }),
      preview,
      up,
      destroy,
    ],
  },
  {
    title: "notes: transforms of the stack, of a parent and of a note itself",
    start,
    config: notes(
      { one: { text: "first", signature: ", of one" }, two: { text: "second", parent: "one" } },
      { signature: ", of the stack" },
    ),
    acts: [up, preview, want({ one: first, two: { text: "second", parent: "one" } }), preview, up, destroy],
  },
  {
    title: "notes: hooks before and after all that happens to a note, and one that fails",
    start,
    config: notes({ one: { ...first, logs: everyPoint } }, { log: "log" }),
    acts: [
      preview,
      up,
      want({ one: { text: "second", logs: everyPoint } }, { log: "log" }),
      preview,
      up,
      want({}, { log: "log" }),
      up,
      want({ one: { ...first, logs: ["beforeCreate"] } }, { log: "log", failure: "not today" }),
      up,
      want({ one: { ...first, logs: ["afterCreate"] } }, { log: "log", failure: "not today" }),
      up,
      want({ one: first }),
      up,
      destroy,
    ],
  },
  {
    title: "notes: a provider whose configuration changes",
    start,
    config: notes({ one: { ...first, provider: "library" } }, { providers: { library: { library: "city" } } }),
    acts: [
      up,
      want({ one: { ...first, provider: "library" } }, { providers: { library: { library: "country" } } }),
      preview,
      up,
      want({ one: first }),
      preview,
      up,
      destroy,
    ],
  },
  {
    title: "notes: what is to be kept is forgotten and left alone, what goes with another is only forgotten",
    start,
    config: notes({
      one: { ...first, options: { retainOnDelete: true } },
      two: { text: "second" },
      three: { text: "third", deletedWith: "two" },
    }),
    acts: [up, want({ one: { ...first, options: { retainOnDelete: true } } }), preview, up, destroy],
  },
  {
    title: "notes: what is protected is neither deleted nor replaced",
    start,
    config: notes({ one: { text: "first", shelf: "left", options: { protect: true } } }),
    acts: [
      up,
      want({ one: { text: "first", shelf: "right", options: { protect: true } } }),
      preview,
      up,
      want({}),
      preview,
      up,
      previewDestroy,
      destroy,
      want({ one: { text: "first", shelf: "left" } }),
      up,
      want({}),
      up,
    ],
  },
  {
    title: "notes: a creation and an update that fail, then a deletion",
    start,
    config: notes({
      one: first,
      two: { text: "never", shelfOf: "one", options: { customTimeouts: { create: "50ms" } } },
    }),
    acts: [
      up,
      want({ one: first, two: { text: "stuck", shelfOf: "one" } }),
      up,
      want({ one: first, two: { text: "never", shelfOf: "one", options: { customTimeouts: { update: "50ms" } } } }),
      up,
      want({ one: first }),
      write("glue", ""),
      up,
      destroy,
      remove("glue"),
      up,
      destroy,
    ],
  },
  {
    title: "notes: an engine that is killed leaves pending operations, and the next update goes on",
    start,
    config: notes({
      one: first,
      two: { text: "waits for go", shelfOf: "one" },
      three: { text: "third", shelfOf: "two" },
    }),
    acts: [
      { stop: "kill", when: (world) => world.has("waiting") },
      preview,
      write("go", ""),
      up,
      refresh,
      want({ one: first, two: { text: "waits for more", shelfOf: "one" } }),
      remove("waiting"),
      { stop: "kill", when: (world) => world.has("waiting") },
      refresh,
      write("more", ""),
      up,
      destroy,
    ],
  },
  {
    title: "notes: Ctrl-C lets what is under way come to its end, and begins nothing more",
    start,
    config: notes({ one: { text: "waits for go" }, two: { text: "second", shelfOf: "one" } }),
    acts: [
      { stop: "interrupt", when: (world) => world.has("waiting"), then: (world) => world.write("go", "") },
      preview,
      up,
      destroy,
    ],
  },
  {
    title: "notes: new names, other parents, imports and what is only read",
    start,
    config: notes(
      {
        "binder-note": { ...first, parent: "binder" },
        plain: { text: "second" },
        on: { text: "third", shelfOf: "plain" },
      },
      { parents: { binder: [] }, providers: { library: { library: "city" } } },
    ),
    acts: [
      up,
      want(
        {
          "folder-note": { ...first, parent: "folder" },
          simple: { text: "second", options: { aliases: [{ name: "plain" }] } },
          on: { text: "third", shelfOf: "simple" },
        },
        {
          parents: { folder: [{ name: "binder" }] },
          providers: { lending: { library: "city", options: { aliases: [{ name: "library" }] } } },
        },
      ),
      preview,
      up,
      write("theirs", "a text"),
      want({ imported: { text: "a text", import: "theirs" }, missing: { text: "", import: "nobody's" } }),
      preview,
      want({ imported: { text: "a text", import: "theirs" }, read: { text: "", get: "on" } }),
      preview,
      up,
      want({ imported: { text: "changed", import: "theirs" } }),
      up,
    ],
  },
];
