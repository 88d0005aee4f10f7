import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Deployment } from "../../../rehearsal/engine/deployment";
import { importedState } from "../../../rehearsal/parity/importedState";
import { NotesWorld } from "../../../rehearsal/parity/notesWorld";
import type { OpenPulumiEngine, PulumiEngine } from "../../../rehearsal/parity/pulumiEngine";
import type { Rehearsed } from "../../../rehearsal/stackOperations";

describe("a state that Pulumi imports", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "imported-"));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  const deployment: Deployment = {
    version: 3,
    deployment: { manifest: { time: "", magic: "", version: "" }, resources: [] },
  };

  /** What is found by a Pulumi whose preview comes to this. */
  async function found(previewed: Pick<Rehearsed, "counts" | "succeeded">): Promise<string[]> {
    const imported: unknown[] = [];
    const open: OpenPulumiEngine = (_world, _folder, stackFile) =>
      ({
        import: (state: Deployment) => {
          imported.push(state, readFileSync(stackFile, "utf8"));
          return Promise.resolve();
        },
        operations: { preview: () => Promise.resolve({ ...previewed, events: [], outputs: {}, exitCode: 0 }) },
      }) as unknown as PulumiEngine;
    const deployed = { deployment, config: { "notes:notes": {} }, world: (folder: string) => NotesWorld.start(folder) };
    const differences = await importedState(deployed, mkdtempSync(join(folder, "one-")), open);
    assert.deepEqual(imported, [deployment, '"config":\n  "notes:notes": {}\n']);
    return differences.map(({ at, line, only, reason }) => `${at}, only ${only}: ${line} (${String(reason)})`);
  }

  it("differs in whatever a preview would do, which nothing explains", async () => {
    assert.deepEqual(await found({ succeeded: true, counts: { same: 3 } }), []);
    assert.deepEqual(await found({ succeeded: true, counts: { same: 1, update: 2, create: 1 } }), [
      "preview of the imported state, only Pulumi: 2 update (undefined)",
      "preview of the imported state, only Pulumi: 1 create (undefined)",
    ]);
  });

  it("differs where a preview fails", async () => {
    assert.deepEqual(await found({ succeeded: false, counts: {} }), [
      "preview of the imported state, only Pulumi: failed (undefined)",
    ]);
  });

  it("is none where no update went well", async () => {
    assert.deepEqual(await importedState(undefined, folder, () => assert.fail("opened")), []);
  });
});
