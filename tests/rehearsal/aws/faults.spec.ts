import {
  CloudControlClient,
  CreateResourceCommand,
  GetResourceRequestStatusCommand,
} from "@aws-sdk/client-cloudcontrol";
import { ListTagsForResourceCommand, OrganizationsClient } from "@aws-sdk/client-organizations";
import {
  CreateAccountAssignmentCommand,
  CreatePermissionSetCommand,
  DeleteAccountAssignmentCommand,
  DescribeAccountAssignmentCreationStatusCommand,
  DescribeAccountAssignmentDeletionStatusCommand,
  DescribeInstanceCommand,
  DescribePermissionSetProvisioningStatusCommand,
  ListInstancesCommand,
  ListTagsForResourceCommand as ListTagsOfPermissionSetCommand,
  ProvisionPermissionSetCommand,
  SSOAdminClient,
  UpdateInstanceCommand,
} from "@aws-sdk/client-sso-admin";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import assert from "node:assert/strict";
import { setTimeout } from "node:timers/promises";
import { parseFault } from "../../../rehearsal/aws/faultKinds";
import { administratorCaller, call, clientOf, instanceArn, useExampleAws } from "./exampleAws";

const operation = "CreateTrustedIdentityPropagationApplicationForConsole";

describe("Faults of connections", () => {
  const aws = useExampleAws();
  const create = () => call(aws(), `AWSIDSigninControlPlane.${operation}`, { identityCenterInstanceArn: instanceArn });
  const made = () => aws().contents.applications.length;

  for (const connection of ["reset"] as const) {
    it(`${connection} it before the call takes effect, or after`, async () => {
      aws().faults.push({ operation, connection }, { operation, connection, when: "after" });
      await assert.rejects(create(), { name: "TypeError" });
      assert.equal(made(), 0);
      assert.equal(aws().calls.at(-1)?.status, 0);
      await assert.rejects(create(), { name: "TypeError" });
      assert.equal(made(), 1);
      assert.equal(aws().calls.at(-1)?.status, 200);
    });
  }

  it("cut the answer off, once the call took effect", async () => {
    aws().faults.push({ operation, connection: "truncated" });
    await assert.rejects(create());
    assert.equal(made(), 1);
  });

  it("never answer, until the caller gives up", async () => {
    aws().faults.push({ operation: "ListInstances", connection: "timeout" });
    const requestHandler = new NodeHttpHandler({ requestTimeout: 20, throwOnRequestTimeout: true });
    const patient = await clientOf(aws());
    const impatient = new SSOAdminClient({ ...patient, requestHandler });
    await assert.rejects(impatient.send(new ListInstancesCommand({})), { name: "TimeoutError" });
    assert.equal((await new SSOAdminClient(patient).send(new ListInstancesCommand({}))).Instances?.length, 1);
  });

  it("are what the SDK tries again after", async () => {
    aws().faults.push({ operation: "ListInstances", connection: "reset" });
    const client = new SSOAdminClient({ ...(await clientOf(aws())), maxAttempts: 2 });
    assert.equal((await client.send(new ListInstancesCommand({}))).Instances?.length, 1);
    assert.equal(aws().calls.length, 2);
  });

  it("leave the names of errors to the protocol", async () => {
    for (const [type, name] of [
      ["ThrottlingException", "Throttling"],
      ["ExpiredTokenException", "ExpiredToken"],
    ] as const) {
      aws().faults.push({ operation: "GetCallerIdentity", error: { type, status: 400 } });
      await assert.rejects(new STSClient(await clientOf(aws())).send(new GetCallerIdentityCommand({})), { name });
    }
  });
});

