import assert from "node:assert/strict";
import type { Instance } from "../../../components/organizationInstance/findInstance";
import { OrganizationInstance } from "../../../components/organizationInstance/organizationInstance";
import type { WantedInstance } from "../../../components/organizationInstance/wantedInstance";
import { recordOptions, recordResources, valueOf } from "../recordedResources";

const arn = "arn:aws:sso:::instance/ssoins-1234567890abcdef";
const instance: Instance = {
  arn,
  identityStoreId: "d-1234567890",
  primaryRegion: "us-east-1",
  ownerAccountId: "111111111111",
  permissionSetsEnabled: true,
};
const attributes = { CostCenter: ["${path:enterprise.costCenter}"] };

describe("OrganizationInstance", () => {
  async function make(settings?: WantedInstance, protect?: boolean) {
    const recorded = await recordResources();
    const { options, transformations } = recordOptions();
    const component = new OrganizationInstance(
      "instance",
      { instance, ...(settings && { settings }), ...(protect !== undefined && { protect }) },
      { transformations },
    );
    const { arn } = component;
    assert.equal(await valueOf(arn), instance.arn);
    while (recorded.length < Object.keys(options).length) {
      await new Promise(setImmediate);
    }
    return { recorded, options, component };
  }

  it("has no children when the stack sets nothing", async () => {
    const nothing = { additionalRegions: [], enablePermissionSets: false, importAccessControlAttributes: false };
    for (const settings of [undefined, nothing]) {
      const { recorded } = await make(settings);
      assert.deepEqual(
        recorded.map(({ name }) => name),
        ["instance"],
      );
    }
  });

  it("makes one resource of the settings, protected unless the stack says otherwise", async () => {
    const settings = {
      name: "platform",
      kmsKeyArn: "a key",
      enablePermissionSets: true,
      additionalRegions: ["eu-west-1"],
    };
    const { recorded, options } = await make(settings);
    assert.deepEqual(recorded[1], {
      type: "pulumi-nodejs:dynamic/organizationInstance:InstanceSettings",
      name: "instance-settings",
      inputs: {
        instanceArn: arn,
        name: "platform",
        kmsKeyArn: "a key",
        permissionSetsEnabled: true,
        additionalRegions: ["eu-west-1"],
      },
    });
    assert.equal(recorded.length, 2);
    assert.equal(options["instance-settings"]?.protect, true);
    assert.equal((await make(settings, false)).options["instance-settings"]?.protect, false);
  });

  it("makes the attributes for access control, after the settings whose check guards them", async () => {
    const { recorded, options } = await make({ accessControlAttributes: attributes });
    assert.deepEqual(recorded.slice(1), [
      {
        type: "pulumi-nodejs:dynamic/organizationInstance:InstanceSettings",
        name: "instance-settings",
        inputs: { instanceArn: arn, accessControlAttributes: "create" },
      },
      {
        type: "aws-native:sso:InstanceAccessControlAttributeConfiguration",
        name: "instance-access-control-attributes",
        inputs: {
          instanceArn: arn,
          accessControlAttributes: [{ key: "CostCenter", value: { source: ["${path:enterprise.costCenter}"] } }],
        },
      },
    ]);
    const { protect, ...others } = options["instance-access-control-attributes"] ?? {};
    assert.equal(protect, true);
    assert("dependsOn" in others && others.dependsOn !== undefined);
    assert(!("import" in others), "it is not imported");
  });

  it("imports the attributes that are there by the instance's ARN", async () => {
    const { recorded, options } = await make({
      accessControlAttributes: attributes,
      importAccessControlAttributes: true,
    });
    assert.deepEqual(recorded[1]?.inputs, { instanceArn: arn, accessControlAttributes: "import" });
    assert.deepEqual(
      Object.entries(options["instance-access-control-attributes"] ?? {}).find(([key]) => key === "import"),
      ["import", arn],
    );
  });

  it("gives the instance's ARN at preview also while its settings are not made yet", async () => {
    // As at the preview of an update, when the outputs of a dynamic resource are not known.
    const outputs = {
      "pulumi-nodejs:dynamic/organizationInstance:InstanceSettings": () => ({ instanceArn: "unknown" }),
    };
    await recordResources(outputs, true);
    const { arn: known } = new OrganizationInstance("instance", { instance, settings: { name: "platform" } });
    assert.equal(await valueOf(known), arn);
  });
});
