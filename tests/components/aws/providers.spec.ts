import * as pulumi from "@pulumi/pulumi";
import assert from "node:assert/strict";
import { registerProviders } from "../../../components/aws/providers";
import { recordResources } from "../recordedResources";

describe("registerProviders", () => {
  it("gives both providers the Region and the profile of the stack", async () => {
    const recorded = await recordResources();
    const providers = await registerProviders({ region: "eu-west-1", profile: "management" });
    assert.deepEqual(Object.keys(providers), ["aws", "aws-native"]);
    const stated = recorded
      .map(({ type, inputs: { region, profile } }) => ({ type, region, profile }))
      .sort((a, b) => a.type.localeCompare(b.type));
    assert.deepEqual(stated, [
      { type: "pulumi:providers:aws", region: "eu-west-1", profile: "management" },
      { type: "pulumi:providers:aws-native", region: "eu-west-1", profile: "management" },
    ]);
  });

  it("waits until the engine has both", async () => {
    const held: (() => void)[] = [];
    await pulumi.runtime.setMocks({
      newResource: ({ name, inputs }: pulumi.runtime.MockResourceArgs) =>
        new Promise((resolve) => held.push(() => resolve({ id: name, state: inputs as Record<string, unknown> }))),
      call: () => ({}),
    });
    let isDone = false;
    const registration = registerProviders({ region: "eu-west-1" }).then(() => (isDone = true));
    while (held.length < 2) {
      await new Promise(setImmediate);
    }
    held[0]?.();
    await new Promise(setImmediate);
    assert.equal(isDone, false);
    held[1]?.();
    await registration;
  });
});
