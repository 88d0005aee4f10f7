import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const root = join(__dirname, "../..");

function schema(...args: string[]): Promise<{ code: number; stderr: string }> {
  const command = ["--require", "./register-swc.js", "tools/doctorSchema.ts", ...args];
  return new Promise((resolve) => {
    execFile(process.execPath, command, { cwd: root }, (error, _stdout, stderr) =>
      resolve({ code: error === null ? 0 : Number(error.code), stderr }),
    );
  });
}

describe("tools/doctorSchema", () => {
  const folder = mkdtempSync(join(tmpdir(), "doctor-schema-"));
  after(() => rmSync(folder, { recursive: true }));

  it("writes what is published", async () => {
    const file = join(folder, "schema.json");
    assert.deepEqual(await schema("--file", file), { code: 0, stderr: "" });
    const published = readFileSync(join(root, "docs/doctor.schema.json"), "utf8");
    assert.equal(readFileSync(file, "utf8"), published);
    const { $schema, $id } = JSON.parse(published) as Record<string, unknown>;
    assert.deepEqual(
      [$schema, $id],
      ["https://json-schema.org/draft/2020-12/schema", "urn:identity-aware-sessions:doctor:1"],
    );
  });

  it("fails the check of a file that is not current, and says how to write it", async () => {
    const file = join(folder, "old.json");
    writeFileSync(file, "{}\n");
    const { code, stderr } = await schema("--check", "--file", file);
    assert.equal(code, 1);
    assert.match(
      stderr,
      /is not current\. It is written .* by\nnode --require \.\/register-swc\.js tools\/doctorSchema\.ts\n$/,
    );
  });
});
