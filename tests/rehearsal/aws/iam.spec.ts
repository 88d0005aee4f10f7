import {
  AttachGroupPolicyCommand,
  AttachRolePolicyCommand,
  AttachUserPolicyCommand,
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  DeletePolicyCommand,
  DeletePolicyVersionCommand,
  DetachGroupPolicyCommand,
  DetachRolePolicyCommand,
  DetachUserPolicyCommand,
  GetGroupCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  GetUserCommand,
  IAMClient,
  ListAttachedGroupPoliciesCommand,
  ListAttachedRolePoliciesCommand,
  ListAttachedUserPoliciesCommand,
  ListGroupsCommand,
  ListPolicyVersionsCommand,
  ListRolesCommand,
  ListUsersCommand,
  paginateSimulatePrincipalPolicy,
  SimulatePrincipalPolicyCommand,
  type SimulatePrincipalPolicyCommandInput,
} from "@aws-sdk/client-iam";
import assert from "node:assert/strict";
import type { Organization } from "../../../rehearsal/aws/organization";
import { administratorCaller, clientOf, memberCaller, useExampleAws } from "./exampleAws";

const allow = (Action: string | string[], others = {}) => ({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action, Resource: "*", ...others }],
});
const roleArn = (name: string) => `arn:aws:iam::111111111111:role/${name}`;
const policyArn = "arn:aws:iam::111111111111:policy/team/Base";

function addRole(
  organization: Organization,
  role: Pick<Organization["iam"]["roles"][number], "name"> & Partial<Organization["iam"]["roles"][number]>,
): void {
  organization.iam.roles.push({ path: "/", policies: {}, ...role });
}

