import assert from "node:assert/strict";
import {
  CloudControlClient,
  CreateResourceCommand,
  DeleteResourceCommand,
  GetResourceCommand,
  GetResourceRequestStatusCommand,
  type ProgressEvent,
  UpdateResourceCommand,
} from "@aws-sdk/client-cloudcontrol";
import {
  CloudFormationClient,
  CreateStackInstancesCommand,
  DeleteStackInstancesCommand,
  DescribeOrganizationsAccessCommand,
  DescribeStackSetCommand,
  DescribeStackSetOperationCommand,
  ListStackInstancesCommand,
  ListStackSetOperationResultsCommand,
  ListStackSetsCommand,
} from "@aws-sdk/client-cloudformation";
import { administratorCaller, clientOf, memberCaller, useExampleAws } from "./exampleAws";

const TypeName = "AWS::CloudFormation::StackSet";
const [dev, prod] = ["222222222222", "333333333333"] as const;

const template = (properties: object = {}, type = "AWS::IAM::ManagedPolicy") =>
  JSON.stringify({
    Resources: {
      Policy: {
        Type: type,
        Properties: {
          ManagedPolicyName: "Sessions",
          PolicyDocument: {
            Version: "2012-10-17",
            Statement: [{ Effect: "Allow", Action: "sts:SetContext", Resource: "*" }],
          },
          ...properties,
        },
      },
    },
  });

const wanted = {
  StackSetName: "sessions",
  PermissionModel: "SERVICE_MANAGED",
  Capabilities: ["CAPABILITY_NAMED_IAM"],
  AutoDeployment: { Enabled: true, RetainStacksOnAccountRemoval: false },
  OperationPreferences: { MaxConcurrentPercentage: 100 },
  TemplateBody: template(),
};

