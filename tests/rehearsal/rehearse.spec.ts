import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Report } from "../../components/doctor/reportSchema";
import type { SavedState } from "../../rehearsal/aws/contents";
import type { Kept } from "../../rehearsal/keptAws";
import { rehearseOne } from "../../rehearsal/oneOperation";
import { type Chapter, tellStory } from "../../rehearsal/story";

const root = join(__dirname, "..", "..");

/** What the doctor says of what is kept, in a process of its own, whose standard output can be read. @returns its exit code and verdict. */
async function asked(kept: Kept): Promise<[unknown, string | undefined]> {
  const hook = join(root, "register-swc.js");
  const script = `require("./rehearsal/doctor.ts").rehearseDoctor(JSON.parse(process.argv[1]), ["--json"]).then((code) => { process.exitCode = code; })`;
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ["--require", hook, "-e", script, JSON.stringify(kept)],
      { cwd: root },
      (error, stdout) => {
        resolve([error?.code ?? 0, (JSON.parse(stdout) as Partial<Report>).status]);
      },
    );
  });
}

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

  it("keeps the deployment and what AWS holds, and destroys nothing of them while something is protected", async () => {
    const home = mkdtempSync(join(tmpdir(), "rehearse-one-"));
    try {
      const stackFile = join(home, "Pulumi.protected.yaml");
      const dev = readFileSync(join(root, "Pulumi.dev.yaml"), "utf8");
      writeFileSync(stackFile, dev.replace("protect: false", "protect: true"));
      const kept = join(home, "kept");
      const stack = { stack: "protected", stackFile, organization: undefined, home: kept };
      const lines: string[] = [];
      const print = (line: string) => lines.push(line);
      assert.equal(await rehearseOne("up", stack, print), true, lines.join("\n"));
      const aws = readFileSync(join(kept, "aws.json"), "utf8");
      const deployment = readFileSync(join(kept, "deployment.json"), "utf8");
      const { state } = JSON.parse(aws) as { state: SavedState };
      assert.deepEqual(
        [state.permissionSets.length, state.accountAssignments.length, state.applications.length],
        [2, 4, 1],
      );
      assert.deepEqual(
        await asked({ stack: "dev", organization: undefined, home: kept }),
        [0, "ready"],
        "the doctor finds what it needs there",
      );
      assert.equal(readFileSync(join(kept, "aws.json"), "utf8"), aws, "and leaves it as it is");
      assert.equal(await rehearseOne("destroy", stack, print), false);
      assert.match(
        lines.join("\n"),
        /sessions-switch: Preview failed: resource .* cannot be deleted\s+because it is protected/,
      );
      assert.equal(readFileSync(join(kept, "aws.json"), "utf8"), aws);
      assert.equal(readFileSync(join(kept, "deployment.json"), "utf8"), deployment);
      const other = join(root, "rehearsal", "scenarios", "account-instance", "organization.yaml");
      await assert.rejects(rehearseOne("preview", { ...stack, organization: other }, print), /is under way in/);
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
      /found "everything"; allowed: preview, up, refresh, destroy, doctor, one of them\n\nnpm run rehearse /,
    );
  });
});
