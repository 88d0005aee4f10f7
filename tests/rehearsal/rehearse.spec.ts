import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { SavedState } from "../../rehearsal/aws/contents";
import type { Deployment } from "../../rehearsal/engine/deployment";
import { rehearseOne } from "../../rehearsal/oneOperation";
import { type Chapter, tellStory } from "../../rehearsal/story";

const root = join(__dirname, "..", "..");

describe("npm run rehearse", () => {
  it("ends the story, and does not succeed, at the first step that is not as expected", async () => {
    const played: string[] = [];
    const chapter = (title: string, play: Chapter["play"] = () => Promise.resolve()): Chapter => ({
      title,
      checked: "nothing.",
      play: (stage) => {
        played.push(title);
        return play(stage);
      },
    });
    const lines: string[] = [];
    const print = (line: string) => lines.push(line);
    assert.equal(await tellStory(print, [chapter("one"), chapter("two")]), true);
    const wrong = chapter("wrong", ({ aws }) => {
      assert.deepEqual(aws.contents.applications, ["something"]);
      return Promise.resolve();
    });
    assert.equal(await tellStory(print, [chapter("first"), wrong, chapter("never")]), false);
    assert.deepEqual(played, ["one", "two", "first", "wrong"]);
    assert.match(lines.join("\n"), /Step 2 did not go as expected:.*AssertionError/);
  });

  it("keeps the deployment and what AWS holds from one operation to the next", async () => {
    const home = mkdtempSync(join(tmpdir(), "rehearse-one-"));
    try {
      const dev = { stack: "dev", organization: undefined, home };
      const lines: string[] = [];
      const print = (line: string) => lines.push(line);
      assert.equal(await rehearseOne("up", dev, print), true, lines.join("\n"));
      const { state } = JSON.parse(readFileSync(join(home, "aws.json"), "utf8")) as { state: SavedState };
      assert.deepEqual(
        [state.permissionSets.length, state.accountAssignments.length, state.applications.length],
        [2, 4, 1],
      );
      assert.equal(await rehearseOne("destroy", dev, print), true, lines.join("\n"));
      const { deployment } = JSON.parse(readFileSync(join(home, "deployment.json"), "utf8")) as Deployment;
      assert.deepEqual(deployment.resources, []);
      const other = join(root, "rehearsal", "scenarios", "account-instance", "organization.yaml");
      await assert.rejects(rehearseOne("preview", { ...dev, organization: other }, print), /stack dev is under way in/);
    } finally {
      rmSync(home, { recursive: true });
    }
  });

  it("destroys nothing of a stack while something of it is protected", async () => {
    const home = mkdtempSync(join(tmpdir(), "rehearse-protected-"));
    try {
      const stackFile = join(home, "Pulumi.protected.yaml");
      const dev = readFileSync(join(root, "Pulumi.dev.yaml"), "utf8");
      writeFileSync(stackFile, dev.replace("protect: false", "protect: true"));
      const lines: string[] = [];
      const print = (line: string) => lines.push(line);
      const stack = { stack: "protected", stackFile, organization: undefined, home: join(home, "kept") };
      assert.equal(await rehearseOne("up", stack, print), true, lines.join("\n"));
      const before = readFileSync(join(home, "kept", "aws.json"), "utf8");
      assert.equal(await rehearseOne("destroy", stack, print), false);
      assert.match(lines.join("\n"), /sessions-switch: resource .* cannot be deleted because it is protected/);
      assert.equal(readFileSync(join(home, "kept", "aws.json"), "utf8"), before);
    } finally {
      rmSync(home, { recursive: true });
    }
  });

  it("tells its usage when asked for something else, and fails", async () => {
    const hook = join(root, "register-swc.js");
    const main = join(root, "rehearsal", "main.ts");
    const [code, stderr] = await new Promise<[unknown, string]>((resolve) => {
      execFile(process.execPath, ["--require", hook, main, "everything"], (error, _stdout, text) => {
        resolve([error?.code, text]);
      });
    });
    assert.equal(code, 2);
    assert.match(
      stderr,
      /found "everything"; allowed: preview, up, refresh, destroy, one of them\n\nnpm run rehearse /,
    );
  });
});
