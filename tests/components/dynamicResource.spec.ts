import * as pulumi from "@pulumi/pulumi";
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { DynamicResource } from "../../components/dynamicResource";
import type * as providers from "../../components/dynamicProviders";
import { AccountAssignments } from "../../components/grants/accountAssignments";
import { GrantsProvider } from "../../components/grants/grantsProvider";
import { Switch } from "../../components/identityAwareSessions/switch";
import { SwitchProvider } from "../../components/identityAwareSessions/switchProvider";
import { InstanceSettings } from "../../components/organizationInstance/instanceSettings";
import { InstanceSettingsProvider } from "../../components/organizationInstance/instanceSettingsProvider";

// What Pulumi's own process for dynamic providers loads the text with.
const requireFromString = createRequire(require.resolve("@pulumi/pulumi"))("require-from-string") as (text: string) => {
  handler: () => unknown;
};

describe("a dynamic resource", () => {
  const made: Record<string, Record<string, unknown>> = {};

  before(async () => {
    await pulumi.runtime.setMocks({
      newResource: ({ type, inputs }) => {
        made[type] = inputs as Record<string, unknown>;
        return { id: "id", state: inputs as object };
      },
      call: () => ({}),
    });
    const instanceArn = "arn:aws:sso:::instance/ssoins-1234567890abcdef";
    new Switch("switch", { instanceArn, onDestroy: "keep" });
    new InstanceSettings("settings", { instanceArn });
    new AccountAssignments("assignments", {
      instanceArn,
      permissionSetArn: "arn:aws:sso:::permissionSet/ssoins-1234567890abcdef/ps-1234567890abcdef",
      maps: { assignments: {}, accounts: {}, principals: {} },
    });
    class Another extends DynamicResource {}
    new Another("grants", "grants:StackRecord", "record", {});
    while (Object.keys(made).length < 4) {
      await new Promise(setImmediate);
    }
  });

  // States hold these lines: with other names in them, older stacks could be neither refreshed nor destroyed.
  const expected: readonly (readonly [type: string, name: keyof typeof providers, provider: unknown])[] = [
    ["identityAwareSessions:Switch", "identityAwareSessions", SwitchProvider],
    ["organizationInstance:InstanceSettings", "instanceSettings", InstanceSettingsProvider],
    ["grants:AccountAssignments", "grants", GrantsProvider],
    ["grants:StackRecord", "grants", GrantsProvider],
  ];
  for (const [type, name, provider] of expected) {
    it(`of type ${type} has the state say where its provider's code lies`, () => {
      const text = made[`pulumi-nodejs:dynamic/${type}`]?.["__provider"];
      assert.equal(
        text,
        `require("./register-swc.js");\nexports.handler = () => require("./components/dynamicProviders.ts").${name};\n`,
      );
      assert(requireFromString(text).handler() instanceof (provider as new () => unknown));
    });
  }

  it("shares its provider with all others of it, so that one scheduler and one guard serve them", () => {
    const provider = () =>
      requireFromString(made["pulumi-nodejs:dynamic/grants:StackRecord"]?.["__provider"] as string);
    assert.equal(provider().handler(), provider().handler());
  });
});
