import {
  CloudFormationClient,
  CreateStackInstancesCommand,
  DescribeStackSetOperationCommand,
  ListStackSetsCommand,
} from "@aws-sdk/client-cloudformation";
import {
  CloudControlClient,
  CreateResourceCommand,
  GetResourceCommand,
  GetResourceRequestStatusCommand,
} from "@aws-sdk/client-cloudcontrol";
import {
  AddRegionCommand,
  CreateAccountAssignmentCommand,
  CreatePermissionSetCommand,
  DescribeInstanceAccessControlAttributeConfigurationCommand,
  DescribeInstanceCommand,
  DescribeRegionCommand,
  DescribePermissionSetProvisioningStatusCommand,
  ListInstancesCommand,
  ListPermissionSetsCommand,
  ListRegionsCommand,
  ProvisionPermissionSetCommand,
  SSOAdminClient,
  UpdateInstanceCommand,
} from "@aws-sdk/client-sso-admin";
import { IdentitystoreClient, ListGroupsCommand, ListUsersCommand } from "@aws-sdk/client-identitystore";
import assert from "node:assert/strict";
import { awsLimits } from "../../../rehearsal/aws/limits";
import { type Clock, runningClock } from "../../../rehearsal/aws/clock";
import { barePermissionSet } from "../../../rehearsal/aws/ssoAdmin/barePermissionSet";
import { administratorCaller, clientOf, instanceArn, memberCaller, useExampleAws } from "./exampleAws";

const instance = { InstanceArn: instanceArn };
const arn = "arn:aws:sso:::permissionSet/ssoins-1234567890abcdef/ps-1234567890abcdef";
const kmsKeyArn = "arn:aws:kms:us-east-1:111111111111:key/mrk-1234567890abcdef1234567890abcdef";
const throttled = { name: "ThrottlingException" };

