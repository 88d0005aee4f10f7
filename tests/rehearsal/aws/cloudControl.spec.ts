import assert from "node:assert/strict";
import {
  CloudControlClient,
  CreateResourceCommand,
  DeleteResourceCommand,
  GetResourceCommand,
  GetResourceRequestStatusCommand,
  ListResourcesCommand,
  type ProgressEvent,
  UpdateResourceCommand,
} from "@aws-sdk/client-cloudcontrol";
import { DescribePermissionSetCommand, SSOAdminClient } from "@aws-sdk/client-sso-admin";
import { administratorCaller, clientOf, exampleInstance, instanceArn, useExampleAws } from "./exampleAws";

const TypeName = "AWS::SSO::PermissionSet";
const firstArn = "arn:aws:sso:::permissionSet/ssoins-1234567890abcdef/ps-0000000000000002";
const Identifier = `${instanceArn}|${firstArn}`;

describe("Cloud Control", () => {
  const aws = useExampleAws();
  const client = async (region = "us-east-1") =>
    new CloudControlClient(await clientOf(aws(), administratorCaller, region));

  async function start(properties: object, ClientToken?: string): Promise<ProgressEvent> {
    const DesiredState = JSON.stringify({ InstanceArn: instanceArn, Name: "Developer", ...properties });
    const { ProgressEvent } = await (
      await client()
    ).send(new CreateResourceCommand({ TypeName, DesiredState, ClientToken }));
    return ProgressEvent ?? assert.fail("no ProgressEvent");
  }

  async function end({ RequestToken }: ProgressEvent): Promise<ProgressEvent> {
    const { ProgressEvent } = await (await client()).send(new GetResourceRequestStatusCommand({ RequestToken }));
    return ProgressEvent ?? assert.fail("no ProgressEvent");
  }

  const create = async (properties: object = {}) => end(await start(properties));

  async function update(patch: unknown, identifier = Identifier): Promise<ProgressEvent> {
    const PatchDocument = typeof patch === "string" ? patch : JSON.stringify(patch);
    const input = { TypeName, Identifier: identifier, PatchDocument };
    const { ProgressEvent } = await (await client()).send(new UpdateResourceCommand(input));
    return end(ProgressEvent ?? assert.fail("no ProgressEvent"));
  }

  async function remove(): Promise<ProgressEvent> {
    const { ProgressEvent } = await (await client()).send(new DeleteResourceCommand({ TypeName, Identifier }));
    assert.equal(ProgressEvent?.OperationStatus, "IN_PROGRESS");
    return end(ProgressEvent);
  }

  async function properties(): Promise<unknown> {
    const { ResourceDescription } = await (await client()).send(new GetResourceCommand({ TypeName, Identifier }));
    assert.equal(ResourceDescription?.Identifier, Identifier);
    return JSON.parse(String(ResourceDescription.Properties));
  }

  it("creates a permission set when its request is done, the one that sso-admin shows", async () => {
    const started = await start({
      Description: "Builds",
      InlinePolicy: { Version: "2012-10-17", Statement: [] },
      Tags: [{ Key: "a", Value: "b" }],
    });
    assert.deepEqual(started, {
      TypeName,
      RequestToken: "00000000-0000-4000-8000-000000000001",
      Operation: "CREATE",
      OperationStatus: "IN_PROGRESS",
      EventTime: new Date("2026-01-01T00:00:01Z"),
    });
    assert.deepEqual(aws().contents.permissionSets, []);
    const model = {
      InstanceArn: instanceArn,
      PermissionSetArn: firstArn,
      Name: "Developer",
      Description: "Builds",
      SessionDuration: "PT1H",
      ManagedPolicies: [],
      CustomerManagedPolicyReferences: [],
      InlinePolicy: '{"Version":"2012-10-17","Statement":[]}',
      Tags: [{ Key: "a", Value: "b" }],
    };
    const { ResourceModel, ...ended } = await end(started);
    assert.deepEqual(ended, {
      ...started,
      OperationStatus: "SUCCESS",
      Identifier,
      EventTime: new Date("2026-01-01T00:00:02Z"),
    });
    assert.deepEqual(JSON.parse(String(ResourceModel)), model);
    assert.deepEqual(await properties(), model);
    const sso = new SSOAdminClient(await clientOf(aws()));
    const described = await sso.send(
      new DescribePermissionSetCommand({ InstanceArn: instanceArn, PermissionSetArn: firstArn }),
    );
    assert.equal(described.PermissionSet?.Name, "Developer");
  });

  it("has its request fail when the name is taken", async () => {
    await create();
    const { OperationStatus, ErrorCode, StatusMessage } = await create({ Description: "Another" });
    assert.deepEqual([OperationStatus, ErrorCode], ["FAILED", "AlreadyExists"]);
    assert.equal(StatusMessage, "PermissionSet with name Developer already exists.");
    assert.equal(aws().contents.permissionSets.length, 1);
  });

  it("takes the same client token for the same request, and refuses it for another", async () => {
    const started = await start({}, "token-1");
    assert.equal((await start({}, "token-1")).RequestToken, started.RequestToken);
    await assert.rejects(start({ Description: "Other" }, "token-1"), { name: "ClientTokenConflictException" });
    await end(started);
    assert.equal((await start({}, "token-1")).OperationStatus, "SUCCESS");
    assert.equal(aws().contents.permissionSets.length, 1);
  });

  it("refuses properties that the type's schema does not allow, all of them at once", async () => {
    const wrong: [object, RegExp][] = [
      [{ Name: undefined }, /#\/Name: Invalid input: expected string, received undefined/],
      [{ Name: "x".repeat(33) }, /#\/Name: Too big/],
      [{ Name: "a b" }, /#\/Name: Invalid string: must match pattern/],
      [{ InstanceArn: "arn:aws:sso:::instance/x" }, /#\/InstanceArn: must be an instance ARN/],
      [{ Description: "" }, /#\/Description: Too small/],
      [{ Description: "d".repeat(701) }, /#\/Description: Too big/],
      [{ SessionDuration: "8 hours" }, /#\/SessionDuration/],
      [
        { ManagedPolicies: Array.from({ length: 26 }, () => "arn:aws:iam::aws:policy/A") },
        /#\/ManagedPolicies: Too big/,
      ],
      [{ Tags: [{ Key: "cost center", Value: "1" }] }, /#\/Tags\/0\/Key/],
      [{ InlinePolicy: 1 }, /#\/InlinePolicy/],
      [{ Title: "x" }, /#: Unrecognized key: "Title"/],
    ];
    for (const [properties, message] of wrong) {
      await assert.rejects(start(properties), { name: "ValidationException", message });
    }
    await assert.rejects(start({ Name: "", Title: 1 }), {
      message:
        'Model validation failed (#/Name: Too small: expected string to have >=1 characters; #/Name: Invalid string: must match pattern /^[\\w+=,.@-]+$/; #: Unrecognized key: "Title")',
    });
    await assert.rejects(start({ PermissionSetArn: firstArn }), { name: "InvalidRequestException" });
    assert.deepEqual(aws().contents.resourceRequests, []);
  });

  it("has its request fail for what is there twice, and for a boundary that is both policies or none", async () => {
    const readOnly = "arn:aws:iam::aws:policy/ReadOnlyAccess";
    const oneBoundary = "PermissionsBoundary must have either CustomerManagedPolicyReference or ManagedPolicyArn.";
    const wrong: [object, string, string][] = [
      [
        { ManagedPolicies: [readOnly, readOnly] },
        "AlreadyExists",
        `Permission set Developer already has a typed link attachment to a manged policy with ${readOnly}`,
      ],
      [
        { CustomerManagedPolicyReferences: [{ Name: "Base" }, { Name: "Base", Path: "/" }] },
        "AlreadyExists",
        "Given customer managed policy with name: Base  and path / already attached",
      ],
      [
        {
          Tags: [
            { Key: "a", Value: "1" },
            { Key: "a", Value: "2" },
          ],
        },
        "InvalidRequest",
        "The tag key a is there more than once.",
      ],
      [{ PermissionsBoundary: {} }, "InvalidRequest", oneBoundary],
      [
        { PermissionsBoundary: { ManagedPolicyArn: readOnly, CustomerManagedPolicyReference: { Name: "Base" } } },
        "InvalidRequest",
        oneBoundary,
      ],
    ];
    for (const [properties, code, message] of wrong) {
      const { OperationStatus, ErrorCode, StatusMessage } = await create(properties);
      assert.deepEqual([OperationStatus, ErrorCode, StatusMessage], ["FAILED", code, message]);
    }
    assert.deepEqual(aws().contents.permissionSets, []);
    const references = [{ Name: "Base" }, { Name: "Base", Path: "/team/" }];
    const tags = ["a", "A"].map((Key) => ({ Key, Value: "1" }));
    const right = { CustomerManagedPolicyReferences: references, Tags: tags, ManagedPolicies: [readOnly] };
    assert.equal((await create(right)).OperationStatus, "SUCCESS");
  });

  it("changes what a JSON Patch changes", async () => {
    await create({ Description: "Old", ManagedPolicies: ["arn:aws:iam::aws:policy/ReadOnlyAccess"] });
    const { OperationStatus, Operation } = await update([
      { op: "replace", path: "/Description", value: "New" },
      { op: "add", path: "/ManagedPolicies/-", value: "arn:aws:iam::aws:policy/job-function/ViewOnlyAccess" },
      { op: "add", path: "/InlinePolicy", value: { Version: "2012-10-17", Statement: [] } },
    ]);
    assert.deepEqual([Operation, OperationStatus], ["UPDATE", "SUCCESS"]);
    assert.deepEqual(await properties(), {
      InstanceArn: instanceArn,
      PermissionSetArn: firstArn,
      Name: "Developer",
      Description: "New",
      SessionDuration: "PT1H",
      ManagedPolicies: [
        "arn:aws:iam::aws:policy/ReadOnlyAccess",
        "arn:aws:iam::aws:policy/job-function/ViewOnlyAccess",
      ],
      CustomerManagedPolicyReferences: [],
      InlinePolicy: '{"Version":"2012-10-17","Statement":[]}',
    });
    await update([{ op: "remove", path: "/InlinePolicy" }]);
    assert.equal(aws().contents.permissionSets[0]?.inlinePolicy, "");
  });

  it("changes nothing before an update's request is done", async () => {
    await create({ ManagedPolicies: ["arn:aws:iam::aws:policy/ReadOnlyAccess"] });
    const before = structuredClone(aws().contents.permissionSets);
    const PatchDocument = JSON.stringify([
      { op: "add", path: "/ManagedPolicies/-", value: "arn:aws:iam::aws:policy/job-function/ViewOnlyAccess" },
    ]);
    await (await client()).send(new UpdateResourceCommand({ TypeName, Identifier, PatchDocument }));
    assert.deepEqual(aws().contents.permissionSets, before);
  });

  it("refuses a patch of the name or the ARN, one that does not fit and one that makes the properties invalid", async () => {
    await create();
    await assert.rejects(update([{ op: "replace", path: "/Name", value: "Other" }]), {
      name: "NotUpdatableException",
      message: "Invalid patch update: createOnlyProperties [/properties/Name] cannot be updated",
    });
    await assert.rejects(update([{ op: "remove", path: "/PermissionSetArn" }]), {
      name: "NotUpdatableException",
      message: "Invalid patch update: readOnlyProperties [/properties/PermissionSetArn] cannot be updated",
    });
    const invalidRequest = { name: "InvalidRequestException" };
    await assert.rejects(update([{ op: "remove", path: "/RelayStateType" }]), invalidRequest);
    await assert.rejects(update([{ op: "change", path: "/Description" }]), invalidRequest);
    await assert.rejects(update("{"), invalidRequest);
    await assert.rejects(update([{ op: "add", path: "/Description", value: "" }]), { name: "ValidationException" });
    await assert.rejects(update([], `${instanceArn}|${firstArn.slice(0, -1)}9`), { name: "ResourceNotFoundException" });
    await assert.rejects(update([], instanceArn), { name: "ValidationException" });
  });

  it("deletes a permission set that has no account assignment; deleting it again fails with NotFound", async () => {
    await create();
    aws().contents.accountAssignments.push({
      instanceArn,
      accountId: "222222222222",
      permissionSetArn: firstArn,
      principalType: "GROUP",
      principalId: aws().contents.groups[0]?.id ?? "",
    });
    const refused = await remove();
    assert.equal(refused.OperationStatus, "FAILED");
    assert.equal(
      refused.StatusMessage,
      "Could not delete because PermissionSet has ApplicationProfile associated with it.",
    );
    aws().contents.accountAssignments.length = 0;
    const deleted = await remove();
    assert.deepEqual([deleted.Operation, deleted.OperationStatus], ["DELETE", "SUCCESS"]);
    assert.deepEqual(aws().contents.permissionSets, []);
    const again = await remove();
    assert.deepEqual([again.OperationStatus, again.ErrorCode], ["FAILED", "NotFound"]);
    await assert.rejects(properties(), { name: "ResourceNotFoundException" });
  });

  it("works on a resource for one request at a time", async () => {
    await create();
    const cloudControl = await client();
    await cloudControl.send(new DeleteResourceCommand({ TypeName, Identifier }));
    await assert.rejects(cloudControl.send(new DeleteResourceCommand({ TypeName, Identifier })), {
      name: "ConcurrentOperationException",
    });
    assert.deepEqual(aws().contents.permissionSets, []); // the first one came through in the meantime
  });

  it("lists the permission sets of an instance in pages", async () => {
    await create();
    await create({ Name: "Auditor" });
    const [developer] = aws().contents.permissionSets;
    aws().contents.permissionSets.push({
      ...(developer ?? assert.fail()),
      instanceArn: "arn:aws:sso:::instance/other",
    });
    const cloudControl = await client();
    const ResourceModel = JSON.stringify({ InstanceArn: instanceArn });
    const first = await cloudControl.send(new ListResourcesCommand({ TypeName, ResourceModel, MaxResults: 1 }));
    assert.deepEqual(first.ResourceDescriptions, [
      { Identifier, Properties: JSON.stringify({ InstanceArn: instanceArn, PermissionSetArn: firstArn }) },
    ]);
    const { NextToken } = first;
    const second = await cloudControl.send(
      new ListResourcesCommand({ TypeName, ResourceModel, MaxResults: 1, NextToken }),
    );
    assert.equal(second.ResourceDescriptions?.length, 1);
    assert.equal(second.NextToken, undefined);
    await assert.rejects(cloudControl.send(new ListResourcesCommand({ TypeName })), {
      name: "InvalidRequestException",
      message:
        "Missing or invalid ResourceModel property in AWS::SSO::PermissionSet list handler request input. Required property: [InstanceArn]",
    });
  });

  it("knows no other types, and no requests of other Regions", async () => {
    const cloudControl = await client();
    await assert.rejects(cloudControl.send(new GetResourceCommand({ TypeName: "AWS::S3::Bucket", Identifier: "b" })), {
      name: "TypeNotFoundException",
      message:
        "Local AWS has no resource type AWS::S3::Bucket, only AWS::SSO::PermissionSet, AWS::SSO::InstanceAccessControlAttributeConfiguration, AWS::CloudFormation::StackSet.",
    });
    const { RequestToken } = await start({});
    await assert.rejects((await client("eu-west-1")).send(new GetResourceRequestStatusCommand({ RequestToken })), {
      name: "RequestTokenNotFoundException",
    });
  });

  describe("for an instance without permission sets", () => {
    const without = useExampleAws((organization) => {
      exampleInstance(organization).permissionSetsEnabled = false;
    });

    it("has its request fail", async () => {
      const cloudControl = new CloudControlClient(await clientOf(without()));
      const DesiredState = JSON.stringify({ InstanceArn: instanceArn, Name: "Developer" });
      const { ProgressEvent } = await cloudControl.send(new CreateResourceCommand({ TypeName, DesiredState }));
      const ended = await cloudControl.send(
        new GetResourceRequestStatusCommand({ RequestToken: ProgressEvent?.RequestToken }),
      );
      assert.equal(ended.ProgressEvent?.OperationStatus, "FAILED");
      assert.equal(
        ended.ProgressEvent.StatusMessage,
        "The operation is not supported for this Identity Center instance",
      );
    });
  });
});
