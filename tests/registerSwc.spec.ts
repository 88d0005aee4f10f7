import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const root = join(__dirname, "..");

describe("register-swc.js", () => {
  let project: string;

  /** A project with nothing of this one's but the hook. */
  beforeEach(() => {
    project = mkdtempSync(join(tmpdir(), "hook-"));
    for (const file of ["register-swc.js", "start-quickly.js"]) {
      copyFileSync(join(root, file), join(project, file));
    }
    const packages = join(project, "node_modules");
    mkdirSync(packages);
    for (const name of ["@swc", "@pulumi", "pirates", "source-map-support"]) {
      symlinkSync(join(root, "node_modules", name), join(packages, name));
    }
  });
  afterEach(() => {
    rmSync(project, { recursive: true });
  });

  const kept = () => join(project, "node_modules", ".cache", "swc");

  function write(text: string): void {
    writeFileSync(join(project, "program.ts"), text);
  }

  /** Runs JavaScript after the hook. @returns what it printed. */
  function run(code: string, environment: NodeJS.ProcessEnv = {}): Promise<{ stdout: string; stderr: string }> {
    const env = { ...process.env, ...environment };
    return promisify(execFile)(process.execPath, ["--require", "./register-swc.js", "--eval", code], {
      cwd: project,
      env,
    });
  }

  const program = 'require("./program.ts")';

  it("compiles a file once, and again when its text has changed", async () => {
    write('console.log("first" satisfies string);');
    assert.equal((await run(program)).stdout, "first\n");
    const [file = "", ...others] = readdirSync(kept());
    assert.deepEqual(others, []);
    writeFileSync(join(kept(), file), 'console.log("kept");');
    assert.equal((await run(program)).stdout, "kept\n");
    write('console.log("second" satisfies string);');
    assert.equal((await run(program)).stdout, "second\n");
    assert.equal(readdirSync(kept()).length, 2);
  });

  it("compiles where nothing can be written", async () => {
    writeFileSync(join(project, "node_modules", ".cache"), "no folder");
    write('console.log("first" satisfies string);');
    assert.equal((await run(program)).stdout, "first\n");
  });

  it("has stack traces name lines of TypeScript, in Pulumi's processes, too", async () => {
    write('interface Left {\n  out: string;\n}\n\nexport const { stack } = new Error("here");\n');
    const pulumis = 'require("source-map-support/register");';
    const { stdout } = await run(`${pulumis} console.log(require("./program.ts").stack)`);
    assert.match(stdout, /^Error: here\n\s+at .*program\.ts:5:\d+\)?\n/);
  });

  it("has V8 read back what it has compiled, whether or not Pulumi has serialised code meanwhile", async () => {
    write('console.log("first" satisfies string);');
    const serialising = `${program}; require("node:v8").setFlagsFromString("--allow-natives-syntax")`;
    const environment = { NODE_COMPILE_CACHE: join(project, "compiled"), NODE_DEBUG_NATIVE: "COMPILE_CACHE" };
    for (const code of [serialising, program, serialising]) {
      await run(code, environment);
    }
    const { stderr } = await run(program, environment);
    assert.match(stderr, /program\.ts was accepted/);
    assert.doesNotMatch(stderr, /rejected/);
  });

  it("spares @pulumi/pulumi npm's installer until it is needed", async () => {
    const { stdout } = await run(`
      const { runtime } = require("@pulumi/pulumi");
      ${loaded}
      const before = loaded(/arborist.lib.node\\.js$|normalize-package-data/);
      require("node:fs").writeFileSync("package.json", JSON.stringify({ dependencies: { pirates: "*" } }));
      runtime.computeCodePaths().then((paths) => console.log(before, loaded(/arborist.lib.node\\.js$/), [...paths.keys()].join()));`);
    assert.match(stdout, /^false true .*pirates/);
  });

  it("spares it the compiler until a function is serialised", async () => {
    const { stdout } = await run(`
      const { runtime } = require("@pulumi/pulumi");
      ${loaded}
      const before = loaded(/typescript.lib.typescript\\.js$/);
      runtime.serializeFunction(() => "served").then(({ text }) =>
        console.log(before, loaded(/typescript.lib.typescript\\.js$/), /"served"/.test(text)));`);
    assert.equal(stdout, "false true true\n");
  });

  it("spares it the Automation API until it is used", async () => {
    const { stdout } = await run(`
      const { automation } = require("@pulumi/pulumi");
      ${loaded}
      const before = loaded(/automation.localWorkspace\\.js$/);
      console.log(before, typeof automation.LocalWorkspace.create, loaded(/automation.localWorkspace\\.js$/));`);
    assert.equal(stdout, "false function true\n");
  });

  it("spares it V8's inspector until a function is serialised, which then is as ever", async () => {
    const { stdout } = await run(`
      const inspector = require("node:inspector");
      let opened = 0;
      inspector.Session = class extends inspector.Session {
        connect() {
          opened++;
          super.connect();
        }
      };
      const hooks = require("@pulumi/pulumi/runtime/closure/v8Hooks");
      const { runtime } = require("@pulumi/pulumi");
      const captured = "served";
      hooks.isInitializedAsync().then(async () => {
        const before = opened;
        const { text } = await runtime.serializeFunction(() => captured);
        console.log(before, opened, /"served"/.test(text));
      });`);
    assert.equal(stdout, "0 1 true\n");
  });

  it("spares it OpenTelemetry until it is told to trace, which then arrives", async () => {
    const { stdout } = await run(`
      const { start, stop, newSpan } = require("@pulumi/pulumi/cmd/run/tracing");
      ${loaded}
      const before = loaded(/sdk-trace-node/);
      const zipkin = require("node:http").createServer((request, response) => {
        request.setEncoding("utf8").on("data", (spans) => console.log(before, loaded(/sdk-trace-node/), JSON.parse(spans)[0].name));
        request.on("end", () => response.writeHead(202, { connection: "close" }).end());
        zipkin.close();
      });
      zipkin.listen(0, "127.0.0.1", () => {
        start("http://127.0.0.1:" + zipkin.address().port);
        newSpan("language-runtime.run").end();
      });`);
    assert.equal(stdout, "false true language-runtime.run\n");
  });

  it("spares zod every language but one until it is asked for another", async () => {
    const { stdout } = await run(`
      const { z } = require("node:module").createRequire(require.resolve("@pulumi/pulumi"))("zod");
      ${loaded}
      const before = loaded(/zod.v4.locales.de/);
      z.config(z.locales.de());
      console.log(before, loaded(/zod.v4.locales.de/), z.string().safeParse(5).error.issues[0].message);`);
    assert.equal(stdout, "false true Ungültige Eingabe: erwartet string, erhalten Zahl\n");
  });

  it("leaves what it loads later as it is to others that use it", async () => {
    const { stdout } = await run(`
      const ofPulumi = require("node:module").createRequire(require.resolve("@pulumi/pulumi"));
      const yaml = ofPulumi("js-yaml");
      const names = Object.keys(yaml);
      console.log(names.includes("load"), "dump" in yaml, yaml.default === ofPulumi("js-yaml"), { ...yaml }.load("[1]")[0]);
      const execa = ofPulumi("execa");
      console.log(execa.sync("node", ["--print", "2"]).stdout);
      execa("node", ["--print", "3"]).then(({ stdout }) => console.log(stdout));`);
    assert.equal(stdout, "true true true 1\n2\n3\n");
  });

  it("does without a compiler that is not installed, as Pulumi does", async () => {
    const code = `
      const { Module } = require("node:module");
      const resolve = Module._resolveFilename;
      Module._resolveFilename = function (name, ...rest) {
        if (name === "typescript") {
          throw new Error("not installed");
        }
        return resolve.call(this, name, ...rest);
      };
      require("./start-quickly.js");
      require("@pulumi/pulumi").runtime.serializeFunction(() => "served").then(({ text }) => console.log(/"served"/.test(text)));`;
    const { stdout } = await promisify(execFile)(process.execPath, ["--eval", code], { cwd: project });
    assert.equal(stdout, "true\n");
  });
});

/** For code that is run: whether a module of this path is loaded. */
const loaded = `const loaded = (path) =>
  Object.entries(require.cache).some(([file, { exports, children }]) => path.test(file) && children !== undefined);`;
