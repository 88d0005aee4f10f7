import assert from "node:assert/strict";
import type { Call } from "../../rehearsal/aws/dispatch";
import { messages, useStacks, withInstance } from "./testStack";

const key = "arn:aws:kms:us-east-1:111111111111:key/mrk-";
const theirKey = `${key}11111111111111111111111111111111`;
const ourKey = `${key}22222222222222222222222222222222`;

/** What a stack says of its instance. */
const wanted = {
  name: "platform",
  kmsKeyArn: ourKey,
  enablePermissionSets: true,
  additionalRegions: ["eu-west-1", "eu-central-1"],
  accessControlAttributes: { CostCenter: ["${path:enterprise.costCenter}"] },
};

const ours = [{ Key: "CostCenter", Value: { Source: ["${path:enterprise.costCenter}"] } }];

describe("a stack that says how its instance is to be", () => {
  const open = useStacks();

  it("makes it so one change at a time, keeps it so, and takes back only what it added", async () => {
    // Nothing but the instance, for brevity.
    const config = { instance: wanted, permissionSets: {}, switch: { mode: "ignore" } };
    const confirmed = { ...config, safety: { confirm: ["enablePermissionSets"] } };
    const stack = await open({
      config: confirmed,
      organization: withInstance({
        permissionSetsEnabled: false,
        kmsKeyArn: theirKey,
        additionalRegions: ["eu-west-1"],
      }),
    });
    const [instance] = stack.aws.contents.instances;
    assert(instance);
    const settings = () => {
      const { name, kmsKeyArn, permissionSetsEnabled, additionalRegions, accessControlAttributes } = instance;
      return { name, kmsKeyArn, permissionSetsEnabled, additionalRegions, accessControlAttributes };
    };
    const made = {
      name: "platform",
      kmsKeyArn: ourKey,
      permissionSetsEnabled: true,
      additionalRegions: ["eu-west-1", "eu-central-1"],
      accessControlAttributes: ours,
    };

    // Somebody else's change of the key goes on until the stack has waited for its end once.
    instance.keyChange = { kmsKeyArn: theirKey, pollsLeft: 4 };
    await stack.changesOf("up");
    const useKey = { EncryptionConfiguration: { KeyType: "CUSTOMER_MANAGED_KEY", KmsKeyArn: ourKey } };
    assert.deepEqual(changesAndLooks(stack.aws.calls), [
      ...["look", "look", "look", "look"],
      ...[{ Name: "platform" }, "look"],
      ...[useKey, "look"],
      ...[{ PermissionSetsEnabled: true }, "look"],
      ...[{ RegionName: "eu-central-1" }, "look"],
      "attributes",
    ]);
    assert.deepEqual(settings(), made);
    assert.deepEqual(await stack.changesOf("preview"), []);

    stack.configure({ ...confirmed, instance: { ...wanted, additionalRegions: ["eu-west-1"] } });
    assert.match(await stack.refusal(), /instance\.additionalRegions\n {2}found: {3}no longer eu-central-1: /);
    stack.configure(confirmed);

    stack.configure({ ...confirmed, instance: { ...wanted, accessControlAttributes: undefined } });
    assert.match(
      await stack.refusal(),
      / identity-aware-sessions:instance\.accessControlAttributes\n {2}found: {3}nothing, and Pulumi protects /,
    );
    stack.configure({ ...confirmed, instance: {}, safety: { ...confirmed.safety, protect: false } });
    assert.match(await stack.refusal(), / identity-aware-sessions:instance\n {2}found: {3}no settings of it, /);
    stack.configure(confirmed);

    instance.name = "theirs";
    instance.additionalRegions = ["eu-west-1"];
    instance.accessControlAttributes = [];
    assert.deepEqual(await stack.changesOf("refresh"), [
      "aws-native:sso:InstanceAccessControlAttributeConfiguration update accessControlAttributes",
      "pulumi-nodejs:dynamic/organizationInstance:InstanceSettings update additionalRegions name",
    ]);

    const refused = await stack.destroy();
    assert.equal(refused.succeeded, false);
    assert.match(
      messages(refused.events, "error").join("\n"),
      /::instance-access-control-attributes" cannot be deleted\s+because it is protected\./,
    );
    assert.deepEqual(stack.writes(), []);

    stack.configure({ ...config, safety: { confirm: ["enablePermissionSets"], protect: false } });
    await stack.changesOf("up");
    assert.deepEqual(stack.writes(), ["AddRegion", "UpdateInstance", "UpdateResource"]);
    assert.deepEqual(settings(), made);

    await stack.changesOf("destroy");
    assert.deepEqual(stack.writes(), ["DeleteResource", "RemoveRegion"]);
    assert.deepEqual(settings(), {
      ...made,
      additionalRegions: ["eu-west-1"],
      accessControlAttributes: undefined,
    });
  });
});

/** What AWS was asked to change, in order, and when it was asked how the instance is. */
function changesAndLooks(calls: readonly Call[]): unknown[] {
  return calls.flatMap(({ operation, input, writes }) => {
    switch (operation) {
      case "DescribeInstance":
        return "look";
      case "CreateResource":
        return "attributes";
      default:
        return writes ? withoutInstance(input as Record<string, unknown>) : [];
    }
  });
}

function withoutInstance({ InstanceArn, ...change }: Record<string, unknown>): Record<string, unknown> {
  assert.equal(InstanceArn, "arn:aws:sso:::instance/ssoins-1234567890abcdef");
  return change;
}
