import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadProject } from "../../../rehearsal/engine/project";

describe("loading a project", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "project-"));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  const runtime = "runtime: { name: nodejs, options: { typescript: false, nodeargs: --require ./hook.js } }";
  const write = (project: string, stack: string) => {
    writeFileSync(join(folder, "Pulumi.yaml"), `name: p\n${runtime}\n${project}`);
    writeFileSync(join(folder, "Pulumi.dev.yaml"), stack);
  };

  it("gives every key its namespace, every default its place and structured values as JSON with sorted keys", () => {
    write(
      "config: { a: { default: x }, b: { type: object, default: {} }, c: { type: boolean } }",
      "config: { p:b: { list: [1], a: { z: 1, y: 2 } }, c: true, aws:region: us-east-1 }",
    );
    const { config, nodeArguments } = loadProject(folder, "dev");
    assert.deepEqual(config, {
      "p:a": "x",
      "p:b": '{"a":{"y":2,"z":1},"list":[1]}',
      "p:c": "true",
      "aws:region": "us-east-1",
    });
    assert.deepEqual(nodeArguments, ["--require", "./hook.js"]);
  });

  it("takes what looks like a date for a time, as Pulumi does, unless it stands in quotes", () => {
    write("config: { a: {}, b: {}, c: {} }", `config: { a: 2012-10-17, b: "2012-10-17", c: { Version: 2012-10-17 } }`);
    assert.deepEqual(loadProject(folder, "dev").config, {
      "p:a": "2012-10-17 00:00:00 +0000 UTC",
      "p:b": "2012-10-17",
      "p:c": '{"Version":"2012-10-17 00:00:00 +0000 UTC"}',
    });
  });

  it("takes nothing for an empty text, as Pulumi does, and within a value for null", () => {
    write("config: { a: {}, b: {} }", "config: { a: , b: [~, 2012-10-17T01:02:03.500+02:00] }");
    assert.deepEqual(loadProject(folder, "dev").config, {
      "p:a": "",
      "p:b": '[null,"2012-10-16 23:02:03.5 +0000 UTC"]',
    });
  });

  it("asks for a key without default that the stack leaves out", () => {
    write("config: { a: { type: string }, b: {} }", "config: {}");
    assert.throws(() => loadProject(folder, "dev"), /missing configuration: p:a, p:b$/);
  });

  it("refuses a value of another type than declared", () => {
    write("config: { a: { type: object } }", "config: { a: [1] }");
    assert.throws(() => loadProject(folder, "dev"), /p:a must be of type object, but is \[1\]$/);
  });

  it("refuses another namespace's key without a value, as Pulumi does", () => {
    write("config: { aws:region: { description: where } }", "config: {}");
    assert.throws(
      () => loadProject(folder, "dev"),
      /aws:region belongs to another namespace and must provide a `value`/,
    );
  });

  it("refuses an encrypted value, which it cannot open", () => {
    write("config: { a: {} }", "config: { a: { secure: v1:abc } }");
    assert.throws(
      () => loadProject(folder, "dev"),
      /a is encrypted, and the rehearsal does not open encrypted configuration/,
    );
  });

  it("refuses what means something to Pulumi and nothing to this engine, instead of passing it over", () => {
    write("config: {}", "environment: [production-secrets]");
    assert.throws(
      () => loadProject(folder, "dev"),
      /this engine does not support environments of Pulumi ESC\n.*at environment/,
    );
    for (const key of [
      "options: { refresh: always }",
      "plugins: { providers: [] }",
      "packages: {}",
      "stackConfigDir: stacks",
    ]) {
      write(key, "config: {}");
      assert.throws(() => loadProject(folder, "dev"), /this engine does not support/, key);
    }
  });

  it("refuses a stack without a file", () => {
    write("", "config: {}");
    assert.throws(() => loadProject(folder, "prod"), /there is no stack "prod"/);
  });

  it("refuses a runtime under which Pulumi would check types while the program runs", () => {
    writeFileSync(join(folder, "Pulumi.yaml"), "name: p\nruntime: nodejs\n");
    writeFileSync(join(folder, "Pulumi.dev.yaml"), "config: {}");
    assert.throws(() => loadProject(folder, "dev"), /at runtime/);
    writeFileSync(join(folder, "Pulumi.yaml"), "name: p\nruntime: { name: nodejs, options: { typescript: true } }\n");
    assert.throws(() => loadProject(folder, "dev"), /at runtime.options.typescript/);
  });
});
