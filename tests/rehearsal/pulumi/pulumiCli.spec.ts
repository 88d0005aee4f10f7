import assert from "node:assert/strict";
import { execFile, execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import type { LocalAws } from "../../../rehearsal/aws/server";
import { root } from "../../../rehearsal/environment";
import { onPulumi } from "../../../rehearsal/openStack";
import { pluginsOf, withStandIns } from "../../../rehearsal/pulumi/pulumiCli";
import { exitCodeOf, standardErrorOf } from "../../../rehearsal/pulumi/pulumiStack";
import { linkProgram } from "../../../rehearsal/pulumi/stackFolder";

describe("a real Pulumi", () => {
  let folder: string;
  beforeEach(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), "pulumi-cli-")));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  for (const [command, main] of Object.entries({
    "npm run rehearse -- --engine pulumi": ["rehearsal/main.ts", "--engine", "pulumi"],
    "npm run parity": ["rehearsal/parity/main.ts"],
  })) {
    it(`without one on PATH, ${command} fails and says how to get one`, async () => {
      const [script = "", ...rest] = main;
      const args = ["--require", join(root, "register-swc.js"), join(root, script), ...rest];
      const [code, stdout, stderr] = await new Promise<[unknown, string, string]>((resolve) => {
        execFile(process.execPath, args, { env: { ...process.env, PATH: "" } }, (error, ...printed) => {
          resolve([error?.code, ...printed]);
        });
      });
      assert.equal(code, command === "npm run parity" ? 2 : 1);
      assert.equal(stdout, "");
      assert.match(
        stderr,
        /^error: there is no pulumi on PATH\. Install the Pulumi CLI \(https:\/\/www\.pulumi\.com\/docs\/install\/\), then run this again/,
      );
    });
  }

  it("is asked for the plugins that it has: resource plugins that are installed, by version, or lie on PATH", () => {
    const installed = [
      { name: "command", kind: "resource", version: "1.2.1" },
      { name: "aws", kind: "language", version: "1.0.0" },
      { name: "random", kind: "resource", version: "4.0.0" },
    ];
    const isOnPath = (file: string) => file === "pulumi-resource-aws-native";
    assert.deepEqual(pluginsOf(["aws", "aws-native", "command"], installed, isOnPath), {
      "aws-native": "",
      command: "1.2.1",
    });
  });

  it("finds stand-ins last on PATH, as programs that start where they are to, whatever their paths hold", () => {
    const cwd = join(folder, "it's here");
    mkdirSync(cwd);
    const script = "console.log(JSON.stringify([process.cwd(), ...process.argv.slice(1)]))";
    const standIn = { command: process.execPath, args: ["-e", script, "--", "it's"], cwd };
    const bin = join(folder, "bin");
    const path = withStandIns(bin, { aws: standIn }).split(delimiter);
    assert.deepEqual([path[0], path.at(-1)], [dirname(process.execPath), bin]);
    const printed = execFileSync(join(bin, "pulumi-resource-aws"), ["address"], { encoding: "utf8" });
    assert.deepEqual(JSON.parse(printed), [cwd, "it's", "address"]);
  });

  it("runs the program in a folder of links to it, without the configuration of its stacks", () => {
    const [program, modules, work] = ["program", "modules", "work"].map((name) => join(folder, name)) as [
      string,
      string,
      string,
    ];
    [program, modules, work].forEach((each) => mkdirSync(each));
    for (const file of ["Pulumi.yaml", "Pulumi.dev.yaml", "index.ts"]) {
      writeFileSync(join(program, file), file);
    }
    mkdirSync(join(program, ".git"));
    writeFileSync(join(modules, "module"), "a module");
    linkProgram(program, modules, work);
    linkProgram(program, modules, work); // once more, for a stack that was there already
    assert.deepEqual(readdirSync(work).sort(), ["Pulumi.yaml", "index.ts", "node_modules"]);
    assert.equal(readFileSync(join(work, "node_modules", "module"), "utf8"), "a module");
    writeFileSync(join(program, "index.ts"), "changed");
    assert.equal(readFileSync(join(work, "index.ts"), "utf8"), "changed");
  });

  it("is not opened with what it can't be given: an interruption, or a word before it saves", () => {
    const open = onPulumi({ version: "v3.260.0", plugins: {} });
    const stack = { stack: "dev", stateFile: join(folder, "deployment.json") };
    for (const own of [{ interrupt: new AbortController().signal }, { beforeSave: () => undefined }]) {
      const [asked = ""] = Object.keys(own);
      assert.throws(() => open({} as LocalAws, stack, () => undefined, own), {
        message: `${asked} is for this project's engine alone; a real Pulumi knows nothing of it`,
      });
    }
  });

  it("has its exit code read from what the Automation API says; any other error is passed on", () => {
    const failed = new Error("code: -2\n stdout: \n stderr: Command failed with exit code 255: pulumi up --yes\n");
    assert.equal(exitCodeOf(failed), 255);
    const mistake = new Error("code: -2\n stdout: \n stderr: spawn pulumi ENOENT\n");
    assert.throws(() => exitCodeOf(mistake), mistake);
  });

  it("has what it refuses before its engine begins told, which no event does", () => {
    const failed = new Error(
      "code: -2\n stdout: \n stderr: error: decrypting secrets\nincorrect passphrase\n\n err?: Error: Command failed with exit code 255: pulumi preview\n",
    );
    assert.equal(standardErrorOf(failed), "error: decrypting secrets\nincorrect passphrase");
    assert.equal(standardErrorOf(new Error("spawn pulumi ENOENT")), "");
  });
});
