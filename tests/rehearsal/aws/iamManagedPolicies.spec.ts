import {
  AttachRolePolicyCommand,
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  DeletePolicyCommand,
  DeletePolicyVersionCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  IAMClient,
  ListPoliciesCommand,
  type ListPoliciesCommandInput,
  ListPolicyVersionsCommand,
} from "@aws-sdk/client-iam";
import {
  AttachCustomerManagedPolicyReferenceToPermissionSetCommand,
  AttachManagedPolicyToPermissionSetCommand,
  CreateAccountAssignmentCommand,
  CreatePermissionSetCommand,
  DescribeAccountAssignmentCreationStatusCommand,
  SSOAdminClient,
} from "@aws-sdk/client-sso-admin";
import assert from "node:assert/strict";
import { parsePolicy } from "../../../policy-pack/iam/parsePolicy";
import names from "../../../rehearsal/aws/awsManagedPolicies.json";
import documents from "../../../rehearsal/aws/awsManagedPolicyDocuments.json";
import { parseOrganization } from "../../../rehearsal/aws/organization";
import {
  administratorCaller,
  answered,
  clientOf,
  instanceArn,
  managementCaller,
  memberCaller,
  useExampleAws,
} from "./exampleAws";

const managed = (name: string) => `arn:aws:iam::aws:policy/${name}`;
const statement = (Effect: string, others: object = { Action: "*", Resource: "*" }) => ({ Effect, ...others });
const policy = (...Statement: object[]) => ({ Statement, Version: "2012-10-17" });
const administrator = managed("AdministratorAccess");
const beginning = new Date("2026-01-01T00:00:00Z");

