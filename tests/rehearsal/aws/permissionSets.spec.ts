import {
  AttachRolePolicyCommand,
  GetRoleCommand,
  IAMClient,
  ListAttachedRolePoliciesCommand,
  ListRolesCommand,
} from "@aws-sdk/client-iam";
import {
  AttachCustomerManagedPolicyReferenceToPermissionSetCommand,
  AttachManagedPolicyToPermissionSetCommand,
  CreateAccountAssignmentCommand,
  CreatePermissionSetCommand,
  DeleteAccountAssignmentCommand,
  DeletePermissionSetCommand,
  DeletePermissionsBoundaryFromPermissionSetCommand,
  DescribeAccountAssignmentCreationStatusCommand,
  DescribeAccountAssignmentDeletionStatusCommand,
  DescribePermissionSetCommand,
  DescribePermissionSetProvisioningStatusCommand,
  DetachCustomerManagedPolicyReferenceFromPermissionSetCommand,
  DetachManagedPolicyFromPermissionSetCommand,
  GetPermissionsBoundaryForPermissionSetCommand,
  ListAccountsForProvisionedPermissionSetCommand,
  ListCustomerManagedPolicyReferencesInPermissionSetCommand,
  ListPermissionSetProvisioningStatusCommand,
  ListPermissionSetsProvisionedToAccountCommand,
  ListTagsForResourceCommand,
  ProvisionPermissionSetCommand,
  PutInlinePolicyToPermissionSetCommand,
  PutPermissionsBoundaryToPermissionSetCommand,
  SSOAdminClient,
  TagResourceCommand,
  UntagResourceCommand,
  UpdatePermissionSetCommand,
} from "@aws-sdk/client-sso-admin";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import assert from "node:assert/strict";
import { barePermissionSet } from "../../../rehearsal/aws/ssoAdmin/barePermissionSet";
import {
  administratorCaller,
  clientOf,
  instanceArn,
  managementCaller,
  memberCaller,
  useExampleAws,
} from "./exampleAws";

const instance = { InstanceArn: instanceArn };
const permissionSetPrefix = "arn:aws:sso:::permissionSet/ssoins-1234567890abcdef/ps-";
const account = "222222222222";
const readOnly = "arn:aws:iam::aws:policy/ReadOnlyAccess";
const reserved = "/aws-reserved/sso.amazonaws.com/";

