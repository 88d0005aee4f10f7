import { CloudControlClient, GetResourceCommand } from "@aws-sdk/client-cloudcontrol";
import {
  CloudFormationClient,
  CreateStackInstancesCommand,
  ListStackInstancesCommand,
  ListStackSetsCommand,
} from "@aws-sdk/client-cloudformation";
import { IAMClient, ListAttachedRolePoliciesCommand, ListGroupsCommand, ListRolesCommand } from "@aws-sdk/client-iam";
import { IdentitystoreClient, ListUsersCommand } from "@aws-sdk/client-identitystore";
import {
  DescribeAccountCommand,
  ListDelegatedAdministratorsCommand,
  ListOrganizationalUnitsForParentCommand,
  ListParentsCommand,
  ListTagsForResourceCommand,
  OrganizationsClient,
} from "@aws-sdk/client-organizations";
import { ListApplicationsCommand, SSOAdminClient } from "@aws-sdk/client-sso-admin";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import assert from "node:assert/strict";
import { administratorCaller, call, clientOf, instanceArn, useExampleAws } from "./exampleAws";

describe("Local AWS refuses an input", () => {
  const aws = useExampleAws();
  const client = () => clientOf(aws(), administratorCaller);

  it("of another form than the API reference has, each service with its own error", async () => {
    const iam = new IAMClient(await client());
    const organizations = new OrganizationsClient(await client());
    const sts = new STSClient(await client());
    const role = { RoleArn: "arn:aws:iam::222222222222:role/deployer", RoleSessionName: "test" };
    const refused: [() => Promise<unknown>, string, RegExp][] = [
      [() => iam.send(new ListRolesCommand({ PathPrefix: "team/" })), "ValidationError", /'PathPrefix'/],
      [() => iam.send(new ListGroupsCommand({ PathPrefix: "/a b/" })), "ValidationError", /'PathPrefix'/],
      [
        () => iam.send(new ListAttachedRolePoliciesCommand({ RoleName: "auditor", PathPrefix: "/team" })),
        "ValidationError",
        /'PathPrefix'/,
      ],
      [
        () => organizations.send(new DescribeAccountCommand({ AccountId: "1" })),
        "InvalidInputException",
        /'AccountId'/,
      ],
      [() => organizations.send(new ListParentsCommand({ ChildId: "root" })), "InvalidInputException", /'ChildId'/],
      [
        () => organizations.send(new ListOrganizationalUnitsForParentCommand({ ParentId: "Workloads" })),
        "InvalidInputException",
        /'ParentId'/,
      ],
      [
        () => organizations.send(new ListTagsForResourceCommand({ ResourceId: "payments-dev" })),
        "InvalidInputException",
        /'ResourceId'/,
      ],
      [
        () => organizations.send(new ListDelegatedAdministratorsCommand({ ServicePrincipal: "sso amazonaws" })),
        "InvalidInputException",
        /'ServicePrincipal'/,
      ],
      [() => sts.send(new AssumeRoleCommand({ ...role, ExternalId: "a b" })), "ValidationError", /'ExternalId'/],
      [() => sts.send(new AssumeRoleCommand({ ...role, SourceIdentity: "a" })), "ValidationError", /'SourceIdentity'/],
      [() => sts.send(new AssumeRoleCommand({ ...role, SerialNumber: "GAHT1" })), "ValidationError", /'SerialNumber'/],
    ];
    const identityStore = new IdentitystoreClient(await client());
    refused.push([
      () => identityStore.send(new ListUsersCommand({ IdentityStoreId: "d-123" })),
      "ValidationException",
      /'IdentityStoreId'/,
    ]);
    const sso = new SSOAdminClient(await client());
    const Filter = { ApplicationProvider: "console" };
    refused.push([
      () => sso.send(new ListApplicationsCommand({ InstanceArn: instanceArn, Filter })),
      "ValidationException",
      /'Filter\.ApplicationProvider'/,
    ]);
    for (const [ask, name, message] of refused) {
      await assert.rejects(ask(), (error: unknown) => {
        assert(error instanceof Error);
        assert.deepEqual([error.name, message.test(error.message)], [name, true], error.message);
        return true;
      });
    }
  });

  it("that it could only answer wrongly, for it does not have what a member asks for", async () => {
    const cloudFormation = new CloudFormationClient(await client());
    const targets = { OrganizationalUnitIds: [aws().contents.root.id] };
    const create = { StackSetName: "sessions", DeploymentTargets: targets, Regions: ["us-east-1"] };
    const asks: [() => Promise<unknown>, RegExp][] = [
      [
        () => cloudFormation.send(new CreateStackInstancesCommand({ ...create, Accounts: ["222222222222"] })),
        /'Accounts' .*must be left out with service-managed permissions/,
      ],
      [
        () =>
          cloudFormation.send(
            new CreateStackInstancesCommand({
              ...create,
              DeploymentTargets: { ...targets, Accounts: ["222222222222"], AccountFilterType: "INTERSECTION" },
            }),
          ),
        /'DeploymentTargets\.AccountFilterType' .*must be NONE/,
      ],
      [
        () =>
          cloudFormation.send(
            new ListStackInstancesCommand({
              StackSetName: "sessions",
              Filters: [{ Name: "DETAILED_STATUS", Values: "FAILED" }],
            }),
          ),
        /'Filters' .*is not had by local AWS/,
      ],
      [
        async () =>
          new CloudControlClient(await client()).send(
            new GetResourceCommand({
              TypeName: "AWS::SSO::PermissionSet",
              Identifier: "a|b",
              RoleArn: "arn:aws:iam::111111111111:role/deployer",
            }),
          ),
        /'RoleArn' .*is not had by local AWS/,
      ],
    ];
    for (const [ask, message] of asks) await assert.rejects(ask(), { message });
    const NetworkConfiguration = { VpceAccessRequired: true };
    const { status, body } = await call(
      aws(),
      "SWBExternalService.UpdateInstance",
      { InstanceArn: instanceArn, NetworkConfiguration },
      { service: "sso" },
    );
    assert.equal(status, 400);
    assert.match(JSON.stringify(body), /'NetworkConfiguration' .*is not had by local AWS/);
  });

  it("of another status than StackSets can have, and lists none that are there as deleted", async () => {
    const { Summaries } = await new CloudFormationClient(await client()).send(
      new ListStackSetsCommand({ Status: "DELETED" }),
    );
    assert.deepEqual(Summaries, []);
  });
});