describe("Faults by their names", () => {
  const aws = useExampleAws();
  const reason = "An unexpected internal service exception was encountered";
  const sso = async () => new SSOAdminClient(await clientOf(aws(), administratorCaller));
  const ask = (name: string) => {
    aws().faults.push(parseFault(`${operation}=${name}`));
    return call(aws(), `AWSIDSigninControlPlane.${operation}`, { identityCenterInstanceArn: instanceArn });
  };
  const made = () => aws().contents.applications.length;

  for (const [name, status, __type, message] of [
    ["throttled", 400, "ThrottlingException", "Rate exceeded"],
    ["internal-failure", 500, "InternalFailureException", "InternalFailureException, as a fault asked for."],
    ["unavailable", 503, "ServiceUnavailableException", "ServiceUnavailableException, as a fault asked for."],
    ["access-denied", 400, "AccessDeniedException", "AccessDeniedException, as a fault asked for."],
    ["expired-credentials", 400, "ExpiredTokenException", "The security token included in the request is expired"],
  ] as const) {
    it(`${name} is ${__type} with ${status}, and nothing has happened`, async () => {
      const answer = await ask(name);
      assert.deepEqual([answer.status, answer.body], [status, { __type, message }]);
      assert.equal(made(), 0);
    });
  }

  for (const [name, happened] of [
    ["timeout", 0],
    ["timeout-after", 1],
    ["reset", 0],
    ["reset-after", 1],
    ["truncated", 1],
  ] as const) {
    it(`${name} loses the answer, ${happened === 0 ? "before" : "after"} it has happened`, async () => {
      const lost = ask(name);
      if (!name.startsWith("timeout")) {
        await assert.rejects(lost);
      } else {
        const waited = await Promise.race([
          lost.then(
            () => "answered",
            () => "broken",
          ),
          setTimeout(200, "waiting"),
        ]);
        assert.equal(waited, "waiting");
        lost.catch(() => undefined); // ends with local AWS
      }
      assert.equal(made(), happened);
    });
  }

  it("are of one service, if that is named, and else of each that has the operation", async () => {
    const organizations = new OrganizationsClient(await clientOf(aws(), administratorCaller));
    const created = await (await sso()).send(new CreatePermissionSetCommand({ InstanceArn: instanceArn, Name: "One" }));
    const ResourceArn = created.PermissionSet?.PermissionSetArn;
    const ofAccount = () => organizations.send(new ListTagsForResourceCommand({ ResourceId: "222222222222" }));
    const ofSet = async () =>
      (await sso()).send(new ListTagsOfPermissionSetCommand({ InstanceArn: instanceArn, ResourceArn }));
    const throttled = { name: "ThrottlingException" };
    aws().faults.push(parseFault("sso-admin:ListTagsForResource=throttled"));
    assert.deepEqual((await ofAccount()).Tags, [{ Key: "environment", Value: "dev" }]);
    await assert.rejects(ofSet(), throttled);
    assert.deepEqual((await ofSet()).Tags, []);
    aws().faults.push(parseFault("ListTagsForResource=throttled*2"));
    await assert.rejects(ofAccount(), throttled);
    await assert.rejects(ofSet(), throttled);
    assert.deepEqual((await ofSet()).Tags, []);
  });

  it("failed is how a change of the instance's key ends, not a change of its name", async () => {
    aws().faults.push(parseFault("UpdateInstance=failed"));
    const client = await sso();
    const encryption = async (input: object) => {
      await client.send(new UpdateInstanceCommand({ InstanceArn: instanceArn, ...input }));
      return (await client.send(new DescribeInstanceCommand({ InstanceArn: instanceArn })))
        .EncryptionConfigurationDetails;
    };
    assert.equal((await encryption({ Name: "platform" }))?.EncryptionStatus, "ENABLED");
    const another = { EncryptionConfiguration: { KeyType: "AWS_OWNED_KMS_KEY" } };
    assert.deepEqual(await encryption(another), {
      KeyType: "AWS_OWNED_KMS_KEY",
      EncryptionStatus: "UPDATE_FAILED",
      EncryptionStatusReason: reason,
    });
    assert.equal((await encryption(another))?.EncryptionStatus, "ENABLED");
  });

  it("failed is how an assignment, its deletion and a provisioning end", async () => {
    const client = await sso();
    const instance = { InstanceArn: instanceArn };
    const { PermissionSet } = await client.send(new CreatePermissionSetCommand({ ...instance, Name: "One" }));
    const one = { ...instance, PermissionSetArn: PermissionSet?.PermissionSetArn };
    const assignment = {
      ...{ ...one, TargetId: "222222222222", TargetType: "AWS_ACCOUNT" as const },
      ...{ PrincipalType: "GROUP" as const, PrincipalId: aws().contents.groups[0]?.id },
    };
    for (const each of ["CreateAccountAssignment", "DeleteAccountAssignment", "ProvisionPermissionSet"]) {
      aws().faults.push(parseFault(`${each}=failed`));
    }
    const creation = (await client.send(new CreateAccountAssignmentCommand(assignment)))
      .AccountAssignmentCreationStatus;
    const deletion = (
      await client.send(new DeleteAccountAssignmentCommand({ ...assignment, TargetId: "333333333333" }))
    ).AccountAssignmentDeletionStatus;
    const provisioning = (
      await client.send(new ProvisionPermissionSetCommand({ ...one, TargetType: "ALL_PROVISIONED_ACCOUNTS" }))
    ).PermissionSetProvisioningStatus;
    const created = new DescribeAccountAssignmentCreationStatusCommand({
      ...instance,
      AccountAssignmentCreationRequestId: creation?.RequestId,
    });
    const deleted = new DescribeAccountAssignmentDeletionStatusCommand({
      ...instance,
      AccountAssignmentDeletionRequestId: deletion?.RequestId,
    });
    const provisioned = new DescribePermissionSetProvisioningStatusCommand({
      ...instance,
      ProvisionPermissionSetRequestId: provisioning?.RequestId,
    });
    const ended = [
      (await client.send(created)).AccountAssignmentCreationStatus,
      (await client.send(deleted)).AccountAssignmentDeletionStatus,
      (await client.send(provisioned)).PermissionSetProvisioningStatus,
    ];
    assert.deepEqual(
      ended.map((status) => [status?.Status, status?.FailureReason]),
      [
        ["FAILED", reason],
        ["FAILED", reason],
        ["FAILED", reason],
      ],
    );
  });

  it("failed is how Cloud Control's requests end", async () => {
    aws().faults.push(parseFault("cloudcontrol:CreateResource=failed"));
    const control = new CloudControlClient(await clientOf(aws(), administratorCaller));
    const DesiredState = JSON.stringify({ InstanceArn: instanceArn, Name: "One" });
    const TypeName = "AWS::SSO::PermissionSet";
    const started = await control.send(new CreateResourceCommand({ TypeName, DesiredState }));
    const { RequestToken } = started.ProgressEvent ?? {};
    const { ProgressEvent } = await control.send(new GetResourceRequestStatusCommand({ RequestToken }));
    const { OperationStatus, ErrorCode, StatusMessage } = ProgressEvent ?? {};
    assert.deepEqual([OperationStatus, ErrorCode, StatusMessage], ["FAILED", "GeneralServiceException", reason]);
  });
});
