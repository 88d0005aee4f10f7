import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { copyFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { referencePage } from "../../tools/referencePage";

describe("tools/configurationReference", () => {
  let folder = "";
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "reference-"));
  });
  afterEach(() => rm(folder, { recursive: true }));

  function run(...args: string[]): Promise<{ code: number; stderr: string }> {
    const command = ["--require", "./register-swc.js", "tools/configurationReference.ts", ...args];
    return new Promise((resolve) => {
      execFile(process.execPath, command, { cwd: join(__dirname, "../..") }, (error, _stdout, stderr) =>
        resolve({ code: error === null ? 0 : Number(error.code), stderr }),
      );
    });
  }

  it("finds docs/configuration.md current", async () => {
    assert.deepEqual(await run("--check"), { code: 0, stderr: "" });
  });

  it("writes the page as it lies in docs", async () => {
    const page = join(folder, "configuration.md");
    assert.deepEqual(await run("--file", page), { code: 0, stderr: "" });
    assert.equal(await readFile(page, "utf8"), await readFile(join(__dirname, "../../docs/configuration.md"), "utf8"));
  });

  it("fails on a page that is not current, says how to write it and leaves it alone", async () => {
    const page = join(folder, "configuration.md");
    await copyFile(join(__dirname, "../../docs/configuration.md"), page);
    const stale = (await readFile(page, "utf8")).replace("PT12H", "PT24H");
    await writeFile(page, stale);
    assert.deepEqual(await run("--check", "--file", page), {
      code: 1,
      stderr:
        `${page} is not current. It is written from the schema of the settings by\n` +
        "node --require ./register-swc.js tools/configurationReference.ts\n",
    });
    assert.equal(await readFile(page, "utf8"), stale);
  });

  it("describes a key by its type, default, limits and purpose", () => {
    const lines = referencePage().split("\n");
    for (const line of [
      "| `sessionDuration` | text | `PT1H` | an ISO 8601 duration from PT1H to PT12H | How long a session lasts. |",
      "| `customerManagedPolicies[].name` | text | required | 1 to 128 letters, digits and +=,.@-_ | The policy's name. |",
      "| `existing` | `true` or `false` | `false` |  | Whether the set is managed elsewhere, and this stack assigns it only. |",
      "- instance.enablePermissionSets only when safety.confirm holds enablePermissionSets: AWS cannot undo it",
    ]) {
      assert(lines.includes(line), line);
    }
  });
});
