import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { createInterface } from "node:readline/promises";

const root = join(__dirname, "../../..");

/** rehearsal/aws/main.ts as `npm run local-aws` starts it. */
function run(
  ...parameters: string[]
): ChildProcess & { stdout: NonNullable<ChildProcess["stdout"]>; stderr: NonNullable<ChildProcess["stderr"]> } {
  return spawn(process.execPath, ["--require", "./register-swc.js", "rehearsal/aws/main.ts", ...parameters], {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
  });
}

describe("npm run local-aws", () => {
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    it(`prints what points an SDK at it once it listens, and ends cleanly on ${signal}`, async () => {
      const child = run();
      const lines: string[] = [];
      for await (const line of createInterface(child.stdout)) {
        if (lines.push(line) === 4) break;
      }
      assert.match(String(lines[0]), /^AWS_ENDPOINT_URL=http:\/\/127\.0\.0\.1:\d+$/);
      assert.deepEqual(lines.slice(1), [
        "AWS_REGION=us-east-1",
        "AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE",
        "AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
      ]);
      assert.equal((await fetch(String(lines[0]).replace("AWS_ENDPOINT_URL=", ""), { method: "POST" })).status, 400);
      child.kill(signal);
      assert.deepEqual(await once(child, "exit"), [0, null]);
    });
  }

  async function failure(...parameters: string[]): Promise<[unknown, string]> {
    const child = run(...parameters);
    const [stderr, [code]] = await Promise.all([text(child.stderr), once(child, "exit") as Promise<[number]>]);
    return [code, stderr];
  }

  it("refuses flags that it does not understand with exit code 2", async () => {
    const [[flag, flagMessage], [port, portMessage], [highPort]] = await Promise.all([
      failure("--prot", "1"),
      failure("--port", "high"),
      failure("--port", "65536"),
    ]);
    assert.equal(flag, 2);
    assert.match(
      flagMessage,
      /^Unknown option '--prot'[^]*\nUsage: npm run local-aws -- \[--port PORT\] \[--organization FILE\] \[more\]\n {2}--status-polls N /,
    );
    assert.deepEqual([port, highPort], [2, 2]);
    assert.match(portMessage, /^--port is high; it must be a number from 0 \(any free port\) to 65535\.\nUsage: /);
  });

  it("says what to do when its port is taken", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    const [code, message] = await failure("--port", String(port));
    server.close();
    assert.equal(code, 1);
    assert.match(
      message,
      new RegExp(`^Port ${port} is taken\\. Choose another one, or leave --port out for any free one\\.\n`),
    );
  });

  it("refuses an organization that it cannot read with exit code 1", async () => {
    const [[code, message], [missing, missingMessage]] = await Promise.all([
      failure("--organization", "package.json"),
      failure("--organization", "nowhere.yaml"),
    ]);
    assert.equal(code, 1);
    assert.match(message, /^package\.json does not describe an organization:\n {2}id: /);
    assert.equal(missing, 1);
    assert.match(missingMessage, /nowhere\.yaml/);
  });
});
