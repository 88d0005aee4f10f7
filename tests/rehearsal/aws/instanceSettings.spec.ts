import {
  AddRegionCommand,
  DescribeInstanceAccessControlAttributeConfigurationCommand,
  DescribeInstanceCommand,
  DescribeRegionCommand,
  ListRegionsCommand,
  RemoveRegionCommand,
  SSOAdminClient,
  UpdateInstanceCommand,
  type UpdateInstanceRequest,
} from "@aws-sdk/client-sso-admin";
import assert from "node:assert/strict";
import { loadOrganization } from "../../../rehearsal/aws/organization";
import { startLocalAws } from "../../../rehearsal/aws/server";
import {
  answered,
  call,
  clientOf,
  instanceArn,
  managementCaller,
  memberCaller,
  organizationFile,
  useExampleAws,
} from "./exampleAws";

const instance = { InstanceArn: instanceArn };
const multiRegionKey = "arn:aws:kms:us-east-1:111111111111:key/mrk-1234567890abcdef1234567890abcdef";

describe("sso-admin instance settings", () => {
  const aws = useExampleAws(undefined, { statusPolls: 2 });
  const client = async (caller = managementCaller, region = "us-east-1") =>
    new SSOAdminClient(await clientOf(aws(), caller, region));
  const update = async (input: Omit<UpdateInstanceRequest, "InstanceArn">) =>
    answered(await (await client()).send(new UpdateInstanceCommand({ ...instance, ...input })));
  const describeInstance = async () => (await client()).send(new DescribeInstanceCommand(instance));
  const encryption = async () => (await describeInstance()).EncryptionConfigurationDetails;
  const region = (RegionName: string) => ({ ...instance, RegionName });

  function first() {
    const [only] = aws().contents.instances;
    assert(only);
    return only;
  }

  it("are a name, changed at once", async () => {
    assert.deepEqual(await update({ Name: "platform" }), {});
    assert.equal((await describeInstance()).Name, "platform");
    await assert.rejects(update({ Name: "no spaces" }), { name: "ValidationException" });
  });

  it("are a key, which is UPDATING until its status was asked for that often", async () => {
    const EncryptionConfiguration = { KeyType: "CUSTOMER_MANAGED_KEY", KmsKeyArn: multiRegionKey } as const;
    await update({ EncryptionConfiguration });
    await assert.rejects(update({ EncryptionConfiguration }), { name: "ConflictException" });
    assert.deepEqual(await encryption(), { KeyType: "AWS_OWNED_KMS_KEY", EncryptionStatus: "UPDATING" });
    const after = { KeyType: "CUSTOMER_MANAGED_KEY", KmsKeyArn: multiRegionKey, EncryptionStatus: "ENABLED" };
    assert.deepEqual(await encryption(), after);
    await update({ EncryptionConfiguration: { KeyType: "AWS_OWNED_KMS_KEY" } });
    await encryption();
    assert.deepEqual(await encryption(), { KeyType: "AWS_OWNED_KMS_KEY", EncryptionStatus: "ENABLED" });
  });

  it("keep the key they had when the change fails, with a reason that stays to be seen", async () => {
    aws().faults.push({ operation: "UpdateInstance", failure: "The key is disabled" });
    await update({ EncryptionConfiguration: { KeyType: "CUSTOMER_MANAGED_KEY", KmsKeyArn: multiRegionKey } });
    await encryption();
    const failed = {
      KeyType: "AWS_OWNED_KMS_KEY",
      EncryptionStatus: "UPDATE_FAILED",
      EncryptionStatusReason: "The key is disabled",
    };
    assert.deepEqual([await encryption(), await encryption()], [failed, failed]);
  });

  it("refuse a key of another Region", async () => {
    const KmsKeyArn = multiRegionKey.replace("us-east-1", "eu-west-1");
    await assert.rejects(update({ EncryptionConfiguration: { KeyType: "CUSTOMER_MANAGED_KEY", KmsKeyArn } }), {
      name: "ValidationException",
    });
  });

  it("turn permission sets on, and never off", async () => {
    first().permissionSetsEnabled = false;
    await update({ PermissionSetsEnabled: true });
    assert.equal((await describeInstance()).PermissionSetsEnabled, true);
    await assert.rejects(update({ PermissionSetsEnabled: false }), { name: "ValidationException" });
  });

  it("take one of key and permission sets in a call", async () => {
    const both = {
      EncryptionConfiguration: { KeyType: "AWS_OWNED_KMS_KEY" },
      PermissionSetsEnabled: true,
    } as const;
    await assert.rejects(update(both), { name: "ValidationException", message: /same request/ });
  });

  it("are closed to member accounts", async () => {
    const member = await client(memberCaller);
    const denied = { name: "AccessDeniedException" };
    await assert.rejects(member.send(new UpdateInstanceCommand({ ...instance, Name: "mine" })), denied);
    await assert.rejects(member.send(new AddRegionCommand(region("eu-west-1"))), denied);
    await assert.rejects(member.send(new DescribeInstanceAccessControlAttributeConfigurationCommand(instance)), denied);
  });

  it("add a Region: ADDING, then ACTIVE, and the instance can be read there", async () => {
    first().kmsKeyArn = multiRegionKey;
    const sso = await client();
    assert.deepEqual(answered(await sso.send(new AddRegionCommand(region("eu-west-1")))), { Status: "ADDING" });
    await assert.rejects(sso.send(new AddRegionCommand(region("eu-central-1"))), { name: "ConflictException" });
    const statuses = async () =>
      ((await sso.send(new ListRegionsCommand(instance))).Regions ?? []).map((each) => [each.RegionName, each.Status]);
    assert.deepEqual(await statuses(), [
      ["us-east-1", "ACTIVE"],
      ["eu-west-1", "ADDING"],
    ]);
    const { Status, IsPrimaryRegion } = await sso.send(new DescribeRegionCommand(region("eu-west-1")));
    assert.deepEqual([Status, IsPrimaryRegion], ["ACTIVE", false]);
    const there = await client(managementCaller, "eu-west-1");
    assert.equal((await there.send(new DescribeInstanceCommand(instance))).PrimaryRegion, "us-east-1");
    await assert.rejects(there.send(new AddRegionCommand(region("eu-central-1"))), { name: "ValidationException" });
  });

  it("remove a Region: REMOVING, then gone; the primary one stays", async () => {
    first().additionalRegions = ["eu-west-1"];
    const sso = await client();
    assert.deepEqual(answered(await sso.send(new RemoveRegionCommand(region("eu-west-1")))), { Status: "REMOVING" });
    assert.equal((await sso.send(new DescribeRegionCommand(region("eu-west-1")))).Status, "REMOVING");
    const missing = { name: "ResourceNotFoundException" };
    await assert.rejects(sso.send(new DescribeRegionCommand(region("eu-west-1"))), missing);
    await assert.rejects(sso.send(new RemoveRegionCommand(region("eu-west-1"))), missing);
    await assert.rejects(sso.send(new RemoveRegionCommand(region("us-east-1"))), { name: "ValidationException" });
  });

  it("add no Region without a multi-Region key, none twice and none beyond six", async () => {
    const sso = await client();
    const adding = (name: string) => sso.send(new AddRegionCommand(region(name)));
    await assert.rejects(adding("eu-west-1"), { name: "ValidationException", message: /multi-Region/ });
    Object.assign(first(), { kmsKeyArn: multiRegionKey, additionalRegions: ["eu-west-1", "eu-west-2", "eu-west-3"] });
    await assert.rejects(adding("eu-west-1"), { name: "ConflictException" });
    first().additionalRegions.push("us-west-1", "us-west-2");
    await assert.rejects(adding("eu-central-1"), { name: "ServiceQuotaExceededException" });
  });

  it("have attributes for access control, or none", async () => {
    const describing = async () =>
      answered(await (await client()).send(new DescribeInstanceAccessControlAttributeConfigurationCommand(instance)));
    await assert.rejects(describing(), { name: "ResourceNotFoundException" });
    const attributes = [{ Key: "CostCenter", Value: { Source: ["${path:enterprise.costCenter}"] } }];
    first().accessControlAttributes = attributes;
    assert.deepEqual(await describing(), {
      Status: "ENABLED",
      InstanceAccessControlAttributeConfiguration: { AccessControlAttributes: attributes },
    });
  });

  it("are kept between runs once a call changed them", async () => {
    const organization = await loadOrganization(organizationFile);
    assert.deepEqual(aws().save().instances, []);
    await update({ Name: "platform" });
    const later = await startLocalAws({ organization, state: aws().save() });
    try {
      const { body } = await call(later, "SWBExternalService.DescribeInstance", instance, { service: "sso" });
      assert.equal((body as { Name: string }).Name, "platform");
    } finally {
      await later.close();
    }
  });

  it("come from the organization's file", async () => {
    const organization = await loadOrganization(organizationFile);
    const [described] = organization.instances;
    assert(described);
    described.kmsKeyArn = multiRegionKey;
    described.accessControlAttributes = { Team: ["${path:userName}"] };
    const other = await startLocalAws({ organization });
    await other.close();
    const [made] = other.contents.instances;
    assert.equal(made?.kmsKeyArn, multiRegionKey);
    assert.deepEqual(made.accessControlAttributes, [{ Key: "Team", Value: { Source: ["${path:userName}"] } }]);
  });
});
