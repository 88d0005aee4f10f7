import {
  CreateAccountAssignmentCommand,
  CreatePermissionSetCommand,
  DescribePermissionSetProvisioningStatusCommand,
  ListInstancesCommand,
  ListPermissionSetsCommand,
  ProvisionPermissionSetCommand,
  SSOAdminClient,
} from "@aws-sdk/client-sso-admin";
import assert from "node:assert/strict";
import { awsLimits } from "../../../rehearsal/aws/limits";
import { type Clock, runningClock } from "../../../rehearsal/aws/clock";
import { barePermissionSet } from "../../../rehearsal/aws/ssoAdmin/barePermissionSet";
import { clientOf, instanceArn, useExampleAws } from "./exampleAws";

const instance = { InstanceArn: instanceArn };
const arn = "arn:aws:sso:::permissionSet/ssoins-1234567890abcdef/ps-1234567890abcdef";
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

    it("15 assignments in the making, and 3 provisionings", async () => {
      add(aws());
      const sso = await client();
      const assign = (n: number) =>
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
      for (let n = 0; n < 15; n++) await assign(n);
      await assert.rejects(assign(15), throttled);
      time += 1000;
      const input = { ...instance, PermissionSetArn: arn, TargetType: "ALL_PROVISIONED_ACCOUNTS" } as const;
      for (let n = 0; n < 3; n++) await sso.send(new ProvisionPermissionSetCommand(input));
      await assert.rejects(sso.send(new ProvisionPermissionSetCommand(input)), throttled);
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
  });

  it("has a clock that runs faster", async () => {
    const fast = runningClock(1000);
    const start = fast.now();
    await fast.sleep(5000); // five milliseconds
    assert(fast.now() - start >= 4000);
  });
});
