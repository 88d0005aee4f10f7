import assert from "node:assert/strict";
import {
  CreateAccountAssignmentCommand,
  DeleteAccountAssignmentCommand,
  DeleteApplicationCommand,
  DescribeAccountAssignmentCreationStatusCommand,
  DescribeAccountAssignmentDeletionStatusCommand,
  DescribeApplicationCommand,
  DescribeInstanceCommand,
  DescribePermissionSetCommand,
  GetApplicationAccessScopeCommand,
  GetApplicationAssignmentConfigurationCommand,
  GetApplicationAuthenticationMethodCommand,
  GetApplicationGrantCommand,
  GetInlinePolicyForPermissionSetCommand,
  ListAccountAssignmentCreationStatusCommand,
  ListAccountAssignmentDeletionStatusCommand,
  ListAccountAssignmentsCommand,
  ListAccountAssignmentsForPrincipalCommand,
  ListAccountsForProvisionedPermissionSetCommand,
  ListApplicationAccessScopesCommand,
  ListApplicationAuthenticationMethodsCommand,
  ListApplicationGrantsCommand,
  ListApplicationsCommand,
  ListManagedPoliciesInPermissionSetCommand,
  ListPermissionSetsCommand,
  paginateListAccountAssignmentsForPrincipal,
  type PrincipalType,
  SSOAdminClient,
} from "@aws-sdk/client-sso-admin";
import type { Contents } from "../../../rehearsal/aws/contents";
import { barePermissionSet } from "../../../rehearsal/aws/ssoAdmin/barePermissionSet";
import {
  administratorCaller,
  answered,
  call,
  clientOf,
  exampleInstance,
  instanceArn,
  managementCaller,
  memberCaller,
  useExampleAws,
} from "./exampleAws";

const instance = { InstanceArn: instanceArn };

/** Puts a permission set into the contents, as if it had always been there. */
function permissionSet({ permissionSets }: Contents, name = "Developer"): string {
  const arn = `arn:aws:sso:::permissionSet/ssoins-1234567890abcdef/ps-${name.padEnd(16, "0")}`;
  permissionSets.push({
    ...barePermissionSet(instanceArn, arn, name),
    description: `About ${name}`,
    sessionDuration: "PT8H",
    managedPolicies: ["arn:aws:iam::aws:policy/job-function/ViewOnlyAccess", "arn:aws:iam::aws:policy/ReadOnlyAccess"],
    inlinePolicy: '{"Version":"2012-10-17","Statement":[]}',
    createdDate: 1_767_225_600,
  });
  return arn;
}

function idOf(all: { id: string; displayName?: string }[], name: string): string {
  return all.find(({ displayName }) => displayName === name)?.id ?? assert.fail(`no ${name}`);
}

const developers = ({ groups }: Contents) => idOf(groups, "Developers");
const alice = ({ users }: Contents) => idOf(users, "Alice Example");

function assignment(
  permissionSetArn: string,
  principalId: string,
  type: PrincipalType = "GROUP",
  account = "222222222222",
) {
  return {
    ...instance,
    TargetId: account,
    TargetType: "AWS_ACCOUNT" as const,
    PermissionSetArn: permissionSetArn,
    PrincipalType: type,
    PrincipalId: principalId,
  };
}

