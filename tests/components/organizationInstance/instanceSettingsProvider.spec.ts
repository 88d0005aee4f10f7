import assert from "node:assert/strict";
import { InstanceSettingsProvider } from "../../../components/organizationInstance/instanceSettingsProvider";
import type {
  InstanceSettingsInputs,
  InstanceSettingsOutputs,
} from "../../../components/organizationInstance/wantedAndActual";
import { connection, instanceArn, operations, useLocalAws } from "../localAws";
import { configured } from "../configured";

const patience = { firstPause: 1, longestPause: 5, atMost: 60_000 };
const kmsKeyArn = "arn:aws:kms:us-east-1:111111111111:key/mrk-1234567890abcdef1234567890abcdef";
const everything: InstanceSettingsInputs = {
  instanceArn,
  name: "platform",
  kmsKeyArn,
  permissionSetsEnabled: true,
  additionalRegions: ["eu-west-1", "eu-central-1"],
};

/** What a dynamic provider throws for Pulumi to record a resource that is not as wanted. */
interface HalfWay {
  message: string;
  id?: string;
  properties?: InstanceSettingsOutputs & { __provider?: string };
  reasons?: string[];
}

describe("the provider of the instance's settings", () => {
  const aws = useLocalAws(undefined, 2);
  let provider: InstanceSettingsProvider;

  before(async () => {
    provider = await configured(new InstanceSettingsProvider(patience), connection);
  });

  function instance() {
    const [first] = aws().contents.instances;
    assert(first);
    return first;
  }

  const written = () =>
    aws()
      .calls.filter(({ writes }) => writes)
      .map(({ operation, input }) => {
        const { InstanceArn, ...rest } = input as Record<string, unknown>;
        assert.equal(InstanceArn, instanceArn);
        return [operation, rest];
      });

  async function created(inputs = everything): Promise<InstanceSettingsOutputs> {
    const { id, outs } = await provider.create(inputs);
    assert.equal(id, instanceArn);
    assert(outs);
    aws().calls.length = 0;
    return outs;
  }

  async function halfWay(attempt: Promise<unknown>): Promise<HalfWay> {
    const error: unknown = await attempt.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    assert(error instanceof Error, "it was to fail");
    return error;
  }

  it("makes one change at a time, and waits for each: the key before the Regions that need it", async () => {
    instance().permissionSetsEnabled = false;
    const { outs } = await provider.create(everything);
    assert.deepEqual(outs, { ...everything, addedRegions: ["eu-west-1", "eu-central-1"] });
    assert.deepEqual(written(), [
      ["UpdateInstance", { Name: "platform" }],
      ["UpdateInstance", { EncryptionConfiguration: { KeyType: "CUSTOMER_MANAGED_KEY", KmsKeyArn: kmsKeyArn } }],
      ["UpdateInstance", { PermissionSetsEnabled: true }],
      ["AddRegion", { RegionName: "eu-west-1" }],
      ["AddRegion", { RegionName: "eu-central-1" }],
    ]);
    const { name, permissionSetsEnabled, additionalRegions, keyChange, regionChange } = instance();
    assert.deepEqual(
      { name, permissionSetsEnabled, additionalRegions, keyChange, regionChange },
      {
        name: "platform",
        permissionSetsEnabled: true,
        additionalRegions: ["eu-west-1", "eu-central-1"],
        keyChange: undefined,
        regionChange: undefined,
      },
    );
    assert.equal(instance().kmsKeyArn, kmsKeyArn);
  });

  it("adopts what is so already, with one call that reads", async () => {
    Object.assign(instance(), { name: "platform", kmsKeyArn, additionalRegions: ["eu-west-1", "eu-central-1"] });
    const { outs } = await provider.create(everything);
    assert.deepEqual(outs, { ...everything, addedRegions: [] });
    assert.deepEqual(operations(aws()), ["DescribeInstance"]);
  });

  it("leaves alone what the stack does not say", async () => {
    Object.assign(instance(), { kmsKeyArn, additionalRegions: ["ap-south-1"] });
    await provider.create({ instanceArn, name: "platform" });
    assert.deepEqual(written(), [["UpdateInstance", { Name: "platform" }]]);
    assert.deepEqual(instance().additionalRegions, ["ap-south-1"]);
  });

  it("writes nothing when only its code changed", async () => {
    const outs = await created();
    assert.deepEqual((await provider.update(instanceArn, outs, everything)).outs, outs);
    assert.deepEqual(written(), []);
  });

  it("does not take a key for the wanted one whose change has failed, and changes it once more", async () => {
    Object.assign(instance(), { kmsKeyArn, keyChange: { kmsKeyArn, pollsLeft: 0, failure: "KMS key is disabled" } });
    const wanted = { instanceArn, kmsKeyArn };
    const outs = { ...wanted, addedRegions: [] };
    const drifted = { instanceArn };
    assert.deepEqual(await provider.read(instanceArn, outs), {
      ...{ id: instanceArn, inputs: drifted, props: { ...drifted, addedRegions: [] } },
    });
    assert.deepEqual((await provider.update(instanceArn, outs, wanted)).outs, outs);
    assert.deepEqual(written(), [
      ["UpdateInstance", { EncryptionConfiguration: { KeyType: "CUSTOMER_MANAGED_KEY", KmsKeyArn: kmsKeyArn } }],
    ]);
    assert.deepEqual(await provider.read(instanceArn, outs), { id: instanceArn, inputs: wanted, props: outs });
  });

  it("waits until the wanted key is in use, though the instance names it already", async () => {
    Object.assign(instance(), { kmsKeyArn, keyChange: { kmsKeyArn, pollsLeft: 3 } });
    await provider.create({ instanceArn, kmsKeyArn });
    assert.deepEqual(operations(aws()), ["DescribeInstance", "DescribeInstance", "DescribeInstance"]);
    assert.equal(instance().keyChange, undefined);
  });

  it("waits until somebody else's change is done before it begins", async () => {
    instance().keyChange = { kmsKeyArn, pollsLeft: 4 };
    await provider.create({ instanceArn, kmsKeyArn });
    assert.deepEqual(written(), []);
    assert.equal(instance().kmsKeyArn, kmsKeyArn);
  });

  it("waits for a Region that is being added already, and does not take it for its own", async () => {
    Object.assign(instance(), { kmsKeyArn, regionChange: { region: "eu-west-1", status: "ADDING", pollsLeft: 4 } });
    const { outs } = await provider.create({ instanceArn, additionalRegions: ["eu-west-1"] });
    assert.deepEqual(outs?.addedRegions, []);
    assert.deepEqual(written(), []);
    assert.deepEqual(instance().additionalRegions, ["eu-west-1"]);
  });

  it("removes a Region that is no longer wanted when it added it, after what is added", async () => {
    Object.assign(instance(), { kmsKeyArn, additionalRegions: ["ap-south-1"] });
    const before = { instanceArn, additionalRegions: ["ap-south-1", "eu-west-1"] };
    const outs = await created(before);
    const after = { instanceArn, additionalRegions: ["eu-central-1"] };
    assert.deepEqual((await provider.update(instanceArn, outs, after)).outs, {
      ...after,
      addedRegions: ["eu-central-1"],
    });
    assert.deepEqual(written(), [
      ["AddRegion", { RegionName: "eu-central-1" }],
      ["RemoveRegion", { RegionName: "eu-west-1" }],
    ]);
    assert.deepEqual(instance().additionalRegions, ["ap-south-1", "eu-central-1"]);
  });

  it("finds no drift in what it just made", async () => {
    const outs = await created();
    const { addedRegions, ...inputs } = outs;
    assert.deepEqual(await provider.read(instanceArn, outs), { id: instanceArn, inputs, props: outs });
    assert.deepEqual(addedRegions, ["eu-west-1", "eu-central-1"]);
  });

  it("reads drift of what it manages, and of nothing else", async () => {
    instance().kmsKeyArn = kmsKeyArn;
    const made = await created({ instanceArn, name: "platform", additionalRegions: ["eu-west-1", "eu-central-1"] });
    Object.assign(instance(), { name: "by hand", additionalRegions: ["eu-central-1", "ap-south-1"] });
    const inputs = { instanceArn, name: "by hand", additionalRegions: ["eu-central-1"] };
    assert.deepEqual(await provider.read(instanceArn, made), {
      id: instanceArn,
      inputs,
      props: { ...inputs, addedRegions: ["eu-central-1"] },
    });
  });

  it("sets right what drifted", async () => {
    const outs = await created();
    instance().name = "by hand";
    instance().additionalRegions = ["eu-central-1"];
    const found = await provider.read(instanceArn, outs);
    await provider.update(instanceArn, found.props as InstanceSettingsOutputs, everything);
    assert.equal(instance().name, "platform");
    assert.deepEqual(instance().additionalRegions.toSorted(), ["eu-central-1", "eu-west-1"]);
  });

  it("leaves the instance as it is when it is deleted, but for the Regions that it added", async () => {
    Object.assign(instance(), { kmsKeyArn, additionalRegions: ["eu-west-1"] });
    const outs = await created();
    await provider.delete(instanceArn, outs);
    assert.deepEqual(written(), [["RemoveRegion", { RegionName: "eu-central-1" }]]);
    assert.deepEqual(instance().additionalRegions, ["eu-west-1"]);
    assert.equal(instance().name, "platform");
    await provider.delete(instanceArn, outs); // once more does no harm
  });

  it("makes no call when a resource is deleted that added no Region", async () => {
    await provider.delete(instanceArn, { instanceArn, name: "platform", addedRegions: [] });
    assert.deepEqual(operations(aws()), []);
  });

  it("records what is there when AWS cannot use the key, with AWS's reason", async () => {
    aws().faults.push({ operation: "UpdateInstance", failure: "KMS key is disabled" });
    const { message, id, properties, reasons } = await halfWay(
      provider.create(Object.assign({ __provider: "its code" }, everything)),
    );
    assert.equal(
      message,
      `Of ${instanceArn}, its key was not changed to ${kmsKeyArn}. AWS said UPDATE_FAILED: KMS key is disabled. It goes on with ` +
        "the key it had; look at the key's state and policy, then run the update again.",
    );
    assert.equal(id, instanceArn);
    assert.deepEqual(reasons, [message]);
    assert(properties);
    assert.equal(properties.__provider, "its code");
    assert.equal(properties.name, "platform");
    assert.deepEqual(properties.addedRegions, []);
    const { outs } = await provider.update(instanceArn, properties, everything);
    assert.deepEqual(outs?.addedRegions, ["eu-west-1", "eu-central-1"]);
    assert.equal(instance().kmsKeyArn, kmsKeyArn);
  });

  it("records the Regions it has added when a later one fails", async () => {
    const inputs = { instanceArn, additionalRegions: ["eu-west-1", "eu-central-1"] };
    Object.assign(instance(), { kmsKeyArn, additionalRegions: ["us-west-1", "us-west-2", "us-east-2", "ap-south-1"] });
    const { message, properties } = await halfWay(provider.create(inputs));
    assert.match(message, /Region eu-central-1 was not added\. AWS said ServiceQuotaExceededException: .*Take another/);
    assert.deepEqual(properties, { ...inputs, additionalRegions: ["eu-west-1"], addedRegions: ["eu-west-1"] });
  });

  it("counts a Region as its own that AWS has begun to add, though its answer was an error", async () => {
    const inputs = { instanceArn, additionalRegions: ["eu-west-1"] };
    instance().kmsKeyArn = kmsKeyArn;
    aws().faults.push({ operation: "AddRegion", when: "after", error: { type: "InternalFailure" } });
    const { outs } = await provider.create(inputs);
    assert.deepEqual(outs, { ...inputs, addedRegions: ["eu-west-1"] });
    assert.deepEqual(instance().additionalRegions, ["eu-west-1"]);
    assert.deepEqual(written(), [["AddRegion", { RegionName: "eu-west-1" }]]);
  });

  it("records nothing when nothing was changed, and tells the missing permission", async () => {
    aws().faults.push({ operation: "UpdateInstance", error: { type: "AccessDeniedException", message: "No." } });
    const { message, id } = await halfWay(provider.create({ instanceArn, name: "platform" }));
    assert.equal(
      message,
      `Of ${instanceArn}, its name was not changed. AWS said AccessDeniedException: No. The caller needs sso:UpdateInstance; ` +
        "ask an administrator of IAM Identity Center.",
    );
    assert.equal(id, undefined);
  });

  it("does not wait for ever, and the next update goes on from there", async () => {
    const impatient = await configured(new InstanceSettingsProvider({ ...patience, atMost: 0 }), connection);
    const inputs = { instanceArn, kmsKeyArn };
    const { message, properties } = await halfWay(impatient.create(inputs));
    assert.match(message, /^Waited 0 seconds for .* until it is encrypted with .* run the update again/);
    assert.deepEqual(
      properties,
      { instanceArn, kmsKeyArn, addedRegions: [] },
      "AWS is done by the time it is recorded",
    );
    await provider.update(instanceArn, properties, inputs);
    assert.equal(written().length, 1);
  });

  it("refuses to make attributes for access control over those of somebody else, with the line that takes them over", async () => {
    const news = { instanceArn, accessControlAttributes: "create" } as const;
    const inputs = { instanceArn, accessControlAttributes: "managed" } as const;
    assert.deepEqual(await provider.check({}, news), { inputs });
    instance().accessControlAttributes = [];
    const { failures } = await provider.check({}, news);
    assert.deepEqual(failures, [
      {
        property: "",
        reason:
          "identity-aware-sessions:instance.accessControlAttributes\n" +
          `  found:   ${instanceArn}, which has attributes for access control that are not this stack's\n` +
          "  allowed: attributes where there are none, or the ones that are there, taken over: an instance has one configuration of them\n" +
          "  to do:   run `pulumi config set --path identity-aware-sessions:instance.importAccessControlAttributes true` to take them " +
          "over, or remove accessControlAttributes to leave them alone",
      },
    ]);
    assert.deepEqual(await provider.check(inputs, news), { inputs }, "its own are no obstacle");
    assert.deepEqual(await provider.check({}, { ...news, accessControlAttributes: "import" }), { inputs });
    assert.deepEqual(await provider.check({}, { instanceArn }), { inputs: { instanceArn } });
  });

  it("refuses to take Regions away, unless that is confirmed or nothing is protected", async () => {
    const olds = { instanceArn, additionalRegions: ["eu-west-1", "eu-central-1"] };
    const news = { instanceArn, additionalRegions: ["eu-central-1", "eu-north-1"] };
    assert.deepEqual((await provider.check(olds, news)).failures, [
      {
        property: "",
        reason:
          "identity-aware-sessions:instance.additionalRegions\n" +
          "  found:   no longer eu-west-1: IAM Identity Center would end there for everybody, where this stack began it\n" +
          "  allowed: more Regions; fewer when it is confirmed, or while identity-aware-sessions:safety.protect is false\n" +
          "  to do:   bring back eu-west-1, or confirm it: add additionalRegions to identity-aware-sessions:safety.confirm for this once",
      },
    ]);
    assert.equal((await provider.check(olds, { instanceArn })).failures?.length, 1, "all of them");
    assert.deepEqual(
      await provider.check(news, { ...news, additionalRegions: [...news.additionalRegions].reverse() }),
      {
        inputs: { instanceArn, additionalRegions: ["eu-north-1", "eu-central-1"] },
      },
    );
    for (const safety of [{ confirm: ["additionalRegions"] }, { protect: false }]) {
      const another = await configured(new InstanceSettingsProvider(patience), connection, {
        "identity-aware-sessions:safety": JSON.stringify(safety),
      });
      assert.deepEqual(await another.check(olds, news), { inputs: news });
    }
  });

  it("tells the permission that this needs when AWS denies it", async () => {
    const operation = "DescribeInstanceAccessControlAttributeConfiguration";
    aws().faults.push({ operation, error: { type: "AccessDeniedException", message: "No." } });
    await assert.rejects(provider.check({}, { instanceArn, accessControlAttributes: "create" }), {
      message:
        `Of ${instanceArn}, its attributes for access control could not be read. AWS said AccessDeniedException: No. The caller ` +
        `needs sso:${operation}; ask an administrator of IAM Identity Center.`,
    });
  });

  it("reads an instance that nothing is known of yet", async () => {
    assert.deepEqual(await provider.read(instanceArn), {
      id: instanceArn,
      inputs: { instanceArn },
      props: { instanceArn, addedRegions: [] },
    });
  });
});