describe("sso-admin permission sets of its own API", () => {
  const aws = useExampleAws((organization) => {
    const found = organization.accounts.find(({ id }) => id === account);
    Object.assign(found ?? assert.fail(), { customerManagedPolicies: ["/team/Base"] });
  });
  const client = async (caller = administratorCaller) => new SSOAdminClient(await clientOf(aws(), caller));
  const iam = async (caller = memberCaller) => new IAMClient(await clientOf(aws(), caller));

  async function create(Name = "Developer") {
    const { PermissionSet } = await (await client()).send(new CreatePermissionSetCommand({ ...instance, Name }));
    return { ...instance, PermissionSetArn: PermissionSet?.PermissionSetArn };
  }

  function assignment({ PermissionSetArn }: Awaited<ReturnType<typeof create>>, TargetId = account) {
    const PrincipalId = aws().contents.groups.find(({ displayName }) => displayName === "Developers")?.id;
    const principal = { PrincipalType: "GROUP" as const, PrincipalId };
    return { ...instance, PermissionSetArn, TargetId, TargetType: "AWS_ACCOUNT" as const, ...principal };
  }

  async function assign(...wanted: Parameters<typeof assignment>) {
    const sso = await client();
    const started = await sso.send(new CreateAccountAssignmentCommand(assignment(...wanted)));
    const AccountAssignmentCreationRequestId = started.AccountAssignmentCreationStatus?.RequestId;
    const status = { ...instance, AccountAssignmentCreationRequestId };
    return (await sso.send(new DescribeAccountAssignmentCreationStatusCommand(status))).AccountAssignmentCreationStatus;
  }

  async function unassign(...unwanted: Parameters<typeof assignment>) {
    const sso = await client();
    const started = await sso.send(new DeleteAccountAssignmentCommand(assignment(...unwanted)));
    const AccountAssignmentDeletionRequestId = started.AccountAssignmentDeletionStatus?.RequestId;
    const status = { ...instance, AccountAssignmentDeletionRequestId };
    return (await sso.send(new DescribeAccountAssignmentDeletionStatusCommand(status))).AccountAssignmentDeletionStatus;
  }

  async function provision(one: Awaited<ReturnType<typeof create>>, TargetId?: string) {
    const sso = await client();
    const TargetType = TargetId === undefined ? "ALL_PROVISIONED_ACCOUNTS" : "AWS_ACCOUNT";
    const started = await sso.send(new ProvisionPermissionSetCommand({ ...one, TargetId, TargetType }));
    assert.equal(started.PermissionSetProvisioningStatus?.Status, "IN_PROGRESS");
    const ProvisionPermissionSetRequestId = started.PermissionSetProvisioningStatus.RequestId;
    const status = { ...instance, ProvisionPermissionSetRequestId };
    const ended = await sso.send(new DescribePermissionSetProvisioningStatusCommand(status));
    return ended.PermissionSetProvisioningStatus;
  }

  async function accounts(one: Awaited<ReturnType<typeof create>>, behind?: "behind") {
    const ProvisioningStatus = behind ? "LATEST_PERMISSION_SET_NOT_PROVISIONED" : "LATEST_PERMISSION_SET_PROVISIONED";
    const input = { ...one, ProvisioningStatus } as const;
    return (await (await client()).send(new ListAccountsForProvisionedPermissionSetCommand(input))).AccountIds;
  }

  const roles = async () =>
    ((await (await iam()).send(new ListRolesCommand({ PathPrefix: reserved }))).Roles ?? []).map(({ Arn }) => Arn);

  it("are made, changed and deleted; a name is taken once, and none is deleted that an account has", async () => {
    const sso = await client();
    const one = await create();
    await assert.rejects(create(), {
      name: "ConflictException",
      message: "PermissionSet with name Developer already exists.",
    });
    await sso.send(new UpdatePermissionSetCommand({ ...one, Description: "Builds", SessionDuration: "PT8H" }));
    const { PermissionSet } = await sso.send(new DescribePermissionSetCommand(one));
    assert.deepEqual([PermissionSet?.Description, PermissionSet?.SessionDuration], ["Builds", "PT8H"]);
    await assert.rejects(sso.send(new UpdatePermissionSetCommand({ ...one, SessionDuration: "PT13H" })), {
      name: "ValidationException",
    });
    await assign(one);
    await assert.rejects(sso.send(new DeletePermissionSetCommand(one)), {
      name: "ConflictException",
      message: "Could not delete because PermissionSet has ApplicationProfile associated with it.",
    });
    await unassign(one);
    await sso.send(new DeletePermissionSetCommand(one));
    assert.deepEqual(aws().contents.permissionSets, []);
  });

  it("are 3,500 of an instance at most", async () => {
    const of = (instance: string, n: number) => barePermissionSet(instance, `${permissionSetPrefix}${n}`, `Set${n}`);
    aws().contents.permissionSets.push(
      ...Array.from({ length: 3499 }, (_, n) => of(instanceArn, n)),
      ...Array.from({ length: 10 }, (_, n) => of("arn:aws:sso:::instance/ssoins-0000000000000000", n)),
    );
    await create();
    await assert.rejects(create("Auditor"), {
      name: "ServiceQuotaExceededException",
      message:
        "You have exceeded AWS SSO limits. Cannot create PermissionSet more than 3500. Please refer to https://docs.aws.amazon.com/singlesignon/latest/userguide/limits.html",
    });
    assert.equal(aws().contents.permissionSets.length, 3510);
  });

  it("have policies attached once, that there are", async () => {
    const sso = await client();
    const one = await create();
    const managed = (ManagedPolicyArn: string) => ({ ...one, ManagedPolicyArn });
    await sso.send(new AttachManagedPolicyToPermissionSetCommand(managed(readOnly)));
    await assert.rejects(sso.send(new AttachManagedPolicyToPermissionSetCommand(managed(readOnly))), {
      name: "ConflictException",
      message: `Permission set with id ${String(one.PermissionSetArn?.slice(-19))} already has a typed link attachment to a manged policy with ${readOnly}`,
    });
    const unknown = "arn:aws:iam::aws:policy/ReadOnlyAccess2";
    await assert.rejects(sso.send(new AttachManagedPolicyToPermissionSetCommand(managed(unknown))), {
      name: "ResourceNotFoundException",
      message: `Policy does not exist with ARN: ${unknown}`,
    });
    aws().contents.managedPolicies.push("ReadOnlyAccess2");
    await sso.send(new AttachManagedPolicyToPermissionSetCommand(managed(unknown)));
    await sso.send(new DetachManagedPolicyFromPermissionSetCommand(managed(unknown)));
    await assert.rejects(sso.send(new DetachManagedPolicyFromPermissionSetCommand(managed(unknown))), {
      message: `Could not find ManagedPolicy with arn ${unknown}`,
    });

    const reference = { ...one, CustomerManagedPolicyReference: { Name: "Base", Path: "/team/" } };
    await sso.send(new AttachCustomerManagedPolicyReferenceToPermissionSetCommand(reference));
    await assert.rejects(sso.send(new AttachCustomerManagedPolicyReferenceToPermissionSetCommand(reference)), {
      name: "ConflictException",
      message: "Given customer managed policy with name: Base  and path /team/ already attached",
    });
    const listed = await sso.send(new ListCustomerManagedPolicyReferencesInPermissionSetCommand(one));
    assert.deepEqual(listed.CustomerManagedPolicyReferences, [{ Name: "Base", Path: "/team/" }]);
    await sso.send(new DetachCustomerManagedPolicyReferenceFromPermissionSetCommand(reference));
    await assert.rejects(sso.send(new DetachCustomerManagedPolicyReferenceFromPermissionSetCommand(reference)), {
      name: "ResourceNotFoundException",
    });
  });

  it("have no more than 25 policies, and no longer an inline policy than AWS takes", async () => {
    const sso = await client();
    const one = await create();
    const [permissionSet] = aws().contents.permissionSets;
    const references = Array.from({ length: 25 }, (_, n) => ({ Name: `P${n}` }));
    Object.assign(permissionSet ?? assert.fail(), { customerManagedPolicyReferences: references });
    await assert.rejects(
      sso.send(new AttachManagedPolicyToPermissionSetCommand({ ...one, ManagedPolicyArn: readOnly })),
      {
        name: "ServiceQuotaExceededException",
      },
    );
    const inline = (text: string) => new PutInlinePolicyToPermissionSetCommand({ ...one, InlinePolicy: text });
    await assert.rejects(sso.send(inline("x".repeat(10_241))), { name: "ServiceQuotaExceededException" });
    await assert.rejects(sso.send(inline(" ".repeat(32_769))), { name: "ValidationException" });
    const allow = (resource: string) => ({ Effect: "Allow", Action: "s3:GetObject", Resource: `arn:${resource}` });
    const policy = (resource: string) => JSON.stringify({ Version: "2012-10-17", Statement: allow(resource) });
    await sso.send(inline(" ".repeat(20_000) + policy("x".repeat(10_240 - policy("").length))));
  });

  it("have no inline policy that IAM would not take", async () => {
    const sso = await client();
    const one = await create();
    const Condition = { StringEqual: { "aws:username": "alice" } };
    for (const wrong of [{ Action: "s3:*", Condition }, { Action: "s?s:SetContext" }, { Action: "*:Untag*" }]) {
      const statement = { Effect: "Allow", Resource: "*", ...wrong };
      const InlinePolicy = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
      await assert.rejects(sso.send(new PutInlinePolicyToPermissionSetCommand({ ...one, InlinePolicy })), {
        name: "ValidationException",
        message: `Invalid PermissionsPolicy Document ${InlinePolicy}`,
      });
    }
  });

  it("have one permissions boundary, or none", async () => {
    const sso = await client();
    const one = await create();
    await assert.rejects(sso.send(new GetPermissionsBoundaryForPermissionSetCommand(one)), {
      name: "ResourceNotFoundException",
    });
    const CustomerManagedPolicyReference = { Name: "Base" };
    for (const wrong of [{}, { ManagedPolicyArn: readOnly, CustomerManagedPolicyReference }]) {
      const input = { ...one, PermissionsBoundary: wrong };
      await assert.rejects(sso.send(new PutPermissionsBoundaryToPermissionSetCommand(input)), {
        name: "ValidationException",
        message: "PermissionsBoundary must have either CustomerManagedPolicyReference or ManagedPolicyArn.",
      });
    }
    const PermissionsBoundary = { ManagedPolicyArn: readOnly };
    await sso.send(new PutPermissionsBoundaryToPermissionSetCommand({ ...one, PermissionsBoundary }));
    const got = await sso.send(new GetPermissionsBoundaryForPermissionSetCommand(one));
    assert.deepEqual(got.PermissionsBoundary, PermissionsBoundary);
    await sso.send(new DeletePermissionsBoundaryFromPermissionSetCommand(one));
    await assert.rejects(sso.send(new DeletePermissionsBoundaryFromPermissionSetCommand(one)), {
      name: "ResourceNotFoundException",
    });
  });

  it("have no tag key twice in a call", async () => {
    const sso = await client();
    const Tags = ["a", "b", "a"].map((Key, n) => ({ Key, Value: String(n) }));
    const twice = { name: "ValidationException", message: "The tag key a is there more than once." };
    await assert.rejects(sso.send(new CreatePermissionSetCommand({ ...instance, Name: "Developer", Tags })), twice);
    assert.deepEqual(aws().contents.permissionSets, []);
    const { PermissionSetArn: ResourceArn } = await create();
    await assert.rejects(sso.send(new TagResourceCommand({ ...instance, ResourceArn, Tags })), twice);
    assert.deepEqual(aws().contents.permissionSets[0]?.tags, []);
  });

  it("have tags", async () => {
    const sso = await client();
    const { PermissionSetArn: ResourceArn } = await create();
    const tagged = { ...instance, ResourceArn };
    await sso.send(
      new TagResourceCommand({
        ...tagged,
        Tags: [
          { Key: "team", Value: "a" },
          { Key: "env", Value: "b" },
        ],
      }),
    );
    await sso.send(new TagResourceCommand({ ...tagged, Tags: [{ Key: "team", Value: "c" }] }));
    await sso.send(new UntagResourceCommand({ ...tagged, TagKeys: ["env"] }));
    assert.deepEqual((await sso.send(new ListTagsForResourceCommand(tagged))).Tags, [{ Key: "team", Value: "c" }]);
  });

  it("are assigned to users and groups of the instance's own identity store alone", async () => {
    const one = await create();
    const id = "99999999-2222-4333-8444-555555555555";
    const elsewhere = { identityStoreId: "d-0000000000", id };
    aws().contents.groups.push({ ...elsewhere, displayName: "Elsewhere", members: [] });
    aws().contents.users.push({ ...elsewhere, userName: "elsewhere" });
    const sso = await client();
    for (const PrincipalType of ["GROUP", "USER"] as const) {
      const input = { ...assignment(one), PrincipalType, PrincipalId: id };
      const started = await sso.send(new CreateAccountAssignmentCommand(input));
      const AccountAssignmentCreationRequestId = started.AccountAssignmentCreationStatus?.RequestId;
      const status = { ...instance, AccountAssignmentCreationRequestId };
      const ended = await sso.send(new DescribeAccountAssignmentCreationStatusCommand(status));
      const { Status, FailureReason } = ended.AccountAssignmentCreationStatus ?? {};
      const reason = `Received a 404 status error: the ${PrincipalType} assignee ${id} was not found in directory d-1234567890.`;
      assert.deepEqual([Status, FailureReason], ["FAILED", reason]);
    }
    assert.deepEqual(aws().contents.accountAssignments, []);
  });

  it("give an account a role with their first assignment, and take it away with their last", async () => {
    const one = await create();
    assert.deepEqual(await roles(), []);
    await assign(one);
    const [arn = ""] = await roles();
    assert.match(
      arn,
      /^arn:aws:iam::222222222222:role\/aws-reserved\/sso\.amazonaws\.com\/AWSReservedSSO_Developer_[0-9a-f]{16}$/,
    );
    const RoleName = arn.slice(arn.lastIndexOf("/") + 1);
    const { Role } = await (await iam()).send(new GetRoleCommand({ RoleName }));
    assert.match(decodeURIComponent(String(Role?.AssumeRolePolicyDocument)), /"sts:AssumeRoleWithSAML"/);
    const sts = new STSClient(await clientOf(aws(), memberCaller));
    await assert.rejects(sts.send(new AssumeRoleCommand({ RoleArn: arn, RoleSessionName: "test" })), {
      name: "AccessDenied",
    });
    await assert.rejects((await iam()).send(new AttachRolePolicyCommand({ RoleName, PolicyArn: readOnly })), {
      name: "UnmodifiableEntityException",
    });
    await unassign(one);
    assert.deepEqual(await roles(), []);
  });

  it("have their role in the path of the instance's Region, unless it is us-east-1", async () => {
    const one = await create();
    await assign(one);
    const [only] = aws().contents.instances;
    Object.assign(only ?? assert.fail(), { primaryRegion: "eu-west-1" });
    assert.match(
      String((await roles())[0]),
      /:role\/aws-reserved\/sso\.amazonaws\.com\/eu-west-1\/AWSReservedSSO_Developer_/,
    );
  });

  it("reach the accounts that have them when they are provisioned again", async () => {
    const sso = await client();
    const one = await create();
    await assign(one);
    assert.deepEqual([await accounts(one), await accounts(one, "behind")], [[account], []]);
    await sso.send(new AttachManagedPolicyToPermissionSetCommand({ ...one, ManagedPolicyArn: readOnly }));
    assert.deepEqual([await accounts(one), await accounts(one, "behind")], [[], [account]]);
    const RoleName = String((await roles())[0])
      .split("/")
      .at(-1);
    const attached = async () =>
      (await (await iam()).send(new ListAttachedRolePoliciesCommand({ RoleName }))).AttachedPolicies;
    assert.deepEqual(await attached(), []);
    const input = {
      ...instance,
      AccountId: account,
      ProvisioningStatus: "LATEST_PERMISSION_SET_NOT_PROVISIONED",
    } as const;
    const behind = await sso.send(new ListPermissionSetsProvisionedToAccountCommand(input));
    assert.deepEqual(behind.PermissionSets, [one.PermissionSetArn]);
    assert.equal((await provision(one))?.Status, "SUCCEEDED");
    assert.deepEqual([await accounts(one), await accounts(one, "behind")], [[account], []]);
    assert.deepEqual(await attached(), [{ PolicyName: "ReadOnlyAccess", PolicyArn: readOnly }]);
    const statuses = await sso.send(new ListPermissionSetProvisioningStatusCommand(instance));
    assert.deepEqual(
      statuses.PermissionSetsProvisioningStatus?.map(({ Status }) => Status),
      ["SUCCEEDED"],
    );
  });

  it("fail to be provisioned in an account that is suspended", async () => {
    const one = await create();
    assert.equal((await assign(one))?.Status, "SUCCEEDED");
    for (const each of aws().contents.accounts) each.status = "SUSPENDED";
    const reason = `AWS SSO is unable to complete your request at this time. Obtaining permissions to manage your AWS account '${account}' is taking longer than usual.`;
    for (const refused of [await assign(one), await provision(one)]) {
      assert.deepEqual([refused?.Status, refused?.FailureReason], ["FAILED", reason]);
    }
  });

  it("fail to be provisioned where a customer managed policy is missing, or when a fault says so", async () => {
    const sso = await client();
    const one = await create();
    const CustomerManagedPolicyReference = { Name: "Base", Path: "/team/" };
    const reference = { ...one, CustomerManagedPolicyReference };
    await sso.send(new AttachCustomerManagedPolicyReferenceToPermissionSetCommand(reference));
    assert.equal((await assign(one))?.Status, "SUCCEEDED");
    const missing = "Received a 404 status error: Not supported policy arn:aws:iam::333333333333:policy/team/Base.";
    const refused = await assign(one, "333333333333");
    assert.deepEqual([refused?.Status, refused?.FailureReason], ["FAILED", missing]);
    const provisioned = await provision(one, "333333333333");
    assert.deepEqual([provisioned?.Status, provisioned?.FailureReason], ["FAILED", missing]);
    aws().faults.push(
      { operation: "ProvisionPermissionSet", failure: "An unexpected internal service exception was encountered" },
      { operation: "CreateAccountAssignment", failure: "So." },
    );
    assert.equal((await provision(one))?.FailureReason, "An unexpected internal service exception was encountered");
    assert.equal((await assign(one))?.FailureReason, "So.");
    assert.deepEqual(await accounts(one), [account]);
    await assert.rejects(sso.send(new ProvisionPermissionSetCommand({ ...one, TargetType: "AWS_ACCOUNT" })), {
      name: "ValidationException",
    });
  });

  it("are assigned in the management account by who may do in IAM what AWS does there", async () => {
    const one = await create();
    const [engineer] = aws().contents.enforcedPrincipals;
    const only = { Version: "2012-10-17", Statement: { Effect: "Allow", Action: "sso:*", Resource: "*" } };
    Object.assign(engineer ?? assert.fail(), { inlinePolicies: { only } });
    const sso = await client(managementCaller);
    const started = await sso.send(new CreateAccountAssignmentCommand(assignment(one, "111111111111")));
    const AccountAssignmentCreationRequestId = started.AccountAssignmentCreationStatus?.RequestId;
    const status = { ...instance, AccountAssignmentCreationRequestId };
    const ended = await sso.send(new DescribeAccountAssignmentCreationStatusCommand(status));
    assert.match(
      String(ended.AccountAssignmentCreationStatus?.FailureReason),
      /^Received a 403 status error: Access denied by IAM\. .* is not authorized to perform: iam:GetSAMLProvider on resource: arn:aws:iam::111111111111:saml-provider\/AWSSSO_/,
    );
    assert.equal((await assign(one, "111111111111"))?.Status, "SUCCEEDED");
  });
});