describe("sso-admin instances", () => {
  const aws = useExampleAws((organization) => {
    exampleInstance(organization).additionalRegions = ["eu-west-1"];
    organization.instances.push({
      ...exampleInstance(organization),
      arn: "arn:aws:sso:::instance/ssoins-2222222222222222",
      ownerAccount: "222222222222",
      primaryRegion: "eu-central-1",
      additionalRegions: [],
      permissionSetsEnabled: false,
      status: "CREATE_FAILED",
      statusReason: "The Region was closed",
      identityStore: { id: "d-2222222222", users: [], groups: [] },
    });
    delete exampleInstance({ ...organization, instances: organization.instances.slice(1) }).name;
  });

  /** Without the SDK for JavaScript, whose pinned version does not know RegionScope yet. */
  async function listed(accessKeyId: string, region: string, RegionScope?: "ALL_REGIONS" | "CURRENT_REGION") {
    const options = { accessKeyId, region, service: "sso" };
    const { body } = await call(aws(), "SWBExternalService.ListInstances", { RegionScope }, options);
    return (body as { Instances: { InstanceArn: string }[] }).Instances.map(({ InstanceArn }) =>
      InstanceArn.slice(-16),
    );
  }
  const management = "AKIAIOSFODNN7EXAMPLE";
  const member = "AKIAI44QH8DHBEXAMPLE";

  it("are listed in their own Regions only, unless all Regions are asked for", async () => {
    assert.deepEqual(await listed(management, "us-east-1"), ["1234567890abcdef"]);
    assert.deepEqual(await listed(management, "eu-west-1"), ["1234567890abcdef"]);
    assert.deepEqual(await listed(management, "us-west-2"), []);
    assert.deepEqual(await listed(management, "us-west-2", "ALL_REGIONS"), ["1234567890abcdef"]);
  });

  it("of an account show in that account only", async () => {
    assert.deepEqual(await listed(management, "eu-central-1"), []);
    assert.deepEqual(await listed(member, "eu-central-1"), ["2222222222222222"]);
    assert.deepEqual(await listed(member, "eu-central-1", "ALL_REGIONS"), ["1234567890abcdef", "2222222222222222"]);
  });

  it("are described with owner, Regions, status and settings", async () => {
    const client = new SSOAdminClient(await clientOf(aws()));
    assert.deepEqual(answered(await client.send(new DescribeInstanceCommand(instance))), {
      InstanceArn: instanceArn,
      IdentityStoreId: "d-1234567890",
      IdentityStoreArn: "arn:aws:identitystore::111111111111:identitystore/d-1234567890",
      OwnerAccountId: "111111111111",
      Name: "example",
      CreatedDate: new Date("2026-01-01T00:00:00Z"),
      Status: "ACTIVE",
      PrimaryRegion: "us-east-1",
      Regions: [
        {
          RegionName: "us-east-1",
          Status: "ACTIVE",
          AddedDate: new Date("2026-01-01T00:00:00Z"),
          IsPrimaryRegion: true,
        },
        {
          RegionName: "eu-west-1",
          Status: "ACTIVE",
          AddedDate: new Date("2026-01-01T00:00:00Z"),
          IsPrimaryRegion: false,
        },
      ],
      EncryptionConfigurationDetails: { KeyType: "AWS_OWNED_KMS_KEY", EncryptionStatus: "ENABLED" },
      PermissionSetsEnabled: true,
    });
    const other = new SSOAdminClient(await clientOf(aws(), memberCaller, "eu-central-1"));
    const accountInstance = await other.send(
      new DescribeInstanceCommand({ InstanceArn: "arn:aws:sso:::instance/ssoins-2222222222222222" }),
    );
    assert.equal(accountInstance.OwnerAccountId, "222222222222");
    assert.equal(accountInstance.Status, "CREATE_FAILED");
    assert.equal(accountInstance.StatusReason, "The Region was closed");
    assert.equal(accountInstance.PermissionSetsEnabled, false);
  });

  it("are not described in other Regions or to accounts that do not see them", async () => {
    const elsewhere = new SSOAdminClient(await clientOf(aws(), managementCaller, "us-west-2"));
    await assert.rejects(elsewhere.send(new DescribeInstanceCommand(instance)), { name: "AccessDeniedException" });
    const seesIt = new SSOAdminClient(await clientOf(aws(), managementCaller, "eu-central-1"));
    await assert.rejects(
      seesIt.send(new DescribeInstanceCommand({ InstanceArn: "arn:aws:sso:::instance/ssoins-2222222222222222" })),
      { name: "AccessDeniedException" },
    );
  });

  it("of an account have no permission sets", async () => {
    const client = new SSOAdminClient(await clientOf(aws(), memberCaller, "eu-central-1"));
    await assert.rejects(
      client.send(new ListPermissionSetsCommand({ InstanceArn: "arn:aws:sso:::instance/ssoins-2222222222222222" })),
      { name: "ValidationException", message: "The operation is not supported for this Identity Center instance" },
    );
  });
});

