import {
  AttachUserPolicyCommand,
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  GetAccountAuthorizationDetailsCommand,
  type GetAccountAuthorizationDetailsCommandInput,
  IAMClient,
  paginateGetAccountAuthorizationDetails,
  type UserDetail,
} from "@aws-sdk/client-iam";
import assert from "node:assert/strict";
import { administratorCaller, answered, clientOf, managementCaller, memberCaller, useExampleAws } from "./exampleAws";

const allow = (Action: string) => ({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action, Resource: "*" }],
});
const account = "111111111111";

/** What a user is but for what local AWS makes up. */
function withoutIdAndDate(user: UserDetail): UserDetail {
  const made: readonly string[] = ["UserId", "CreateDate"];
  return Object.fromEntries(Object.entries(user).filter(([member]) => !made.includes(member)));
}

describe("Local AWS's GetAccountAuthorizationDetails", () => {
  const aws = useExampleAws(({ iam }) => {
    iam.users.length = 0;
    iam.roles = iam.roles.filter(({ name }) => name !== "analyst");
    for (const { policies } of iam.roles) {
      delete policies.Doctor;
    }
    iam.users.push({
      name: "carol",
      path: "/",
      policies: { Read: allow("s3:Get*") },
      permissionsBoundary: allow("s3:*"),
    });
    iam.groups.push({ name: "Operators", path: "/team/", policies: { Ops: allow("ec2:*") }, members: ["carol"] });
  });

  async function client(caller = administratorCaller): Promise<IAMClient> {
    return new IAMClient(await clientOf(aws(), caller));
  }

  async function details(input: GetAccountAuthorizationDetailsCommandInput = {}, caller = administratorCaller) {
    return answered(await (await client(caller)).send(new GetAccountAuthorizationDetailsCommand(input)));
  }

  it("answers users with their groups, policies and boundary, documents URL-encoded", async () => {
    const PolicyArn = `arn:aws:iam::${account}:policy/Base`;
    const iam = await client();
    await iam.send(new CreatePolicyCommand({ PolicyName: "Base", PolicyDocument: JSON.stringify(allow("sns:*")) }));
    await iam.send(new AttachUserPolicyCommand({ UserName: "carol", PolicyArn }));
    const { UserDetailList = [] } = await details({ Filter: ["User"] });
    assert.deepEqual(UserDetailList.map(withoutIdAndDate), [
      {
        Path: "/",
        UserName: "carol",
        Arn: `arn:aws:iam::${account}:user/carol`,
        UserPolicyList: [{ PolicyName: "Read", PolicyDocument: encodeURIComponent(JSON.stringify(allow("s3:Get*"))) }],
        GroupList: ["Operators"],
        AttachedManagedPolicies: [{ PolicyName: "Base", PolicyArn }],
        PermissionsBoundary: {
          PermissionsBoundaryType: "PermissionsBoundaryPolicy",
          PermissionsBoundaryArn: `arn:aws:iam::${account}:policy/permissions-boundary-of/carol`,
        },
        Tags: [],
      },
    ]);
  });

  it("answers groups, and roles with whom they trust", async () => {
    const { GroupDetailList = [], RoleDetailList = [], UserDetailList } = await details({ Filter: ["Group", "Role"] });
    assert.deepEqual(UserDetailList, []);
    assert.deepEqual(
      GroupDetailList.map(({ GroupName, Path, GroupPolicyList }) => [GroupName, Path, GroupPolicyList?.length]),
      [["Operators", "/team/", 1]],
    );
    const [role] = RoleDetailList.filter(({ RoleName }) => RoleName === "platform-engineer");
    assert.deepEqual(
      role?.RolePolicyList?.map(({ PolicyName }) => PolicyName),
      ["Preview", "Deploy", "Enable"],
    );
    const trust = JSON.parse(decodeURIComponent(role.AssumeRolePolicyDocument ?? "")) as object;
    assert.deepEqual(trust, {
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Principal: { AWS: account }, Action: "sts:AssumeRole" }],
    });
    assert.deepEqual([role.InstanceProfileList, "MaxSessionDuration" in role], [[], false]);
  });

  it("answers customer managed policies, boundaries among them, with all versions", async () => {
    const PolicyArn = `arn:aws:iam::${account}:policy/Base`;
    const iam = await client();
    await iam.send(new CreatePolicyCommand({ PolicyName: "Base", PolicyDocument: JSON.stringify(allow("sns:*")) }));
    const PolicyDocument = JSON.stringify(allow("sqs:*"));
    await iam.send(new CreatePolicyVersionCommand({ PolicyArn, PolicyDocument, SetAsDefault: true }));
    const { Policies = [] } = await details({ Filter: ["LocalManagedPolicy"] });
    assert.deepEqual(
      Policies.map(({ Arn, DefaultVersionId, PolicyVersionList = [] }) => [
        Arn,
        DefaultVersionId,
        ...PolicyVersionList.map(({ VersionId, IsDefaultVersion, Document = "" }) => [
          VersionId,
          IsDefaultVersion,
          JSON.parse(decodeURIComponent(Document)) as unknown,
        ]),
      ]),
      [
        [PolicyArn, "v2", ["v2", true, allow("sqs:*")], ["v1", false, allow("sns:*")]],
        [`arn:aws:iam::${account}:policy/permissions-boundary-of/carol`, "v1", ["v1", true, allow("s3:*")]],
      ],
    );
  });

  it("answers everything in pages, whose items are of all kinds, until IsTruncated is false", async () => {
    const all = await details();
    const kinds = ["UserDetailList", "GroupDetailList", "RoleDetailList", "Policies"] as const;
    const count = kinds.reduce((sum, kind) => sum + (all[kind]?.length ?? 0), 0);
    assert.deepEqual([count, all.IsTruncated, all.Marker], [6, false, undefined]);
    const pages = paginateGetAccountAuthorizationDetails({ client: await client(), pageSize: 4 }, {});
    const sizes: (number | boolean | undefined)[][] = [];
    for await (const page of pages) {
      sizes.push([...kinds.map((kind) => page[kind]?.length), page.IsTruncated]);
    }
    assert.deepEqual(sizes, [
      [1, 1, 2, 0, true],
      [0, 0, 1, 1, false],
    ]);
  });

  it("is about the caller's account alone", async () => {
    const { UserDetailList = [], RoleDetailList } = await details({}, memberCaller);
    assert.deepEqual(
      UserDetailList.map(({ UserName }) => UserName),
      ["developer"],
    );
    assert.deepEqual(RoleDetailList, []);
  });

  it("refuses a kind that there is not, a page of none, and who may not", async () => {
    const filter = { Filter: ["Users"] } as unknown as GetAccountAuthorizationDetailsCommandInput;
    await assert.rejects(details(filter), { name: "ValidationError" });
    await assert.rejects(details({ MaxItems: 0 }), { name: "ValidationError" });
    await assert.rejects(details({}, managementCaller), {
      name: "AccessDenied",
      message:
        /is not authorized to perform: iam:GetAccountAuthorizationDetails on resource: \* because no identity-based policy/,
    });
  });
});