describe("Local AWS's IAM, of AWS managed policies,", () => {
  const aws = useExampleAws((organization) => {
    const [engineer] = organization.iam.roles;
    Object.assign(engineer ?? assert.fail(), {
      policies: { Read: policy(statement("Allow", { Action: "iam:GetPolicy*", Resource: administrator })) },
    });
    organization.managedPolicies.push(
      "job-function/Named",
      "SecurityAudit",
      { name: "job-function/New", document: policy(statement("Deny")) },
      { name: "ReadOnlyAccess", document: policy(statement("Allow", { Action: "s3:Get*", Resource: "*" })) },
    );
  });
  const client = async (caller = administratorCaller) => new IAMClient(await clientOf(aws(), caller));

  async function get(arn: string, caller?: number) {
    return answered(await (await client(caller)).send(new GetPolicyCommand({ PolicyArn: arn }))).Policy;
  }

  async function getVersion(arn: string, VersionId: string, caller?: number) {
    const iam = await client(caller);
    return answered(await iam.send(new GetPolicyVersionCommand({ PolicyArn: arn, VersionId }))).PolicyVersion;
  }

  /** The document of the default version, which is read as who wants to judge by a policy reads it. */
  async function documentOf(name: string): Promise<unknown> {
    const { DefaultVersionId = "" } = (await get(managed(name))) ?? {};
    const version = await getVersion(managed(name), DefaultVersionId);
    return JSON.parse(decodeURIComponent(version?.Document ?? ""));
  }

  it("lists the names of all, and those of the account apart", async () => {
    const iam = await client();
    await iam.send(new CreatePolicyCommand({ PolicyName: "Base", PolicyDocument: JSON.stringify(policy()) }));
    const listed = async (input: ListPoliciesCommandInput) =>
      (await iam.send(new ListPoliciesCommand(input))).Policies?.map(({ Arn = "" }) => Arn) ?? [];
    assert.deepEqual(await listed({ Scope: "Local" }), ["arn:aws:iam::111111111111:policy/Base"]);
    const first = await iam.send(new ListPoliciesCommand({ Scope: "AWS", MaxItems: 1000 }));
    assert.equal(first.IsTruncated, true);
    const rest = await listed({ Scope: "AWS", MaxItems: 1000, Marker: first.Marker });
    const all = [...(first.Policies ?? []).map(({ Arn = "" }) => Arn), ...rest];
    assert.deepEqual(all.toSorted(), [...names, "job-function/Named", "job-function/New"].map(managed).toSorted());
    const { Path, PolicyName, DefaultVersionId, Description } =
      first.Policies?.find(({ Arn }) => Arn === administrator) ?? {};
    assert.deepEqual([Path, PolicyName, Description], ["/", "AdministratorAccess", undefined]);
    assert.equal(DefaultVersionId, documents.AdministratorAccess.versionId);
    await assert.rejects((await client(managementCaller)).send(new ListPoliciesCommand({})), {
      message: /is not authorized to perform: iam:ListPolicies on resource: policy path \/ because/,
    });
  });

  it("tells what they are, in every account", async () => {
    const billing = managed("job-function/Billing");
    const expected = {
      PolicyName: "Billing",
      PolicyId: "ANPA52A8C6F4E6040B485",
      Arn: billing,
      Path: "/job-function/",
      DefaultVersionId: "v30",
      AttachmentCount: 0,
      PermissionsBoundaryUsageCount: 0,
      IsAttachable: true,
      CreateDate: beginning,
      UpdateDate: beginning,
    };
    assert.deepEqual(await get(billing), expected);
    assert.deepEqual(await get(billing, memberCaller), expected);
    const { PolicyName, Path, DefaultVersionId } = (await get(managed("SecurityAudit"))) ?? {};
    assert.deepEqual([PolicyName, Path, DefaultVersionId], ["SecurityAudit", "/", "v94"]);
  });

  it("answers the document of the default version, URL-encoded", async () => {
    assert.deepEqual(await getVersion(administrator, "v1"), {
      Document:
        "%7B%22Statement%22%3A%5B%7B%22Action%22%3A%22*%22%2C%22Effect%22%3A%22Allow%22%2C%22Resource%22%3A%22*%22%7D%5D%2C%22Version%22%3A%222012-10-17%22%7D",
      VersionId: "v1",
      IsDefaultVersion: true,
      CreateDate: beginning,
    });
    const everything = { Action: ["*"], Resource: "*", Sid: "DenyAll" };
    assert.deepEqual(await documentOf("AWSDenyAll"), policy(statement("Deny", everything)));
    assert.deepEqual(await documentOf("job-function/SupportUser"), documents["job-function/SupportUser"].document);
  });

  it("has no other version", async () => {
    await assert.rejects(getVersion(administrator, "v2"), {
      name: "NoSuchEntityException",
      message: `Policy ${administrator} version v2 does not exist or is not attachable.`,
    });
  });

  it("does not find one that AWS does not have: not under another path, nor in another partition", async () => {
    const others = [managed("Administrator"), managed("Billing"), administrator.replace("arn:aws:", "arn:aws-cn:")];
    for (const arn of others) {
      const expected = { name: "NoSuchEntityException", message: `Policy ${arn} was not found.` };
      await assert.rejects(get(arn), expected);
      await assert.rejects(getVersion(arn, "v1"), expected);
    }
    assert.deepEqual(
      aws().calls.map(({ status }) => status),
      [404, 404, 404, 404, 404, 404],
    );
  });

  it("says so when it does not have the document of one", async () => {
    for (const name of ["AWSLambda_FullAccess", "job-function/Named"]) {
      const expected = {
        name: "NotImplemented",
        message: `Local AWS does not have the document of ${name}: add it to managedPolicies of the organization's file.`,
      };
      await assert.rejects(get(managed(name)), expected);
      await assert.rejects(getVersion(managed(name), "v1"), expected);
    }
    assert.deepEqual(
      aws().calls.map(({ status }) => status),
      [501, 501, 501, 501],
    );
  });

  it("takes the documents of the organization's file, also in place of its own", async () => {
    assert.deepEqual(await documentOf("job-function/New"), policy(statement("Deny")));
    const read = statement("Allow", { Action: "s3:Get*", Resource: "*" });
    assert.deepEqual(await documentOf("ReadOnlyAccess"), policy(read));
    assert.equal((await get(managed("ReadOnlyAccess")))?.DefaultVersionId, "v1");
  });

  it("does nothing else with them, and says so", async () => {
    const iam = await client();
    const one = { PolicyArn: administrator };
    const version = { ...one, VersionId: "v1" };
    const expected = {
      name: "NotImplemented",
      message: "Local AWS has GetPolicy and GetPolicyVersion for AWS managed policies, and nothing else.",
    };
    await assert.rejects(iam.send(new ListPolicyVersionsCommand(one)), expected);
    await assert.rejects(iam.send(new AttachRolePolicyCommand({ ...one, RoleName: "auditor" })), expected);
    await assert.rejects(iam.send(new CreatePolicyVersionCommand({ ...one, PolicyDocument: "{}" })), expected);
    await assert.rejects(iam.send(new DeletePolicyVersionCommand(version)), expected);
    await assert.rejects(iam.send(new DeletePolicyCommand(one)), expected);
  });

  it("lets those alone read them whose policies allow it, each by its ARN", async () => {
    assert.equal((await get(administrator, managementCaller))?.PolicyName, "AdministratorAccess");
    assert.equal((await getVersion(administrator, "v1", managementCaller))?.VersionId, "v1");
    const arn = managed("PowerUserAccess");
    const denied = (action: string) => ({
      name: "AccessDenied",
      message: `User: arn:aws:sts::111111111111:assumed-role/platform-engineer/rehearsal is not authorized to perform: ${action} on resource: policy ${arn} because no identity-based policy allows the ${action} action`,
    });
    await assert.rejects(get(arn, managementCaller), denied("iam:GetPolicy"));
    await assert.rejects(getVersion(arn, "v1", managementCaller), denied("iam:GetPolicyVersion"));
  });

  it("counts the roles of permission sets that have one, in the caller's account", async () => {
    const base = "arn:aws:iam::222222222222:policy/Base";
    const member = await client(memberCaller);
    const PolicyDocument = JSON.stringify(policy(statement("Allow")));
    await member.send(new CreatePolicyCommand({ PolicyName: "Base", PolicyDocument }));
    const sso = new SSOAdminClient(await clientOf(aws(), administratorCaller));
    const InstanceArn = instanceArn;
    const { PermissionSet } = await sso.send(new CreatePermissionSetCommand({ InstanceArn, Name: "Developer" }));
    const one = { InstanceArn, PermissionSetArn: PermissionSet?.PermissionSetArn };
    await sso.send(new AttachManagedPolicyToPermissionSetCommand({ ...one, ManagedPolicyArn: administrator }));
    const CustomerManagedPolicyReference = { Name: "Base" };
    await sso.send(
      new AttachCustomerManagedPolicyReferenceToPermissionSetCommand({ ...one, CustomerManagedPolicyReference }),
    );
    const [group] = aws().contents.groups;
    const principal = { PrincipalType: "GROUP" as const, PrincipalId: group?.id };
    const target = { TargetId: "222222222222", TargetType: "AWS_ACCOUNT" as const };
    const { AccountAssignmentCreationStatus: started } = await sso.send(
      new CreateAccountAssignmentCommand({ ...one, ...principal, ...target }),
    );
    const AccountAssignmentCreationRequestId = started?.RequestId;
    const status = { InstanceArn, AccountAssignmentCreationRequestId };
    const ended = await sso.send(new DescribeAccountAssignmentCreationStatusCommand(status));
    assert.equal(ended.AccountAssignmentCreationStatus?.Status, "SUCCEEDED");

    assert.equal((await get(administrator, memberCaller))?.AttachmentCount, 1);
    assert.equal((await get(administrator))?.AttachmentCount, 0);
    assert.equal((await get(base, memberCaller))?.AttachmentCount, 1);
    await assert.rejects(member.send(new DeletePolicyCommand({ PolicyArn: base })), {
      name: "DeleteConflictException",
      message: "Cannot delete a policy attached to entities.",
    });
  });

  it("has documents that are policies, of policies that there are", () => {
    const versions: [string, { versionId: string; document: object }][] = Object.entries(documents);
    for (const [name, { versionId, document }] of versions) {
      assert.ok(names.includes(name), name);
      assert.match(versionId, /^v[1-9]\d*$/, name);
      assert.equal(parsePolicy(name, document).problems, undefined, name);
    }
    const isForJobs = (name: string) => name.startsWith("job-function/");
    const those = versions.map(([name]) => name);
    assert.deepEqual(those.filter(isForJobs), names.filter(isForJobs));
    assert.deepEqual(
      those.filter((name) => !isForJobs(name)),
      [
        ...[
          "AWSCompromisedKeyQuarantine",
          "AWSCompromisedKeyQuarantineV2",
          "AWSCompromisedKeyQuarantineV3",
          "AWSDenyAll",
        ],
        ...["AWSOrganizationsReadOnlyAccess", "AWSSSOReadOnly", "AWSSupportAccess", "AdministratorAccess"],
        ...["AmazonEC2FullAccess", "AmazonEC2ReadOnlyAccess", "AmazonQDeveloperAccess", "AmazonQFullAccess"],
        ...["AmazonS3FullAccess", "AmazonS3ReadOnlyAccess", "CloudWatchReadOnlyAccess", "IAMFullAccess"],
        ...["IAMReadOnlyAccess", "PowerUserAccess", "ReadOnlyAccess", "SecurityAudit"],
      ],
    );
  });

  it("are described in the organization's file by their names, or with documents as IAM takes them", () => {
    const described = (...managedPolicies: unknown[]) => ({
      id: "o-exampleorg1",
      managementAccount: "111111111111",
      accounts: [{ name: "management", id: "111111111111" }],
      callers: [
        { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "secret", arn: "arn:aws:iam::111111111111:root" },
      ],
      managedPolicies,
    });
    const both = ["job-function/Named", { name: "New", document: policy(statement("Allow")) }];
    assert.deepEqual(parseOrganization(described(...both)).managedPolicies, both);
    const wrong = [{ name: "New", document: policy(statement("Maybe")) }, { name: "New" }, ""];
    assert.throws(() => parseOrganization(described(...wrong), "acme.yaml"), {
      message: [
        "acme.yaml does not describe an organization:",
        '  managedPolicies.0.document: Statement[0].Effect: found "Maybe", allowed is "Allow" or "Deny"',
        "  managedPolicies.1: must be the name of an AWS managed policy with its path (job-function/New), or an object of its name and document",
        "  managedPolicies.2: Too small: expected string to have >=1 characters",
      ].join("\n"),
    });
  });
});