describe("Local AWS, asked to,", () => {
  let time = 0;
  let slept: number[] = [];
  const clock: Clock = {
    now: () => time,
    sleep: (milliseconds) => {
      slept.push(milliseconds);
      return Promise.resolve();
    },
  };
  beforeEach(() => {
    time = Date.now();
    slept = [];
  });

  function add(aws: ReturnType<ReturnType<typeof useExampleAws>>): void {
    aws.contents.permissionSets.push(barePermissionSet(instanceArn, arn, "Developer"));
  }

  const assign = (sso: SSOAdminClient, n: number) =>
    sso.send(
      new CreateAccountAssignmentCommand({
        ...instance,
        PermissionSetArn: arn,
        TargetType: "AWS_ACCOUNT",
        TargetId: "222222222222",
        PrincipalType: "GROUP",
        PrincipalId: `00000000-0000-4000-8000-${String(n).padStart(12, "0")}`,
      }),
    );
  const provision = new ProvisionPermissionSetCommand({
    ...instance,
    PermissionSetArn: arn,
    TargetType: "ALL_PROVISIONED_ACCOUNTS",
  });

  describe("has AWS's limits:", () => {
    const aws = useExampleAws(undefined, { clock, limits: awsLimits });
    const client = async () => new SSOAdminClient(await clientOf(aws()));

    it("20 calls of IAM Identity Center a second", async () => {
      const sso = await client();
      for (let n = 0; n < 20; n++) await sso.send(new ListInstancesCommand({}));
      await assert.rejects(sso.send(new ListInstancesCommand({})), { ...throttled, message: "Rate exceeded" });
      time += 50;
      await sso.send(new ListInstancesCommand({}));
      await assert.rejects(sso.send(new ListInstancesCommand({})), throttled);
    });

    it("20 calls of an account, whichever operations of IAM Identity Center they are, and 20 of another account", async () => {
      const sso = await client();
      for (let n = 0; n < 20; n++) await sso.send(new ListInstancesCommand({}));
      await assert.rejects(sso.send(new DescribeInstanceCommand(instance)), throttled);
      const member = new SSOAdminClient(await clientOf(aws(), memberCaller));
      assert.equal((await member.send(new ListInstancesCommand({}))).Instances?.length, 1);
    });

    it("20 calls of each operation of the identity store", async () => {
      const store = { IdentityStoreId: "d-1234567890" };
      const identityStore = new IdentitystoreClient(await clientOf(aws(), administratorCaller));
      for (let n = 0; n < 20; n++) await identityStore.send(new ListGroupsCommand(store));
      await assert.rejects(identityStore.send(new ListGroupsCommand(store)), throttled);
      assert.equal((await identityStore.send(new ListUsersCommand(store))).Users?.length, 3);
    });

    it("15 assignments in the making, and 3 provisionings", async () => {
      add(aws());
      const sso = await client();
      for (let n = 0; n < 15; n++) await assign(sso, n);
      await assert.rejects(assign(sso, 15), throttled);
      time += 1000;
      for (let n = 0; n < 3; n++) await sso.send(provision);
      await assert.rejects(sso.send(provision), throttled);
    });

    it("and has room again though nobody asks any more how far the others are", async () => {
      add(aws());
      const sso = await client();
      for (let n = 0; n < 15; n++) await assign(sso, n);
      await assert.rejects(assign(sso, 15), throttled);
      assert.equal((await assign(sso, 15)).AccountAssignmentCreationStatus?.Status, "IN_PROGRESS");
      time += 1000;
      for (let n = 0; n < 3; n++) await sso.send(provision);
      await assert.rejects(sso.send(provision), throttled);
      assert.equal((await sso.send(provision)).PermissionSetProvisioningStatus?.Status, "IN_PROGRESS");
    });
  });

  describe("has limits of what takes its time:", () => {
    const limits = { assignmentsInTheMaking: 1 };
    const aws = useExampleAws(undefined, { clock, limits, latency: { asynchronous: [1000, 1000] } });

    it("there is no room before it is over", async () => {
      add(aws());
      const sso = new SSOAdminClient(await clientOf(aws()));
      await assign(sso, 0);
      time += 999;
      await assert.rejects(assign(sso, 1), throttled);
      await assert.rejects(assign(sso, 1), throttled);
      time += 1;
      await assert.rejects(assign(sso, 1), throttled);
      await assign(sso, 1);
    });
  });

  describe("takes its time,", () => {
    const latency = { call: [50, 200], asynchronous: [1000, 2000], seed: 7 } as const;
    const aws = useExampleAws(undefined, { clock, latency });

    it("the same in every run", async () => {
      const sso = new SSOAdminClient(await clientOf(aws()));
      for (let n = 0; n < 3; n++) await sso.send(new ListInstancesCommand({}));
      assert.deepEqual(slept.map(Math.round), [52, 59, 197]);
    });
  });

  describe("takes its time with what is asynchronous,", () => {
    const aws = useExampleAws(undefined, { clock, latency: { asynchronous: [1000, 2000] } });

    it("however often it is asked", async () => {
      add(aws());
      const sso = new SSOAdminClient(await clientOf(aws()));
      const input = { ...instance, PermissionSetArn: arn, TargetType: "ALL_PROVISIONED_ACCOUNTS" } as const;
      const { PermissionSetProvisioningStatus: started } = await sso.send(new ProvisionPermissionSetCommand(input));
      const request = { ...instance, ProvisionPermissionSetRequestId: started?.RequestId };
      const status = async () =>
        (await sso.send(new DescribePermissionSetProvisioningStatusCommand(request))).PermissionSetProvisioningStatus
          ?.Status;
      time += 999;
      assert.deepEqual([await status(), await status()], ["IN_PROGRESS", "IN_PROGRESS"]);
      time += 1001;
      assert.equal(await status(), "SUCCEEDED");
    });
  });

  describe("takes its time with an instance,", () => {
    const aws = useExampleAws(({ instances }) => Object.assign(instances[0] ?? {}, { kmsKeyArn }), {
      clock,
      latency: { asynchronous: [1000, 1000] },
    });

    it("for another key", async () => {
      const sso = new SSOAdminClient(await clientOf(aws()));
      const status = async () =>
        (await sso.send(new DescribeInstanceCommand(instance))).EncryptionConfigurationDetails?.EncryptionStatus;
      const owned = { EncryptionConfiguration: { KeyType: "AWS_OWNED_KMS_KEY" } } as const;
      await sso.send(new UpdateInstanceCommand({ ...instance, ...owned }));
      time += 999;
      assert.deepEqual([await status(), await status()], ["UPDATING", "UPDATING"]);
      time += 1;
      assert.equal(await status(), "ENABLED");
    });

    it("for another Region", async () => {
      const sso = new SSOAdminClient(await clientOf(aws()));
      const region = { ...instance, RegionName: "eu-west-1" };
      const status = async () => (await sso.send(new DescribeRegionCommand(region))).Status;
      await sso.send(new AddRegionCommand(region));
      time += 999;
      assert.deepEqual([await status(), await status()], ["ADDING", "ADDING"]);
      time += 1;
      assert.equal(await status(), "ACTIVE");
    });
  });

  describe("shows later what was made:", () => {
    const aws = useExampleAws(undefined, { clock, consistencyLag: 500 });

    it("half a second, for example", async () => {
      const sso = new SSOAdminClient(await clientOf(aws()));
      const listed = async () => (await sso.send(new ListPermissionSetsCommand(instance))).PermissionSets;
      const made = aws().contents;
      add(aws());
      aws().contents.enforcedPrincipals.length = 0;
      await sso.send(new CreatePermissionSetCommand({ ...instance, Name: "Auditor" }));
      assert.equal(made.permissionSets.length, 2);
      assert.deepEqual(await listed(), [arn]);
      time += 499;
      assert.deepEqual(await listed(), [arn]);
      time += 1;
      assert.equal((await listed())?.length, 2);
    });

    it("an instance's name and key, too", async () => {
      const sso = new SSOAdminClient(await clientOf(aws()));
      const shown = async () => {
        const { Name, EncryptionConfigurationDetails } = await sso.send(new DescribeInstanceCommand(instance));
        return [Name, EncryptionConfigurationDetails?.KmsKeyArn];
      };
      const KeyType = "CUSTOMER_MANAGED_KEY";
      const EncryptionConfiguration = { KeyType, KmsKeyArn: kmsKeyArn } as const;
      await sso.send(new UpdateInstanceCommand({ ...instance, Name: "platform", EncryptionConfiguration }));
      time += 499;
      assert.deepEqual(await shown(), ["example", undefined]);
      time += 1;
      assert.deepEqual(await shown(), ["platform", kmsKeyArn]);
    });

    it("an instance's attributes for access control, too", async () => {
      const client = await clientOf(aws());
      const control = new CloudControlClient(client);
      const TypeName = "AWS::SSO::InstanceAccessControlAttributeConfiguration";
      const DesiredState = JSON.stringify({ ...instance, AccessControlAttributes: [] });
      const { ProgressEvent } = await control.send(new CreateResourceCommand({ TypeName, DesiredState }));
      const { RequestToken } = ProgressEvent ?? {};
      const ended = await control.send(new GetResourceRequestStatusCommand({ RequestToken }));
      assert.equal(ended.ProgressEvent?.OperationStatus, "SUCCESS");
      const described = () =>
        new SSOAdminClient(client).send(new DescribeInstanceAccessControlAttributeConfigurationCommand(instance));
      const read = () => control.send(new GetResourceCommand({ TypeName, Identifier: instanceArn }));
      time += 499;
      for (const look of [described, read]) await assert.rejects(look(), { name: "ResourceNotFoundException" });
      time += 1;
      assert.equal((await described()).Status, "ENABLED");
      assert.equal((await read()).ResourceDescription?.Identifier, instanceArn);
    });
  });

  describe("shows later how far an instance's change is,", () => {
    const aws = useExampleAws(({ instances }) => Object.assign(instances[0] ?? {}, { kmsKeyArn }), {
      clock,
      consistencyLag: 500,
      statusPolls: 2,
    });

    it("which goes on once it shows", async () => {
      const sso = new SSOAdminClient(await clientOf(aws()));
      const statuses = async () =>
        ((await sso.send(new ListRegionsCommand(instance))).Regions ?? []).map(({ Status }) => Status);
      await sso.send(new AddRegionCommand({ ...instance, RegionName: "eu-west-1" }));
      assert.deepEqual(await statuses(), ["ACTIVE"]);
      time += 400;
      await sso.send(new UpdateInstanceCommand({ ...instance, Name: "platform" }));
      time += 200;
      for (let n = 0; n < 3; n++) assert.deepEqual(await statuses(), ["ACTIVE", "ADDING"]);
      time += 300;
      assert.deepEqual(await statuses(), ["ACTIVE", "ADDING"]);
      assert.deepEqual(await statuses(), ["ACTIVE", "ACTIVE"]);
    });
  });

  describe("shows later StackSets, too,", () => {
    const aws = useExampleAws(undefined, { clock, consistencyLag: 500 });

    it("but not how far their operations are, which go on as they are asked for", async () => {
      const client = await clientOf(aws(), administratorCaller);
      const [control, cloudFormation] = [new CloudControlClient(client), new CloudFormationClient(client)];
      const DesiredState = JSON.stringify({
        StackSetName: "sessions",
        PermissionModel: "SERVICE_MANAGED",
        TemplateBody: '{"Resources":{}}',
      });
      const TypeName = "AWS::CloudFormation::StackSet";
      const { ProgressEvent } = await control.send(new CreateResourceCommand({ TypeName, DesiredState }));
      const { RequestToken } = ProgressEvent ?? {};
      await control.send(new GetResourceRequestStatusCommand({ RequestToken }));
      const listed = async () => (await cloudFormation.send(new ListStackSetsCommand({}))).Summaries?.length;
      time += 499;
      assert.equal(await listed(), 0);
      time += 1;
      assert.equal(await listed(), 1);
      const StackSetName = "sessions";
      const targets = { OrganizationalUnitIds: [aws().contents.root.id] };
      const create = { StackSetName, DeploymentTargets: targets, Regions: ["us-east-1"] };
      const { OperationId } = await cloudFormation.send(new CreateStackInstancesCommand(create));
      const describe = new DescribeStackSetOperationCommand({ StackSetName, OperationId });
      assert.equal((await cloudFormation.send(describe)).StackSetOperation?.Status, "SUCCEEDED");
      assert.equal(aws().contents.stackSets[0]?.instances.length, 3);
    });
  });

  describe("with a clock that runs faster", () => {
    const aws = useExampleAws(undefined, { clock: runningClock(1_000_000) });

    it("judges signatures by the callers' own clocks, which do not", async () => {
      await new Promise((resolve) => setTimeout(resolve, 5)); // an hour and more of its time
      const sso = new SSOAdminClient(await clientOf(aws()));
      assert.equal((await sso.send(new ListInstancesCommand({}))).Instances?.length, 1);
    });
  });

  it("has a clock that runs faster", async () => {
    const fast = runningClock(1000);
    const start = fast.now();
    await fast.sleep(5000); // five milliseconds
    assert(fast.now() - start >= 4000);
  });
});
