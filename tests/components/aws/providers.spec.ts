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

  it("lets both act as the role that the stack names, each in its own form", async () => {
    const recorded = await recordResources();
    const assumeRole = { roleArn: "arn:aws:iam::111111111111:role/admin", externalId: "an-external-id" };
    await registerProviders({ region: "eu-west-1", assumeRole });
    const session = { ...assumeRole, sessionName: "identity-aware-sessions" };
    const stated = recorded.map(({ name, inputs }) => [
      name,
      parsed(inputs["assumeRole"]),
      parsed(inputs["assumeRoles"]),
    ]);
    assert.deepEqual(stated.sort(), [
      ["aws", undefined, [session]],
      ["aws-native", session, undefined],
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

/** A structured argument of a provider, which is JSON; a secret one says so beside its value. */
function parsed(argument: unknown): unknown {
  const { value = argument } = (typeof argument === "object" && argument !== null ? argument : {}) as {
    value?: unknown;
  };
  return typeof value === "string" ? JSON.parse(value) : value;
}