describe("StackSets with service-managed permissions", () => {
  const aws = useExampleAws();
  const cloudControl = async (caller = administratorCaller) => new CloudControlClient(await clientOf(aws(), caller));
  const client = async (caller = administratorCaller) => new CloudFormationClient(await clientOf(aws(), caller));
  const unit = (path: string) =>
    aws().contents.organizationalUnits.find((each) => each.path === path)?.id ?? aws().contents.root.id;

  async function ended(event: ProgressEvent | undefined, caller?: number): Promise<ProgressEvent> {
    const status = new GetResourceRequestStatusCommand({ RequestToken: event?.RequestToken });
    return (await (await cloudControl(caller)).send(status)).ProgressEvent ?? assert.fail();
  }

  async function create(properties: object = {}, caller?: number): Promise<ProgressEvent> {
    const DesiredState = JSON.stringify({ ...wanted, ...properties });
    const started = await (await cloudControl(caller)).send(new CreateResourceCommand({ TypeName, DesiredState }));
    return ended(started.ProgressEvent, caller);
  }

  async function made(): Promise<string> {
    const { Identifier } = await create();
    return Identifier ?? assert.fail("no identifier");
  }

  async function deployed(command: "create" | "delete", path = "Workloads"): Promise<string | undefined> {
    const targets = { OrganizationalUnitIds: [unit(path)] };
    const input = { StackSetName: "sessions", DeploymentTargets: targets, Regions: ["us-east-1"] };
    const { OperationId } =
      command === "create"
        ? await (await client()).send(new CreateStackInstancesCommand(input))
        : await (await client()).send(new DeleteStackInstancesCommand({ ...input, RetainStacks: false }));
    const describe = new DescribeStackSetOperationCommand({ StackSetName: "sessions", OperationId });
    return (await (await client()).send(describe)).StackSetOperation?.Status;
  }

  const policies = () => aws().contents.iamPolicies.map(({ arn }) => arn);

  it("are made by Cloud Control, deploy a policy to each account in use of a unit and below, and are deleted once empty", async () => {
    const id = await made();
    assert.match(id, /^sessions:[0-9a-f-]{36}$/);
    const [suspended] = aws().contents.accounts.filter(({ id: account }) => account === prod);
    assert(suspended);
    suspended.status = "SUSPENDED";
    assert.equal(await deployed("create"), "SUCCEEDED");
    assert.deepEqual(policies(), [`arn:aws:iam::${dev}:policy/Sessions`]);
    const list = new ListStackInstancesCommand({ StackSetName: "sessions", StackInstanceRegion: "us-east-1" });
    const { Summaries = [] } = await (await client()).send(list);
    assert.deepEqual(
      Summaries.map(({ Account, OrganizationalUnitId, Status }) => [Account, OrganizationalUnitId, Status]),
      [[dev, unit("Workloads"), "CURRENT"]],
    );
    const deletion = async () =>
      ended((await (await cloudControl()).send(new DeleteResourceCommand({ TypeName, Identifier: id }))).ProgressEvent);
    const refused = await deletion();
    assert.deepEqual([refused.OperationStatus, refused.StatusMessage], ["FAILED", "StackSet is not empty"]);
    assert.equal(await deployed("delete"), "SUCCEEDED");
    assert.deepEqual(policies(), []);
    assert.equal((await deletion()).OperationStatus, "SUCCESS");
    assert.deepEqual((await (await client()).send(new ListStackSetsCommand({}))).Summaries, []);
    await assert.rejects((await client()).send(list), { name: "StackSetNotFoundException" });
  });

  it("never reach the management account, not by the root either", async () => {
    await made();
    assert.equal(await deployed("create", ""), "SUCCEEDED");
    const accounts = aws().contents.iamPolicies.map(({ account }) => account);
    assert.deepEqual(accounts, [dev, prod, "444444444444"]);
  });

  it("tell what is write-only to nobody, and what the rest is", async () => {
    const Identifier = await made();
    const { ResourceDescription } = await (await cloudControl()).send(new GetResourceCommand({ TypeName, Identifier }));
    const { OperationPreferences, ...told } = wanted;
    assert(OperationPreferences);
    assert.deepEqual(JSON.parse(ResourceDescription?.Properties ?? ""), {
      ...told,
      StackSetId: Identifier,
      ManagedExecution: {},
    });
    const { StackSet } = await (await client()).send(new DescribeStackSetCommand({ StackSetName: "sessions" }));
    assert.deepEqual([StackSet?.StackSetId, StackSet?.TemplateBody], [Identifier, wanted.TemplateBody]);
  });

  it("leave an account as it was where a role is missing or the name is taken, and say so of each", async () => {
    await made();
    const [role] = aws().contents.iamPrincipals;
    assert(role);
    aws().contents.iamPrincipals.push({ ...role, account: dev, name: "analyst" });
    assert.equal(await deployed("create"), "SUCCEEDED");
    const PatchDocument = JSON.stringify([
      { op: "replace", path: "/TemplateBody", value: template({ Roles: ["analyst"] }) },
    ]);
    const [stackSet] = aws().contents.stackSets;
    const update = new UpdateResourceCommand({ TypeName, Identifier: stackSet?.id, PatchDocument });
    const updated = await ended((await (await cloudControl()).send(update)).ProgressEvent);
    assert.equal(updated.OperationStatus, "FAILED");
    assert.match(
      updated.StatusMessage ?? "",
      /^Stack set operation \[[0-9a-f-]+\] was unexpectedly stopped or failed$/,
    );
    assert.deepEqual(aws().contents.rolePolicyAttachments, [
      { account: dev, roleName: "analyst", policyArn: `arn:aws:iam::${dev}:policy/Sessions` },
    ]);
    assert.deepEqual(policies().length, 2);
    const operation = aws().contents.stackSetOperations.at(-1);
    const results = new ListStackSetOperationResultsCommand({
      StackSetName: "sessions",
      OperationId: operation?.operationId,
    });
    const { Summaries = [] } = await (await client()).send(results);
    assert.deepEqual(
      Summaries.map(({ Account, Status, StatusReason }) => [Account, Status, StatusReason]),
      [
        [dev, "SUCCEEDED", undefined],
        [prod, "FAILED", "The role with name analyst cannot be found. (Service: Iam, Status Code: 404)"],
      ],
    );
    const [policy] = aws().contents.iamPolicies;
    assert(policy);
    const account = "444444444444";
    aws().contents.iamPolicies.push({ ...policy, account, arn: policy.arn.replace(policy.account, account) });
    assert.equal(await deployed("create", "Sandbox"), "FAILED");
    const taken = stackSet?.instances.find(({ accountId }) => accountId === account);
    assert.equal(
      taken?.statusReason,
      "Resource of type 'AWS::IAM::ManagedPolicy' with identifier 'Sessions' already exists.",
    );
  });

  it("keep what others have attached when the template changes, and cannot take such a policy away", async () => {
    const Identifier = await made();
    await deployed("create");
    const [policy] = aws().contents.iamPolicies;
    assert(policy);
    const attachment = { account: policy.account, userName: "dana", policyArn: policy.arn };
    aws().contents.userPolicyAttachments.push(attachment);
    const PatchDocument = JSON.stringify([
      { op: "replace", path: "/TemplateBody", value: template({ Description: "Changed" }) },
    ]);
    const update = new UpdateResourceCommand({ TypeName, Identifier, PatchDocument });
    const updated = await ended((await (await cloudControl()).send(update)).ProgressEvent);
    assert.equal(updated.OperationStatus, "SUCCESS");
    assert.deepEqual(aws().contents.userPolicyAttachments, [attachment]);
    assert.equal(await deployed("delete"), "FAILED");
    const [left] = aws().contents.stackSets[0]?.instances ?? [];
    assert.deepEqual(
      [left?.accountId, left?.statusReason, policies()],
      [policy.account, "Cannot delete a policy attached to entities. (Service: Iam, Status Code: 409)", [policy.arn]],
    );
  });

  it("follow accounts that come and go, but not to those whose stack was deleted there", async () => {
    await made();
    await deployed("create");
    const { accounts } = aws().contents;
    const [moved, left] = [accounts[3] ?? assert.fail(), accounts[1] ?? assert.fail()];
    [moved.unitPath, left.unitPath] = ["Workloads/Production", "Sandbox"];
    await (await client()).send(new ListStackSetsCommand({})); // time passes with every call
    assert.deepEqual(
      aws().contents.iamPolicies.map(({ account }) => account),
      [prod, moved.id],
    );
    await deployed("create", "");
    await deployed("delete", "Workloads");
    await (await client()).send(new ListStackSetsCommand({}));
    assert.deepEqual(
      aws().contents.iamPolicies.map(({ account }) => account),
      [left.id],
    );
  });

  it("refuse what AWS refuses", async () => {
    const messages: [object, string, string][] = [
      [{ Capabilities: [] }, "InternalFailure", "Requires capabilities : [CAPABILITY_NAMED_IAM]"],
      [
        { TemplateBody: template({}, "AWS::IAM::Role") },
        "InternalFailure",
        'Template format error, or one that local AWS does not deploy: /Resources/Policy/Type: Invalid input: expected "AWS::IAM::ManagedPolicy"',
      ],
    ];
    for (const [properties, code, message] of messages) {
      const { ErrorCode, StatusMessage } = await create(properties);
      assert.deepEqual([ErrorCode, StatusMessage], [code, message]);
    }
    const invalid: [object, RegExp][] = [
      [{ StackSetName: "1st" }, /#\/StackSetName/],
      [{ PermissionModel: "SELF_MANAGED" }, /#\/PermissionModel: must be SERVICE_MANAGED/],
      [{ StackInstancesGroup: [] }, /Unrecognized key: "StackInstancesGroup"/],
    ];
    for (const [properties, message] of invalid) {
      await assert.rejects(create(properties), { name: "ValidationException", message });
    }
    await made();
    const again = await create();
    assert.deepEqual([again.ErrorCode, aws().contents.stackSets.length], ["AlreadyExists", 1]);
    const fromMember = await create({}, memberCaller);
    assert.match(fromMember.StatusMessage ?? "", /^You must be the management account or delegated admin account/);
    await assert.rejects(deployed("delete", "Sandbox"), {
      message: `Organizational unit ${unit("Sandbox")} not found in StackSet`,
    });
    aws().contents.trustedAccess.length = 0;
    const access = await (await client()).send(new DescribeOrganizationsAccessCommand({}));
    assert.equal(access.Status, "DISABLED");
    await assert.rejects(deployed("create"), {
      name: "ValidationError",
      message: "You must enable organizations access to operate a service managed stack set",
    });
  });

  it("have one operation at a time, unless their execution is managed, and fail where they are told to", async () => {
    await made();
    const [stackSet] = aws().contents.stackSets;
    assert(stackSet);
    const targets = { OrganizationalUnitIds: [unit("Workloads")] };
    const start = new CreateStackInstancesCommand({
      StackSetName: "sessions",
      DeploymentTargets: targets,
      Regions: ["us-east-1"],
    });
    await (await client()).send(start);
    await assert.rejects((await client()).send(start), { name: "OperationInProgressException" });
    stackSet.managedExecution = { Active: true };
    aws().faults.push({ operation: "CreateStackInstances", failure: "Not this one." });
    assert.equal(await deployed("create", "Sandbox"), "FAILED");
    assert.deepEqual(stackSet.instances, []);
  });
});