describe("sso-admin permission sets", () => {
  const aws = useExampleAws((organization) => {
    exampleInstance(organization).additionalRegions = ["eu-west-1"];
  });
  const client = async (caller = managementCaller, region = "us-east-1") =>
    new SSOAdminClient(await clientOf(aws(), caller, region));

  it("are listed in pages whose tokens are good for that list only", async () => {
    const arns = ["A", "B", "C"].map((name) => permissionSet(aws().contents, name));
    const sso = await client();
    const first = await sso.send(new ListPermissionSetsCommand({ ...instance, MaxResults: 2 }));
    assert.deepEqual(first.PermissionSets, arns.slice(0, 2));
    const { NextToken } = first;
    const second = await sso.send(new ListPermissionSetsCommand({ ...instance, MaxResults: 2, NextToken }));
    assert.deepEqual(second.PermissionSets, arns.slice(2));
    assert.equal(second.NextToken, undefined);
    await assert.rejects(sso.send(new ListApplicationsCommand({ ...instance, NextToken })), {
      name: "ValidationException",
    });
    await assert.rejects(sso.send(new ListPermissionSetsCommand({ ...instance, NextToken: "2" })), {
      name: "ValidationException",
    });
    await assert.rejects(sso.send(new ListPermissionSetsCommand({ ...instance, MaxResults: 101 })), {
      name: "ValidationException",
      message:
        "1 validation error detected: Value at 'MaxResults' failed to satisfy constraint: Too big: expected number to be <=100",
    });
  });

  it("are described with their policies", async () => {
    const one = { ...instance, PermissionSetArn: permissionSet(aws().contents) };
    const sso = await client();
    assert.deepEqual((await sso.send(new DescribePermissionSetCommand(one))).PermissionSet, {
      PermissionSetArn: one.PermissionSetArn,
      Name: "Developer",
      Description: "About Developer",
      SessionDuration: "PT8H",
      CreatedDate: new Date("2026-01-01T00:00:00Z"),
    });
    const { InlinePolicy } = await sso.send(new GetInlinePolicyForPermissionSetCommand(one));
    assert.equal(InlinePolicy, '{"Version":"2012-10-17","Statement":[]}');
    const { AttachedManagedPolicies } = await sso.send(new ListManagedPoliciesInPermissionSetCommand(one));
    assert.deepEqual(AttachedManagedPolicies, [
      { Name: "ViewOnlyAccess", Arn: "arn:aws:iam::aws:policy/job-function/ViewOnlyAccess" },
      { Name: "ReadOnlyAccess", Arn: "arn:aws:iam::aws:policy/ReadOnlyAccess" },
    ]);
  });

  it("that are not there, or not in that Region, are ResourceNotFoundExceptions", async () => {
    const one = { ...instance, PermissionSetArn: permissionSet(aws().contents) };
    const notFound = { name: "ResourceNotFoundException" };
    await assert.rejects(
      (await client(managementCaller, "eu-west-1")).send(new DescribePermissionSetCommand(one)),
      notFound,
    );
    aws().contents.permissionSets.length = 0;
    await assert.rejects((await client()).send(new DescribePermissionSetCommand(one)), notFound);
    await assert.rejects(
      (await client()).send(
        new ListPermissionSetsCommand({ InstanceArn: "arn:aws:sso:::instance/ssoins-0000000000000000" }),
      ),
      notFound,
    );
  });

  it("are closed to member accounts, until their account is a delegated administrator", async () => {
    const sso = await client(memberCaller);
    await assert.rejects(sso.send(new ListPermissionSetsCommand(instance)), { name: "AccessDeniedException" });
    aws().contents.delegatedAdministrators["sso.amazonaws.com"] = ["222222222222"];
    assert.deepEqual((await sso.send(new ListPermissionSetsCommand(instance))).PermissionSets, []);
  });
});

