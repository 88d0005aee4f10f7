import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { connect } from "node:net";
import { createInterface } from "node:readline";
import { setTimeout as wait } from "node:timers/promises";
import { ProviderHandshakeRequest, type ProviderHandshakeResponse } from "@pulumi/pulumi/proto/provider_pb";
import { PluginAttach } from "@pulumi/pulumi/proto/plugin_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { FakeEngine } from "./fakeEngine";
import { call, pluginCommand, PluginProcess } from "./pluginProcess";
import { TestEngine } from "./testEngine";

const urn = "urn:pulumi:dev::project::command:local:Command::verification";
const entries = ["aws.ts", "awsNative.ts", "command.ts"];

describe("A stand-in plugin's life", () => {
  for (const entry of entries) {
    it(`of ${entry} ends, cleanly, when the engine cancels`, async () => {
      const plugin = await PluginProcess.start(entry, { stdin: "ignore" });
      await call<Empty>((done) => plugin.client.cancel(new Empty(), done));
      assert.deepEqual(await plugin.ended(), { code: 0, signal: null });
    });
  }

  it("ends when the engine interrupts it", async () => {
    const plugin = await PluginProcess.start("command.ts", { stdin: "ignore" });
    plugin.child.kill("SIGINT");
    assert.deepEqual(await plugin.ended(), { code: 0, signal: null });
  });

  it("ends when the engine closes its standard input", async () => {
    const plugin = await PluginProcess.start("command.ts", { stdin: "pipe" });
    plugin.child.stdin?.end();
    assert.deepEqual(await plugin.ended(), { code: 0, signal: null });
  });

  it("ends when the engine is gone without a word", async () => {
    const starter =
      `const { spawn } = require("node:child_process");` +
      `const plugin = spawn(process.execPath, ${JSON.stringify(pluginCommand("command.ts"))}, ` +
      `{ stdio: ["ignore", "inherit", "ignore"] });` +
      `process.stderr.write(plugin.pid + "\\n");`;
    const engine = spawn(process.execPath, ["-e", starter], { stdio: ["ignore", "pipe", "pipe"] });
    const [[port], [pid]] = (await Promise.all(
      [engine.stdout, engine.stderr].map((input) => once(createInterface({ input }), "line")),
    )) as [[string], [string]];
    assert.equal(await accepts(Number(port)), true);
    engine.kill("SIGKILL");
    const deadline = Date.now() + 10_000;
    while (await accepts(Number(port))) {
      if (Date.now() > deadline) {
        process.kill(Number(pid), "SIGKILL");
        assert.fail("the plugin went on without its engine");
      }
      await wait(50);
    }
  });

  it("answers what is under way before it ends", async () => {
    const engine = new TestEngine(await PluginProcess.start("command.ts", { stdin: "ignore" }), "command");
    const log = await FakeEngine.start();
    await call<Empty>((done) => engine.plugin.client.attach(new PluginAttach().setAddress(log.address), done));
    const running = assert.rejects(engine.create(urn, { create: "echo begun; exec sleep 60" }), {
      details: 'The operation was aborted: running "echo begun; exec sleep 60":\nbegun\n',
    });
    await log.received("begun");
    await call<Empty>((done) => engine.plugin.client.cancel(new Empty(), done));
    await running;
    assert.deepEqual(await engine.plugin.ended(), { code: 0, signal: null });
    log.close();
  });

  it("logs to the engine whose address comes with the handshake, past the flags the engine may pass", async () => {
    const log = await FakeEngine.start();
    const plugin = await PluginProcess.start("command.ts", { args: ["--logtostderr", "-v=9"] });
    const request = new ProviderHandshakeRequest().setEngineAddress(log.address);
    const features = await call<ProviderHandshakeResponse>((done) => plugin.client.handshake(request, done));
    assert.equal(features.getAcceptSecrets(), true);
    await new TestEngine(plugin, "command").create(urn, { create: "echo here" });
    await log.received("here");
    log.close();
    await plugin.stop();
  });
});

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}
