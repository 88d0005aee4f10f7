import {
  CloudControlClient,
  CreateResourceCommand,
  GetResourceCommand,
  GetResourceRequestStatusCommand,
} from "@aws-sdk/client-cloudcontrol";
import { GetRoleCommand, IAMClient, ListRolesCommand, SimulatePrincipalPolicyCommand } from "@aws-sdk/client-iam";
import { IdentitystoreClient, ListGroupMembershipsCommand } from "@aws-sdk/client-identitystore";
import { DescribeAccountCommand, OrganizationsClient } from "@aws-sdk/client-organizations";
import {
  DescribeInstanceCommand,
  ListInstancesCommand,
  ListTagsForResourceCommand,
  SSOAdminClient,
  TagResourceCommand,
  UntagResourceCommand,
} from "@aws-sdk/client-sso-admin";
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import assert from "node:assert/strict";
import type { Organization } from "../../../rehearsal/aws/organization";
import { barePermissionSet } from "../../../rehearsal/aws/ssoAdmin/barePermissionSet";
import { call, clientOf, instanceArn, managementCaller, memberCaller, useExampleAws } from "./exampleAws";

type Role = Organization["iam"]["roles"][number];

const user = "User: arn:aws:sts::111111111111:assumed-role/platform-engineer/rehearsal is not authorized to perform";
const allow = (Action: string | string[], Resource: string | string[] = "*", others = {}) => ({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action, Resource, ...others }],
});
const deny = (Action: string) => ({ Version: "2012-10-17", Statement: [{ Effect: "Deny", Action, Resource: "*" }] });