describe("Local AWS's IAM", () => {
  const aws = useExampleAws((organization) => {
    addRole(organization, { name: "Reader", path: "/team/", policies: { Read: allow("s3:Get*") } });
    addRole(organization, {
      name: "Bounded",
      policies: { All: allow("*") },
      permissionsBoundary: allow("s3:*"),
    });
    addRole(organization, {
      name: "Denied",
      policies: {
        All: allow("*"),
        No: { Version: "2012-10-17", Statement: { Effect: "Deny", Action: "sso:*", Resource: "*" } },
      },
    });
    addRole(organization, {
      name: "InRegion",
      policies: { All: allow("*", { Condition: { StringEquals: { "aws:RequestedRegion": "us-east-1" } } }) },
    });
    addRole(organization, { name: "AWSReservedSSO_Dev_0123456789abcdef", path: "/aws-reserved/sso.amazonaws.com/" });
    organization.iam.users.push({ name: "carol", path: "/team/", policies: { Read: allow("s3:Get*") } });
    organization.iam.groups.push(
      { name: "Writers", path: "/team/", policies: { Write: allow("s3:Put*") }, members: ["carol"] },
      { name: "Strangers", path: "/", policies: { Delete: allow("s3:Delete*") }, members: [] },
    );
  });

  const client = async (caller?: number) => new IAMClient(await clientOf(aws(), caller));

  async function simulate(role: string, actions: string[], others: Partial<SimulatePrincipalPolicyCommandInput> = {}) {
    const input = { PolicySourceArn: roleArn(role), ActionNames: actions, ...others };
    const { EvaluationResults = [] } = await (await client()).send(new SimulatePrincipalPolicyCommand(input));
    return EvaluationResults;
  }

  const decisionsOf = async (...input: Parameters<typeof simulate>) =>
    (await simulate(...input)).map(({ EvalDecision }) => EvalDecision);

  describe("SimulatePrincipalPolicy", () => {
    it("judges each action by the role's own policies", async () => {
      const results = await simulate("team/Reader", ["s3:GetObject", "s3:PutObject"]);
      assert.deepEqual(
        results.map(({ EvalActionName, EvalResourceName, EvalDecision, MatchedStatements }) => [
          EvalActionName,
          EvalResourceName,
          EvalDecision,
          MatchedStatements?.map(({ SourcePolicyId }) => SourcePolicyId),
        ]),
        [
          ["s3:GetObject", "*", "allowed", ["Read"]],
          ["s3:PutObject", "*", "implicitDeny", []],
        ],
      );
    });

    it("lets a Deny and a permissions boundary take away what is allowed, and says which it was", async () => {
      assert.deepEqual(await decisionsOf("Denied", ["sso:ListApplications", "s3:GetObject"]), [
        "explicitDeny",
        "allowed",
      ]);
      const [outside, inside] = await simulate("Bounded", ["sso:ListApplications", "s3:GetObject"]);
      assert.equal(outside?.EvalDecision, "implicitDeny");
      assert.equal(outside.PermissionsBoundaryDecisionDetail?.AllowedByPermissionsBoundary, false);
      assert.equal(inside?.EvalDecision, "allowed");
      assert.equal(inside.PermissionsBoundaryDecisionDetail?.AllowedByPermissionsBoundary, true);
    });

    it("takes conditions by the context it is given, and names the keys that it misses", async () => {
      const entry = (value: string) => ({
        ContextEntries: [
          { ContextKeyName: "aws:RequestedRegion", ContextKeyType: "string" as const, ContextKeyValues: [value] },
        ],
      });
      const [missing] = await simulate("InRegion", ["s3:GetObject"]);
      assert.deepEqual(
        [missing?.EvalDecision, missing?.MissingContextValues],
        ["implicitDeny", ["aws:RequestedRegion"]],
      );
      const [given] = await simulate("InRegion", ["s3:GetObject"], entry("us-east-1"));
      assert.deepEqual([given?.EvalDecision, given?.MissingContextValues], ["allowed", []]);
      assert.deepEqual(await decisionsOf("InRegion", ["s3:GetObject"], entry("eu-west-1")), ["implicitDeny"]);
    });

    it("adds the policies of its input and those that are attached", async () => {
      const document = JSON.stringify(allow("s3:PutObject"));
      assert.deepEqual(await decisionsOf("team/Reader", ["s3:PutObject"], { PolicyInputList: [document] }), [
        "allowed",
      ]);
      assert.deepEqual(
        await decisionsOf("team/Reader", ["s3:PutObject"], { PolicyInputList: [], ContextEntries: [] }),
        ["implicitDeny"],
      );
      const iam = await client();
      await iam.send(new CreatePolicyCommand({ PolicyName: "Base", Path: "/team/", PolicyDocument: document }));
      await iam.send(new AttachRolePolicyCommand({ RoleName: "Reader", PolicyArn: policyArn }));
      assert.deepEqual(await decisionsOf("team/Reader", ["s3:PutObject"]), ["allowed"]);
    });

    it("takes a user's own policies, those of the user's groups and what is attached to either", async () => {
      const decisions = (PolicySourceArn: string) =>
        decisionsOf("", ["s3:GetObject", "s3:PutObject", "s3:DeleteObject", "sts:SetContext"], { PolicySourceArn });
      const [carol, writers] = ["user/team/carol", "group/team/Writers"].map(
        (name) => `arn:aws:iam::111111111111:${name}`,
      );
      assert(carol !== undefined && writers !== undefined);
      assert.deepEqual(await decisions(carol), ["allowed", "allowed", "implicitDeny", "implicitDeny"]);
      assert.deepEqual(await decisions(writers), ["implicitDeny", "allowed", "implicitDeny", "implicitDeny"]);
      const iam = await client();
      const document = JSON.stringify(allow("sts:SetContext"));
      await iam.send(new CreatePolicyCommand({ PolicyName: "Base", Path: "/team/", PolicyDocument: document }));
      await iam.send(new AttachGroupPolicyCommand({ GroupName: "Writers", PolicyArn: policyArn }));
      assert.deepEqual(await decisions(carol), ["allowed", "allowed", "implicitDeny", "allowed"]);
      await iam.send(new DetachGroupPolicyCommand({ GroupName: "Writers", PolicyArn: policyArn }));
      await iam.send(new AttachUserPolicyCommand({ UserName: "carol", PolicyArn: policyArn }));
      assert.deepEqual(await decisions(carol), ["allowed", "allowed", "implicitDeny", "allowed"]);
      assert.deepEqual(await decisions(writers), ["implicitDeny", "allowed", "implicitDeny", "implicitDeny"]);
    });

    it("answers in pages that may be shorter than asked for", async () => {
      const actions = ["a", "b", "c", "d", "e", "f", "g", "h", "i"].map((name) => `s3:Get${name}`);
      const input = { PolicySourceArn: roleArn("team/Reader"), ActionNames: actions, MaxItems: 100 };
      const seen: string[][] = [];
      for await (const { EvaluationResults = [] } of paginateSimulatePrincipalPolicy(
        { client: await client() },
        input,
      )) {
        seen.push(EvaluationResults.map(({ EvalActionName }) => String(EvalActionName)));
      }
      assert.deepEqual(seen, [actions.slice(0, 4), actions.slice(4, 8), actions.slice(8)]);
    });

    it("knows the principals of the caller's account, and sessions are none", async () => {
      await assert.rejects(simulate("nobody", ["s3:GetObject"]), { name: "NoSuchEntityException" });
      const sessions = { PolicySourceArn: "arn:aws:sts::111111111111:assumed-role/platform-engineer/rehearsal" };
      await assert.rejects(simulate("", ["s3:GetObject"], sessions), { name: "InvalidInputException" });
      const root = { PolicySourceArn: "arn:aws:iam::111111111111:root" };
      await assert.rejects(simulate("", ["s3:GetObject"], root), { name: "InvalidInputException" });
    });
  });

  it("tells roles and users", async () => {
    const iam = await client();
    const { Role } = await iam.send(new GetRoleCommand({ RoleName: "Reader" }));
    assert.deepEqual([Role?.Path, Role?.RoleName, Role?.Arn], ["/team/", "Reader", roleArn("team/Reader")]);
    await assert.rejects(iam.send(new GetRoleCommand({ RoleName: "nobody" })), {
      name: "NoSuchEntityException",
      message: "The role with name nobody cannot be found.",
    });
    const { Roles = [] } = await iam.send(new ListRolesCommand({ PathPrefix: "/team/" }));
    assert.deepEqual(
      Roles.map(({ RoleName }) => RoleName),
      ["Reader"],
    );
    const { User } = await (await client(memberCaller)).send(new GetUserCommand({}));
    assert.deepEqual([User?.UserName, User?.Arn], ["developer", "arn:aws:iam::222222222222:user/developer"]);
    const administrator = await client(administratorCaller);
    await assert.rejects(administrator.send(new GetUserCommand({ UserName: "developer" })), {
      name: "NoSuchEntityException",
    });
  });

  it("tells users and groups by name and by path, a group with its users", async () => {
    const iam = await client();
    const { Users = [] } = await iam.send(new ListUsersCommand({ PathPrefix: "/team/" }));
    assert.deepEqual(
      Users.map(({ Arn }) => Arn),
      ["arn:aws:iam::111111111111:user/team/carol"],
    );
    const { Groups = [] } = await iam.send(new ListGroupsCommand({}));
    assert.deepEqual(
      Groups.map(({ GroupName }) => GroupName),
      ["Writers", "Strangers"],
    );
    const { Group, Users: members = [] } = await iam.send(new GetGroupCommand({ GroupName: "Writers" }));
    assert.equal(Group?.Arn, "arn:aws:iam::111111111111:group/team/Writers");
    assert.deepEqual(
      members.map(({ UserName }) => UserName),
      ["carol"],
    );
    await assert.rejects(iam.send(new GetGroupCommand({ GroupName: "nobody" })), {
      name: "NoSuchEntityException",
      message: "The group with name nobody cannot be found.",
    });
    const ofAnotherAccount = await client(memberCaller);
    await assert.rejects(ofAnotherAccount.send(new GetGroupCommand({ GroupName: "Writers" })), {
      name: "NoSuchEntityException",
    });
  });

  it("attaches a policy to a user and a group once, tells it, and does not delete it meanwhile", async () => {
    const iam = await client();
    const document = JSON.stringify(allow("sts:SetContext"));
    await iam.send(new CreatePolicyCommand({ PolicyName: "Base", Path: "/team/", PolicyDocument: document }));
    for (let times = 0; times < 2; times++) {
      await iam.send(new AttachUserPolicyCommand({ UserName: "carol", PolicyArn: policyArn }));
      await iam.send(new AttachGroupPolicyCommand({ GroupName: "Writers", PolicyArn: policyArn }));
    }
    const attached = [{ PolicyName: "Base", PolicyArn: policyArn }];
    const listed = async () => [
      (await iam.send(new ListAttachedUserPoliciesCommand({ UserName: "carol" }))).AttachedPolicies,
      (await iam.send(new ListAttachedGroupPoliciesCommand({ GroupName: "Writers" }))).AttachedPolicies,
    ];
    assert.deepEqual(await listed(), [attached, attached]);
    const { Policy } = await iam.send(new GetPolicyCommand({ PolicyArn: policyArn }));
    assert.equal(Policy?.AttachmentCount, 2);
    await iam.send(new DetachUserPolicyCommand({ UserName: "carol", PolicyArn: policyArn }));
    await assert.rejects(iam.send(new DeletePolicyCommand({ PolicyArn: policyArn })), {
      name: "DeleteConflictException",
    });
    await assert.rejects(iam.send(new DetachUserPolicyCommand({ UserName: "carol", PolicyArn: policyArn })), {
      name: "NoSuchEntityException",
      message: `Policy ${policyArn} was not found.`,
    });
    await iam.send(new DetachGroupPolicyCommand({ GroupName: "Writers", PolicyArn: policyArn }));
    assert.deepEqual(await listed(), [[], []]);
    await iam.send(new DeletePolicyCommand({ PolicyArn: policyArn }));
    await assert.rejects(iam.send(new AttachUserPolicyCommand({ UserName: "nobody", PolicyArn: policyArn })), {
      message: "The user with name nobody cannot be found.",
    });
  });

  it("takes a policy through its whole life", async () => {
    const iam = await client();
    const document = JSON.stringify(allow("s3:GetObject"));
    const { Policy } = await iam.send(
      new CreatePolicyCommand({ PolicyName: "Base", Path: "/team/", Description: "Base", PolicyDocument: document }),
    );
    assert.deepEqual([Policy?.Arn, Policy?.DefaultVersionId, Policy?.AttachmentCount], [policyArn, "v1", 0]);
    await assert.rejects(iam.send(new CreatePolicyCommand({ PolicyName: "Base", PolicyDocument: document })), {
      name: "EntityAlreadyExistsException",
    });
    await assert.rejects(iam.send(new CreatePolicyCommand({ PolicyName: "Other", PolicyDocument: "{}" })), {
      name: "MalformedPolicyDocumentException",
    });
    const Condition = { StringEqual: { "aws:username": "alice" } };
    const unknownOperator = {
      Version: "2012-10-17",
      Statement: { Effect: "Allow", Action: "*", Resource: "*", Condition },
    };
    const malformed = { PolicyName: "Other", PolicyDocument: JSON.stringify(unknownOperator) };
    await assert.rejects(iam.send(new CreatePolicyCommand(malformed)), {
      name: "MalformedPolicyDocumentException",
      message:
        /^Statement\.Condition\.StringEqual: found the condition operator StringEqual, not a condition operator of IAM/,
    });
    const version = (n: number) => JSON.stringify(allow(`s3:Get${n}`));
    for (const n of [2, 3, 4, 5]) {
      const input = { PolicyArn: policyArn, PolicyDocument: version(n), SetAsDefault: true };
      await iam.send(new CreatePolicyVersionCommand(input));
    }
    const sixth = { PolicyArn: policyArn, PolicyDocument: version(6), SetAsDefault: true };
    await assert.rejects(iam.send(new CreatePolicyVersionCommand(sixth)), { name: "LimitExceededException" });
    await iam.send(new DeletePolicyVersionCommand({ PolicyArn: policyArn, VersionId: "v1" }));
    await assert.rejects(iam.send(new DeletePolicyVersionCommand({ PolicyArn: policyArn, VersionId: "v5" })), {
      name: "DeleteConflictException",
    });
    await iam.send(new CreatePolicyVersionCommand(sixth));
    const { Versions = [] } = await iam.send(new ListPolicyVersionsCommand({ PolicyArn: policyArn }));
    assert.deepEqual(
      Versions.map(({ VersionId, IsDefaultVersion }) => [VersionId, IsDefaultVersion]),
      [
        ["v6", true],
        ["v5", false],
        ["v4", false],
        ["v3", false],
        ["v2", false],
      ],
    );
    const { PolicyVersion } = await iam.send(new GetPolicyVersionCommand({ PolicyArn: policyArn, VersionId: "v6" }));
    assert.equal(decodeURIComponent(PolicyVersion?.Document ?? ""), version(6));

    await iam.send(new AttachRolePolicyCommand({ RoleName: "auditor", PolicyArn: policyArn }));
    await iam.send(new AttachRolePolicyCommand({ RoleName: "auditor", PolicyArn: policyArn }));
    const attached = async () =>
      (await iam.send(new ListAttachedRolePoliciesCommand({ RoleName: "auditor" }))).AttachedPolicies;
    assert.deepEqual(await attached(), [{ PolicyName: "Base", PolicyArn: policyArn }]);
    await assert.rejects(iam.send(new DeletePolicyCommand({ PolicyArn: policyArn })), {
      name: "DeleteConflictException",
      message: "Cannot delete a policy attached to entities.",
    });
    await iam.send(new DetachRolePolicyCommand({ RoleName: "auditor", PolicyArn: policyArn }));
    assert.deepEqual(await attached(), []);
    await assert.rejects(iam.send(new DetachRolePolicyCommand({ RoleName: "auditor", PolicyArn: policyArn })), {
      name: "NoSuchEntityException",
    });
    await assert.rejects(iam.send(new DeletePolicyCommand({ PolicyArn: policyArn })), {
      name: "DeleteConflictException",
      message: /more than one version/,
    });
    for (const id of ["v2", "v3", "v4", "v5"]) {
      await iam.send(new DeletePolicyVersionCommand({ PolicyArn: policyArn, VersionId: id }));
    }
    await iam.send(new DeletePolicyCommand({ PolicyArn: policyArn }));
    await assert.rejects(iam.send(new GetPolicyCommand({ PolicyArn: policyArn })), { name: "NoSuchEntityException" });
  });

  it("does not let roles be changed that AWS services keep", async () => {
    const iam = await client();
    await iam.send(
      new CreatePolicyCommand({ PolicyName: "Base", Path: "/team/", PolicyDocument: JSON.stringify(allow("*")) }),
    );
    const input = { RoleName: "AWSReservedSSO_Dev_0123456789abcdef", PolicyArn: policyArn };
    await assert.rejects(iam.send(new AttachRolePolicyCommand(input)), { name: "UnmodifiableEntityException" });
  });

  it("keeps policies and attachments between runs", async () => {
    const iam = await client();
    const policy = { PolicyName: "Base", Path: "/team/", PolicyDocument: JSON.stringify(allow("*")) };
    await iam.send(new CreatePolicyCommand(policy));
    await iam.send(new AttachRolePolicyCommand({ RoleName: "auditor", PolicyArn: policyArn }));
    await iam.send(new AttachUserPolicyCommand({ UserName: "carol", PolicyArn: policyArn }));
    await iam.send(new AttachGroupPolicyCommand({ GroupName: "Writers", PolicyArn: policyArn }));
    const { iamPolicies, rolePolicyAttachments, userPolicyAttachments, groupPolicyAttachments } = aws().save();
    assert.deepEqual(
      iamPolicies.map(({ arn }) => arn),
      [policyArn],
    );
    assert.deepEqual(rolePolicyAttachments, [{ account: "111111111111", roleName: "auditor", policyArn }]);
    assert.deepEqual(userPolicyAttachments, [{ account: "111111111111", userName: "carol", policyArn }]);
    assert.deepEqual(groupPolicyAttachments, [{ account: "111111111111", groupName: "Writers", policyArn }]);
  });
});