describe("sso-admin account assignments", () => {
  const aws = useExampleAws();
  const client = async (caller = managementCaller) => new SSOAdminClient(await clientOf(aws(), caller));

  async function create(wanted: ReturnType<typeof assignment>) {
    const sso = await client();
    const { AccountAssignmentCreationStatus: started } = await sso.send(new CreateAccountAssignmentCommand(wanted));
    assert.equal(started?.Status, "IN_PROGRESS");
    const request = { ...instance, AccountAssignmentCreationRequestId: started.RequestId };
    const { AccountAssignmentCreationStatus: ended } = await sso.send(
      new DescribeAccountAssignmentCreationStatusCommand(request),
    );
    return ended;
  }

  async function remove(unwanted: ReturnType<typeof assignment>) {
    const sso = await client();
    const { AccountAssignmentDeletionStatus: started } = await sso.send(new DeleteAccountAssignmentCommand(unwanted));
    assert.equal(started?.Status, "IN_PROGRESS");
    const request = { ...instance, AccountAssignmentDeletionRequestId: started.RequestId };
    const { AccountAssignmentDeletionStatus: ended } = await sso.send(
      new DescribeAccountAssignmentDeletionStatusCommand(request),
    );
    return ended;
  }

  it("are made when their request is done, not when it starts", async () => {
    const { contents } = aws();
    const wanted = assignment(permissionSet(contents), developers(contents));
    const sso = await client();
    const { AccountAssignmentCreationStatus: started } = await sso.send(new CreateAccountAssignmentCommand(wanted));
    assert.deepEqual(started, {
      TargetId: "222222222222",
      TargetType: "AWS_ACCOUNT",
      PermissionSetArn: wanted.PermissionSetArn,
      PrincipalType: "GROUP",
      PrincipalId: wanted.PrincipalId,
      Status: "IN_PROGRESS",
      RequestId: "00000000-0000-4000-8000-000000000001",
      CreatedDate: new Date("2026-01-01T00:00:01Z"),
    });
    assert.deepEqual(contents.accountAssignments, []);
    const request = { ...instance, AccountAssignmentCreationRequestId: started.RequestId };
    const described = await sso.send(new DescribeAccountAssignmentCreationStatusCommand(request));
    assert.equal(described.AccountAssignmentCreationStatus?.Status, "SUCCEEDED");
    assert.deepEqual(contents.accountAssignments, [
      {
        instanceArn,
        accountId: "222222222222",
        permissionSetArn: wanted.PermissionSetArn,
        principalType: "GROUP",
        principalId: wanted.PrincipalId,
      },
    ]);
  });

  it("that exist already are made again with success, and are still there once", async () => {
    const { contents } = aws();
    const wanted = assignment(permissionSet(contents), developers(contents));
    await create(wanted);
    assert.equal((await create(wanted))?.Status, "SUCCEEDED");
    assert.equal(contents.accountAssignments.length, 1);
  });

  it("of a principal or account that is not there end FAILED with a reason", async () => {
    const { contents } = aws();
    const arn = permissionSet(contents);
    const unknown = "00000000-1111-4222-8333-444444444444";
    const group = await create(assignment(arn, unknown));
    assert.equal(group?.Status, "FAILED");
    assert.equal(
      group.FailureReason,
      `Received a 404 status error: the GROUP assignee ${unknown} was not found in directory d-1234567890.`,
    );
    const groupAsUser = await create(assignment(arn, developers(contents), "USER"));
    assert.match(String(groupAsUser?.FailureReason), /^Received a 404 status error: the USER assignee/);
    const account = await create(assignment(arn, developers(contents), "GROUP", "999999999999"));
    assert.match(String(account?.FailureReason), /no account 999999999999/);
    assert.deepEqual(contents.accountAssignments, []);
  });

  it("of a permission set that is not there are refused at once", async () => {
    const { contents } = aws();
    const wanted = assignment(permissionSet(contents), developers(contents));
    contents.permissionSets.length = 0;
    await assert.rejects(create(wanted), { name: "ResourceNotFoundException" });
    assert.deepEqual(contents.accountAssignmentOperations, []);
  });

  it("are deleted when their request is done; deleting one that is not there ends FAILED", async () => {
    const { contents } = aws();
    const arn = permissionSet(contents);
    await create(assignment(arn, developers(contents)));
    await create(assignment(arn, developers(contents), "GROUP", "333333333333"));
    assert.equal((await remove(assignment(arn, developers(contents))))?.Status, "SUCCEEDED");
    assert.deepEqual(
      contents.accountAssignments.map(({ accountId }) => accountId),
      ["333333333333"],
    );
    const again = await remove(assignment(arn, developers(contents)));
    assert.equal(again?.Status, "FAILED");
    assert.match(String(again.FailureReason), /^Received a 404 status error: EntitlementItem doesn't exist/);
  });

  it("cannot be changed while a request for the same one goes on, which is done a little later", async () => {
    const { contents } = aws();
    const wanted = assignment(permissionSet(contents), developers(contents));
    const sso = await client();
    await sso.send(new CreateAccountAssignmentCommand(wanted));
    await assert.rejects(sso.send(new DeleteAccountAssignmentCommand(wanted)), { name: "ConflictException" });
    assert.equal(contents.accountAssignments.length, 1);
    assert.equal((await remove(wanted))?.Status, "SUCCEEDED");
  });

  it("in the making are listed by status, separately from those being deleted", async () => {
    const { contents } = aws();
    const arn = permissionSet(contents);
    await create(assignment(arn, developers(contents)));
    await create(assignment(arn, "00000000-1111-4222-8333-444444444444"));
    const sso = await client();
    const list = async (Status?: "SUCCEEDED" | "FAILED" | "IN_PROGRESS") => {
      const input = { ...instance, Filter: Status && { Status } };
      const { AccountAssignmentsCreationStatus } = await sso.send(
        new ListAccountAssignmentCreationStatusCommand(input),
      );
      return AccountAssignmentsCreationStatus;
    };
    assert.deepEqual(
      (await list())?.map(({ Status }) => Status),
      ["SUCCEEDED", "FAILED"],
    );
    const [failed, ...others] = (await list("FAILED")) ?? [];
    assert.deepEqual(Object.keys(failed ?? {}), ["Status", "RequestId", "CreatedDate"]);
    assert.deepEqual(others, []);
    assert.deepEqual(await list("IN_PROGRESS"), []);
    const { AccountAssignmentsDeletionStatus } = await sso.send(
      new ListAccountAssignmentDeletionStatusCommand(instance),
    );
    assert.deepEqual(AccountAssignmentsDeletionStatus, []);
  });

  it("are listed by account and by principal, a user's with those of the user's groups", async () => {
    const { contents } = aws();
    const [developer, auditor] = [permissionSet(contents), permissionSet(contents, "Auditor")];
    await create(assignment(developer, developers(contents)));
    await create(assignment(developer, alice(contents), "USER"));
    await create(assignment(auditor, alice(contents), "USER", "333333333333"));
    const sso = await client();
    const inAccount = await sso.send(
      new ListAccountAssignmentsCommand({ ...instance, AccountId: "222222222222", PermissionSetArn: developer }),
    );
    assert.deepEqual(inAccount.AccountAssignments, [
      {
        AccountId: "222222222222",
        PermissionSetArn: developer,
        PrincipalType: "GROUP",
        PrincipalId: developers(contents),
      },
      { AccountId: "222222222222", PermissionSetArn: developer, PrincipalType: "USER", PrincipalId: alice(contents) },
    ]);
    const ofAlice = { ...instance, PrincipalId: alice(contents), PrincipalType: "USER" as const };
    const found: string[] = [];
    for await (const { AccountAssignments = [] } of paginateListAccountAssignmentsForPrincipal(
      { client: sso, pageSize: 1 },
      { ...ofAlice }, // it writes the page's token into its input
    )) {
      assert.equal(AccountAssignments.length, 1);
      found.push(...AccountAssignments.map((each) => `${String(each.AccountId)} ${String(each.PrincipalType)}`));
    }
    assert.deepEqual(found, ["222222222222 GROUP", "222222222222 USER", "333333333333 USER"]);
    const inOne = await sso.send(
      new ListAccountAssignmentsForPrincipalCommand({ ...ofAlice, Filter: { AccountId: "333333333333" } }),
    );
    assert.deepEqual(
      inOne.AccountAssignments?.map(({ PermissionSetArn }) => PermissionSetArn),
      [auditor],
    );
    const ofGroup = await sso.send(
      new ListAccountAssignmentsForPrincipalCommand({
        ...ofAlice,
        PrincipalId: developers(contents),
        PrincipalType: "GROUP",
      }),
    );
    assert.equal(ofGroup.AccountAssignments?.length, 1);
  });

  it("provision their permission set in an account, once", async () => {
    const { contents } = aws();
    const arn = permissionSet(contents);
    await create(assignment(arn, developers(contents)));
    await create(assignment(arn, alice(contents), "USER"));
    const sso = await client();
    const input = { ...instance, PermissionSetArn: arn };
    const { AccountIds } = await sso.send(new ListAccountsForProvisionedPermissionSetCommand(input));
    assert.deepEqual(AccountIds, ["222222222222"]);
    const ProvisioningStatus = "LATEST_PERMISSION_SET_NOT_PROVISIONED";
    const behind = await sso.send(new ListAccountsForProvisionedPermissionSetCommand({ ...input, ProvisioningStatus }));
    assert.deepEqual(behind.AccountIds, []);
  });

  it("of the management account are its own affair, and only it lists by principal", async () => {
    const { contents } = aws();
    contents.delegatedAdministrators["sso.amazonaws.com"] = ["222222222222"];
    const arn = permissionSet(contents);
    const delegated = await client(memberCaller);
    await assert.rejects(
      delegated.send(
        new CreateAccountAssignmentCommand(assignment(arn, developers(contents), "GROUP", "111111111111")),
      ),
      { name: "AccessDeniedException" },
    );
    await delegated.send(
      new CreateAccountAssignmentCommand(assignment(arn, developers(contents), "GROUP", "333333333333")),
    );
    await assert.rejects(
      delegated.send(
        new ListAccountAssignmentsForPrincipalCommand({
          ...instance,
          PrincipalId: developers(contents),
          PrincipalType: "GROUP",
        }),
      ),
      { name: "AccessDeniedException" },
    );
  });

  describe("with more patience asked for", () => {
    const slow = useExampleAws(undefined, { statusPolls: 3 });

    it("stay IN_PROGRESS until their status was asked for that often", async () => {
      const { contents } = slow();
      const sso = new SSOAdminClient(await clientOf(slow()));
      const { AccountAssignmentCreationStatus } = await sso.send(
        new CreateAccountAssignmentCommand(assignment(permissionSet(contents), developers(contents))),
      );
      const request = { ...instance, AccountAssignmentCreationRequestId: AccountAssignmentCreationStatus?.RequestId };
      const statuses: unknown[] = [];
      for (let poll = 0; poll < 3; poll++) {
        const answer = await sso.send(new DescribeAccountAssignmentCreationStatusCommand(request));
        statuses.push(answer.AccountAssignmentCreationStatus?.Status);
      }
      assert.deepEqual(statuses, ["IN_PROGRESS", "IN_PROGRESS", "SUCCEEDED"]);
    });
  });
});

describe("sso-admin applications", () => {
  const aws = useExampleAws((organization) => {
    exampleInstance(organization).identityAwareSessions = true;
  });
  const arn = "arn:aws:sso::111111111111:application/ssoins-1234567890abcdef/apl-0000000000000001";

  it("have the one that is the switch", async () => {
    const sso = new SSOAdminClient(await clientOf(aws()));
    const { Applications } = await sso.send(new ListApplicationsCommand(instance));
    const application = {
      ApplicationArn: arn,
      Name: "TrustedIdentityPropagationApplicationForConsole",
      ApplicationAccount: "111111111111",
      InstanceArn: instanceArn,
      IdentityStoreArn: "arn:aws:identitystore::111111111111:identitystore/d-1234567890",
      Status: "ENABLED",
      CreatedDate: new Date("2026-01-01T00:00:01Z"),
      CreatedFrom: "us-east-1",
    };
    assert.deepEqual(Applications, [application]);
    const described = await sso.send(new DescribeApplicationCommand({ ApplicationArn: arn }));
    assert.deepEqual(answered(described), application);
    const Filter = { ApplicationAccount: "222222222222" };
    assert.deepEqual((await sso.send(new ListApplicationsCommand({ ...instance, Filter }))).Applications, []);
  });

  it("tell what they are made up of: grants, authentication methods, access scopes, assignment configuration", async () => {
    const sso = new SSOAdminClient(await clientOf(aws(), administratorCaller));
    const ofIt = { ApplicationArn: arn };
    const configuration = await sso.send(new GetApplicationAssignmentConfigurationCommand(ofIt));
    assert.equal(configuration.AssignmentRequired, false);
    const GrantType = "urn:ietf:params:oauth:grant-type:token-exchange";
    const { Grants } = await sso.send(new ListApplicationGrantsCommand(ofIt));
    assert.deepEqual(Grants, [{ GrantType, Grant: { TokenExchange: {} } }]);
    const { Grant } = await sso.send(new GetApplicationGrantCommand({ ...ofIt, GrantType }));
    assert.deepEqual(Grant, { TokenExchange: {} });
    const { AuthenticationMethods } = await sso.send(new ListApplicationAuthenticationMethodsCommand(ofIt));
    assert.deepEqual(
      AuthenticationMethods?.map(({ AuthenticationMethodType }) => AuthenticationMethodType),
      ["IAM"],
    );
    const method = { ...ofIt, AuthenticationMethodType: "IAM" } as const;
    const { AuthenticationMethod } = await sso.send(new GetApplicationAuthenticationMethodCommand(method));
    assert.deepEqual(AuthenticationMethod, AuthenticationMethods[0]?.AuthenticationMethod);
    const Scope = "sts:identity_context";
    assert.deepEqual((await sso.send(new ListApplicationAccessScopesCommand(ofIt))).Scopes, [{ Scope }]);
    assert.equal((await sso.send(new GetApplicationAccessScopeCommand({ ...ofIt, Scope }))).Scope, Scope);
    const none = { name: "ResourceNotFoundException" };
    await assert.rejects(sso.send(new GetApplicationGrantCommand({ ...ofIt, GrantType: "refresh_token" })), none);
    await assert.rejects(sso.send(new GetApplicationAccessScopeCommand({ ...ofIt, Scope: "other" })), none);
    const other = { ApplicationArn: `${arn.slice(0, -1)}9` };
    await assert.rejects(sso.send(new ListApplicationGrantsCommand(other)), none);
  });

  it("are deleted once, by an administrator of the instance", async () => {
    const member = new SSOAdminClient(await clientOf(aws(), memberCaller));
    await assert.rejects(member.send(new DeleteApplicationCommand({ ApplicationArn: arn })), {
      name: "AccessDeniedException",
    });
    const sso = new SSOAdminClient(await clientOf(aws()));
    await sso.send(new DeleteApplicationCommand({ ApplicationArn: arn }));
    assert.deepEqual(aws().contents.applications, []);
    await assert.rejects(sso.send(new DeleteApplicationCommand({ ApplicationArn: arn })), {
      name: "ResourceNotFoundException",
    });
  });
});