describe("Local AWS lets a role", () => {
  let role: Partial<Role> = {};
  /** The example organization, in which the caller's role may do just this. */
  const aws = useExampleAws(({ iam }) => {
    const [engineer] = iam.roles;
    Object.assign(engineer ?? assert.fail(), { policies: {}, ...role });
  });
  const withRole = (changed: Partial<Role>, tests: () => void) => {
    describe(`with ${Object.keys(changed).join(" and ").replace("permissionsB", "a permissions b")}`, () => {
      before(() => (role = changed));
      after(() => (role = {}));
      tests();
    });
  };
  const sso = async () => new SSOAdminClient(await clientOf(aws(), managementCaller));

  withRole({ policies: {} }, () => {
    it("do nothing where they allow nothing, but ask who it is", async () => {
      await assert.rejects((await sso()).send(new ListInstancesCommand({})), {
        name: "AccessDeniedException",
        message: `${user}: sso:ListInstances on resource: * because no identity-based policy allows the sso:ListInstances action`,
      });
      const client = await clientOf(aws(), managementCaller);
      await assert.rejects(new IAMClient(client).send(new GetRoleCommand({ RoleName: "auditor" })), {
        name: "AccessDenied",
        message: `${user}: iam:GetRole on resource: role auditor because no identity-based policy allows the iam:GetRole action`,
      });
      await assert.rejects(new IAMClient(client).send(new ListRolesCommand({})), { name: "AccessDenied" });
      const RoleArn = "arn:aws:iam::222222222222:role/deployer";
      await assert.rejects(new STSClient(client).send(new AssumeRoleCommand({ RoleArn, RoleSessionName: "test" })), {
        message: `${user}: sts:AssumeRole on resource: ${RoleArn} because no identity-based policy allows the sts:AssumeRole action`,
      });
      assert.equal((await new STSClient(client).send(new GetCallerIdentityCommand({}))).Account, "111111111111");
      assert.equal(aws().calls.filter(({ status }) => status === 403).length, 3);
    });
  });

  withRole({ policies: { Describe: allow(["sso:DescribeInstance", "sso:GetSharedSsoConfiguration"]) } }, () => {
    it("do no operation of which AWS does a part that they do not allow", async () => {
      await assert.rejects((await sso()).send(new DescribeInstanceCommand({ InstanceArn: instanceArn })), {
        message: `${user}: sso:ListDirectoryAssociations on resource: * because no identity-based policy allows the sso:ListDirectoryAssociations action`,
      });
    });
  });

  withRole({ policies: { Elsewhere: allow("sso:*", "arn:aws:sso:::instance/ssoins-0000000000000000") } }, () => {
    it("do something to those resources alone that they name", async () => {
      await assert.rejects((await sso()).send(new DescribeInstanceCommand({ InstanceArn: instanceArn })), {
        message: `${user}: sso:DescribeInstance on resource: ${instanceArn} because no identity-based policy allows the sso:DescribeInstance action`,
      });
    });
  });

  withRole({ policies: { All: allow("*") }, permissionsBoundary: allow("iam:*") }, () => {
    it("do nothing outside the boundary", async () => {
      await assert.rejects((await sso()).send(new ListInstancesCommand({})), {
        message: `${user}: sso:ListInstances on resource: * because no permissions boundary allows the sso:ListInstances action`,
      });
      const iam = new IAMClient(await clientOf(aws(), managementCaller));
      assert.equal((await iam.send(new GetRoleCommand({ RoleName: "auditor" }))).Role?.RoleName, "auditor");
    });
  });

  withRole({ policies: { All: allow("*"), No: deny("sso:List*") } }, () => {
    it("do nothing that they deny", async () => {
      await assert.rejects((await sso()).send(new ListInstancesCommand({})), {
        message: `${user}: sso:ListInstances on resource: * with an explicit deny in an identity-based policy`,
      });
    });
  });

  withRole(
    { policies: { Here: allow("*", "*", { Condition: { StringEquals: { "aws:RequestedRegion": "us-east-1" } } }) } },
    () => {
      it("do what the request's Region allows", async () => {
        assert.equal((await (await sso()).send(new ListInstancesCommand({}))).Instances?.length, 1);
        const elsewhere = new SSOAdminClient(await clientOf(aws(), managementCaller, "eu-west-1"));
        await assert.rejects(elsewhere.send(new ListInstancesCommand({})), { name: "AccessDeniedException" });
      });
    },
  );

  const ofOrganization = (id: string) => ({ Condition: { StringEquals: { "aws:PrincipalOrgID": id } } });
  withRole({ policies: { Own: allow("*", "*", ofOrganization("o-exampleorg1")) } }, () => {
    it("do what its organization allows", async () => {
      assert.equal((await (await sso()).send(new ListInstancesCommand({}))).Instances?.length, 1);
    });
  });
  withRole({ policies: { Other: allow("*", "*", ofOrganization("o-anotherorg1")) } }, () => {
    it("do nothing that another organization allows", async () => {
      await assert.rejects((await sso()).send(new ListInstancesCommand({})), { name: "AccessDeniedException" });
    });
  });

  const denied = (action: string, resource: string) => ({
    name: "AccessDeniedException",
    message: `${user}: ${action} on resource: ${resource} because no identity-based policy allows the ${action} action`,
  });

  const accountArn = "arn:aws:organizations::111111111111:account/o-exampleorg1";
  withRole({ policies: { One: allow("organizations:*", `${accountArn}/222222222222`) } }, () => {
    it("describe those accounts, by their ARNs", async () => {
      const organizations = new OrganizationsClient(await clientOf(aws(), managementCaller));
      const describing = (AccountId: string) => organizations.send(new DescribeAccountCommand({ AccountId }));
      assert.equal((await describing("222222222222")).Account?.Name, "payments-dev");
      const refusal = denied("organizations:DescribeAccount", `${accountArn}/333333333333`);
      await assert.rejects(describing("333333333333"), refusal);
    });
  });

  const store = "arn:aws:identitystore::111111111111:identitystore/d-1234567890";
  const [membership, group] = ["arn:aws:identitystore:::membership/*", "arn:aws:identitystore:::group/"];
  const members = "identitystore:ListGroupMemberships";
  const membersOf = async (displayName: string) => {
    const GroupId = aws().contents.groups.find((each) => each.displayName === displayName)?.id;
    const input = { IdentityStoreId: "d-1234567890", GroupId };
    const identityStore = new IdentitystoreClient(await clientOf(aws(), managementCaller));
    return (await identityStore.send(new ListGroupMembershipsCommand(input))).GroupMemberships?.length;
  };
  const auditors = `${group}324a6ad1-ade7-491f-a659-37f3d82a64f7`;
  withRole({ policies: { One: allow(members, [store, membership, auditors]) } }, () => {
    it("list the memberships of those groups, by store, membership and group", async () => {
      assert.equal(await membersOf("Auditors"), 1);
      const developers = aws().contents.groups.find(({ displayName }) => displayName === "Developers")?.id;
      await assert.rejects(membersOf("Developers"), denied(members, group + String(developers)));
    });
  });
  for (const [missing, others] of [
    [store, [membership, auditors]],
    [membership, [store, auditors]],
  ] as const) {
    withRole({ policies: { Less: allow(members, [...others]) } }, () => {
      it(`list no memberships without ${missing}`, async () => {
        await assert.rejects(membersOf("Auditors"), denied(members, missing));
      });
    });
  }

  const [tagged, untagged] = ["1", "2"].map(
    (digit) => `arn:aws:sso:::permissionSet/ssoins-1234567890abcdef/ps-${digit.repeat(16)}`,
  );
  withRole({ policies: { One: allow("sso:*", String(tagged)) } }, () => {
    it("read and change the tags of those permission sets, by their ARNs and without the instance's", async () => {
      const client = await sso();
      const Tags = [{ Key: "team", Value: "a" }];
      const tagging = {
        TagResource: (ResourceArn?: string) => client.send(new TagResourceCommand({ ...on(ResourceArn), Tags })),
        ListTagsForResource: (ResourceArn?: string) => client.send(new ListTagsForResourceCommand(on(ResourceArn))),
        UntagResource: (ResourceArn?: string) =>
          client.send(new UntagResourceCommand({ ...on(ResourceArn), TagKeys: ["team"] })),
      };
      const on = (ResourceArn?: string) => ({ InstanceArn: instanceArn, ResourceArn });
      for (const arn of [tagged, untagged]) {
        aws().contents.permissionSets.push(barePermissionSet(instanceArn, String(arn), String(arn)));
      }
      for (const [operation, call] of Object.entries(tagging)) {
        await call(tagged);
        await assert.rejects(call(untagged), denied(`sso:${operation}`, String(untagged)));
      }
    });
  });

  const create = "CreateTrustedIdentityPropagationApplicationForConsole";
  const nine = [
    ...["signin:CreateTrustedIdentityPropagationApplicationForConsole", "sso:GetSharedSsoConfiguration"],
    ...["signin:ListTrustedIdentityPropagationApplicationsForConsole", "sso:ListApplications", "sso:CreateApplication"],
    ...["sso:PutApplicationAccessScope", "sso:PutApplicationAssignmentConfiguration"],
    ...["sso:PutApplicationAuthenticationMethod", "sso:PutApplicationGrant"],
  ];
  for (const missing of nine) {
    withRole({ policies: { Eight: allow(nine.filter((each) => each !== missing)) } }, () => {
      it(`not switch identity-aware sessions on without ${missing}`, async () => {
        const target = `AWSIDSigninControlPlane.${create}`;
        const { status, body } = await call(aws(), target, { identityCenterInstanceArn: instanceArn });
        assert.equal(status, 400);
        assert.deepEqual(body, {
          __type: "AccessDeniedException",
          message: `${user}: ${missing} on resource: * because no identity-based policy allows the ${missing} action`,
        });
        assert.deepEqual(aws().contents.applications, []);
      });
    });
  }

  const control = ["cloudformation:*", "sso:CreatePermissionSet", "sso:Describe*", "sso:List*", "sso:Get*"];
  withRole({ policies: { Control: allow(control) } }, () => {
    const TypeName = "AWS::SSO::PermissionSet";

    async function created(properties: object) {
      const cloudControl = new CloudControlClient(await clientOf(aws(), managementCaller));
      const DesiredState = JSON.stringify({ InstanceArn: instanceArn, Name: "Developer", ...properties });
      const started = await cloudControl.send(new CreateResourceCommand({ TypeName, DesiredState }));
      const { RequestToken } = started.ProgressEvent ?? {};
      const { ProgressEvent } = await cloudControl.send(new GetResourceRequestStatusCommand({ RequestToken }));
      return ProgressEvent;
    }

    it("do nothing by Cloud Control that they do not allow: its requests end FAILED", async () => {
      const InlinePolicy = { Version: "2012-10-17", Statement: [] };
      const denied = await created({ InlinePolicy });
      assert.deepEqual([denied?.OperationStatus, denied?.ErrorCode], ["FAILED", "AccessDenied"]);
      const action = "sso:PutInlinePolicyToPermissionSet";
      assert.equal(
        denied?.StatusMessage,
        `${user}: ${action} on resource: ${instanceArn} because no identity-based policy allows the ${action} action (Service: SsoAdmin, Status Code: 400)`,
      );
      assert.deepEqual(aws().contents.permissionSets, []);
      assert.equal((await created({}))?.OperationStatus, "SUCCESS");
    });

    it("read nothing by Cloud Control that they do not allow", async () => {
      const ended = await created({});
      const [engineer] = aws().contents.enforcedPrincipals;
      Object.assign(engineer ?? assert.fail(), { inlinePolicies: { Control: allow("cloudformation:*") } });
      const cloudControl = new CloudControlClient(await clientOf(aws(), managementCaller));
      await assert.rejects(
        cloudControl.send(new GetResourceCommand({ TypeName, Identifier: String(ended?.Identifier) })),
        { name: "AccessDeniedException", message: /: sso:DescribePermissionSet on resource: / },
      );
    });
  });

  it("do everything when the organization's file does not describe it", async () => {
    const { enforcedPrincipals } = aws().contents;
    enforcedPrincipals.splice(0, enforcedPrincipals.length);
    assert.equal((await (await sso()).send(new ListInstancesCommand({}))).Instances?.length, 1);
  });
});

