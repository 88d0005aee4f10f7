import assert from "node:assert/strict";
import {
  DescribeAccountCommand,
  DescribeOrganizationCommand,
  ListAccountsCommand,
  ListAccountsForParentCommand,
  ListDelegatedAdministratorsCommand,
  ListOrganizationalUnitsForParentCommand,
  ListParentsCommand,
  ListRootsCommand,
  ListTagsForResourceCommand,
  OrganizationsClient,
} from "@aws-sdk/client-organizations";
import { clientOf, administratorCaller, memberCaller, useExampleAws } from "./exampleAws";

describe("organizations", () => {
  const aws = useExampleAws((organization) => {
    organization.organizationalUnits = ["Workloads/Staging"];
  });
  const client = async (caller = administratorCaller) => new OrganizationsClient(await clientOf(aws(), caller));

  async function units(ParentId: string | undefined) {
    const answer = await (await client()).send(new ListOrganizationalUnitsForParentCommand({ ParentId }));
    return answer.OrganizationalUnits ?? [];
  }

  it("describes the organization to every account of it", async () => {
    for (const caller of [administratorCaller, memberCaller]) {
      const { Organization } = await (await client(caller)).send(new DescribeOrganizationCommand({}));
      assert.equal(Organization?.MasterAccountId, "111111111111");
      assert.equal(Organization.Arn, "arn:aws:organizations::111111111111:organization/o-exampleorg1");
    }
  });

  it("shows accounts to the management account and delegated administrators only", async () => {
    const member = await client(memberCaller);
    await assert.rejects(member.send(new ListAccountsCommand({})), { name: "AccessDeniedException" });
    const organizations = await client();
    assert.deepEqual(
      (await organizations.send(new ListDelegatedAdministratorsCommand({}))).DelegatedAdministrators,
      [],
    );
    aws().contents.delegatedAdministrators["sso.amazonaws.com"] = ["222222222222"];
    const { Accounts } = await member.send(new ListAccountsCommand({}));
    assert.deepEqual(
      Accounts?.map(({ Name }) => Name),
      ["management", "payments-dev", "payments-prod", "sandbox"],
    );
    const ServicePrincipal = "sso.amazonaws.com";
    const sso = await organizations.send(new ListDelegatedAdministratorsCommand({ ServicePrincipal }));
    assert.deepEqual(
      sso.DelegatedAdministrators?.map(({ Id }) => Id),
      ["222222222222"],
    );
    const other = await organizations.send(
      new ListDelegatedAdministratorsCommand({ ServicePrincipal: "config.amazonaws.com" }),
    );
    assert.deepEqual(other.DelegatedAdministrators, []);
  });

  it("lists accounts in pages of at most 20", async () => {
    const organizations = await client();
    const { Accounts, NextToken } = await organizations.send(new ListAccountsCommand({ MaxResults: 3 }));
    assert.equal(Accounts?.length, 3);
    const last = await organizations.send(new ListAccountsCommand({ MaxResults: 3, NextToken }));
    assert.equal(last.Accounts?.[0]?.Name, "sandbox");
    assert.equal(last.NextToken, undefined);
    await assert.rejects(organizations.send(new ListAccountsCommand({ MaxResults: 21 })), {
      name: "InvalidInputException",
    });
    await assert.rejects(organizations.send(new ListAccountsCommand({ NextToken: "x" })), {
      name: "InvalidInputException",
    });
  });

  it("describes an account and its tags", async () => {
    const organizations = await client();
    const { Account } = await organizations.send(new DescribeAccountCommand({ AccountId: "333333333333" }));
    assert.deepEqual(Account, {
      Id: "333333333333",
      Arn: "arn:aws:organizations::111111111111:account/o-exampleorg1/333333333333",
      Email: "333333333333@example.com",
      Name: "payments-prod",
      Status: "ACTIVE",
      State: "ACTIVE",
      JoinedMethod: "CREATED",
      JoinedTimestamp: new Date("2026-01-01T00:00:00Z"),
    });
    const { Tags } = await organizations.send(new ListTagsForResourceCommand({ ResourceId: "333333333333" }));
    assert.deepEqual(Tags, [{ Key: "environment", Value: "prod" }]);
    await assert.rejects(organizations.send(new DescribeAccountCommand({ AccountId: "999999999999" })), {
      name: "AccountNotFoundException",
    });
    await assert.rejects(organizations.send(new ListTagsForResourceCommand({ ResourceId: "999999999999" })), {
      name: "TargetNotFoundException",
    });
  });

  it("leads from the root through the units to the accounts, and back", async () => {
    const organizations = await client();
    const { Roots } = await organizations.send(new ListRootsCommand({}));
    const root = Roots?.[0]?.Id;
    assert.match(String(root), /^r-[0-9a-z]{4}$/);
    const [workloads, sandbox, ...others] = await units(root);
    assert.deepEqual([workloads?.Name, sandbox?.Name, others], ["Workloads", "Sandbox", []]);
    assert.match(String(workloads?.Id), /^ou-[0-9a-z]{4}-[0-9a-z]{8}$/);
    assert.deepEqual(
      (await units(workloads?.Id)).map(({ Name }) => Name),
      ["Development", "Production", "Staging"],
    );
    const [development] = await units(workloads?.Id);
    const inDevelopment = await organizations.send(new ListAccountsForParentCommand({ ParentId: development?.Id }));
    assert.deepEqual(
      inDevelopment.Accounts?.map(({ Name }) => Name),
      ["payments-dev"],
    );
    const inRoot = await organizations.send(new ListAccountsForParentCommand({ ParentId: root }));
    assert.deepEqual(
      inRoot.Accounts?.map(({ Name }) => Name),
      ["management"],
    );
    const parents = async (ChildId: string | undefined) =>
      (await organizations.send(new ListParentsCommand({ ChildId }))).Parents;
    assert.deepEqual(await parents("222222222222"), [{ Id: development?.Id, Type: "ORGANIZATIONAL_UNIT" }]);
    assert.deepEqual(await parents(development?.Id), [{ Id: workloads?.Id, Type: "ORGANIZATIONAL_UNIT" }]);
    assert.deepEqual(await parents(workloads?.Id), [{ Id: root, Type: "ROOT" }]);
    await assert.rejects(parents("999999999999"), { name: "ChildNotFoundException" });
    await assert.rejects(units("ou-xxxx-00000000"), { name: "ParentNotFoundException" });
  });
});
