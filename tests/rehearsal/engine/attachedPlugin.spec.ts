import assert from "node:assert/strict";
import { attachedPlugin } from "../../../rehearsal/engine/attachedPlugin";
import { ProviderRegistry } from "../../../rehearsal/engine/providerRegistry";
import { CommandPlugin } from "../../../rehearsal/plugins/command";
import { EngineLog } from "../../../rehearsal/plugins/engineLog";
import { listen } from "../../../rehearsal/plugins/providerServer";

describe("PULUMI_DEBUG_PROVIDERS", () => {
  it("names plugins that run already by package and port, and no others", () => {
    const environment = { PULUMI_DEBUG_PROVIDERS: "aws:1234,command:1235" };
    assert.equal(attachedPlugin("command", environment)?.address, "127.0.0.1:1235");
    assert.equal(attachedPlugin("aws-native", environment), undefined);
    assert.equal(attachedPlugin("aws", {}), undefined);
  });

  it("is refused in another form, and says what is allowed", () => {
    for (const wrong of ["command", "command:0", "command:65536", "command:http"]) {
      assert.throws(() => attachedPlugin("aws", { PULUMI_DEBUG_PROVIDERS: `aws:1234,${wrong}` }), {
        message: `PULUMI_DEBUG_PROVIDERS has "${wrong}"; allowed are packages with ports, for example aws:1234,command:1235`,
      });
    }
  });

  it("has the engine speak to these instead of starting any, tell them where it is, and leave them running", async () => {
    const attached: string[] = [];
    const log = Object.assign(new EngineLog(), { connect: (address: string) => attached.push(address) });
    const { server, port } = await listen(new CommandPlugin(), log, new AbortController());
    const identity = { urn: "urn:pulumi:dev::p::pulumi:providers:command::default", type: "pulumi:providers:command" };
    try {
      for (const engine of ["127.0.0.1:1", "127.0.0.1:2"]) {
        const environment = { PULUMI_DEBUG_PROVIDERS: `command:${port}` };
        const registry = new ProviderRegistry({}, engine, environment, () => undefined);
        assert.deepEqual(await registry.check(identity, {}, {}), { inputs: {}, failures: [] });
        await registry.stop();
      }
      assert.deepEqual(attached, ["127.0.0.1:1", "127.0.0.1:2"]);
    } finally {
      server.forceShutdown();
    }
  });
});