describe("Local AWS takes a user that the organization's file does not describe", () => {
  const aws = useExampleAws();

  it("for an administrator, and says the same when it simulates its policies", async () => {
    const iam = new IAMClient(await clientOf(aws(), memberCaller));
    const PolicySourceArn = "arn:aws:iam::222222222222:user/developer";
    const asked = { PolicySourceArn, ActionNames: ["sso:CreateApplication"] };
    const { EvaluationResults = [] } = await iam.send(new SimulatePrincipalPolicyCommand(asked));
    assert.deepEqual(
      EvaluationResults.map(({ EvalDecision }) => EvalDecision),
      ["allowed"],
    );
  });
});

describe("Local AWS lets a member account's user", () => {
  const denying = {
    Version: "2012-10-17",
    Statement: [{ Effect: "Deny", Action: "sso:ListInstances", Resource: "*" }],
  };
  const aws = useExampleAws((organization) => {
    organization.serviceControlPolicies.push({ name: "NoInstances", document: denying, targets: ["Workloads"] });
  });

  it("do nothing that a service control policy of a unit above denies, whatever its own policies say", async () => {
    const list = async (caller: number) =>
      new SSOAdminClient(await clientOf(aws(), caller)).send(new ListInstancesCommand({}));
    await assert.rejects(list(memberCaller), {
      message:
        "User: arn:aws:iam::222222222222:user/developer is not authorized to perform: sso:ListInstances on resource: * with an " +
        "explicit deny in a service control policy",
    });
    assert.equal((await list(managementCaller)).Instances?.length, 1);
  });
});
