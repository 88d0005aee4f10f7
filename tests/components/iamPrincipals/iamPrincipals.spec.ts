import { RunError } from "@pulumi/pulumi";
import assert from "node:assert/strict";
import { IamPrincipals } from "../../../components/iamPrincipals/iamPrincipals";
import { lookUpIamPrincipals } from "../../../components/iamPrincipals/lookUpIamPrincipals";
import { connection, instanceArn, operations, useLocalAws } from "../localAws";
import { recordOptions, recordResources, registered, valueOf } from "../recordedResources";

const nobody = { roles: [], users: [], groups: [] };

describe("IamPrincipals", () => {
  const outputs = { "aws:iam/policy:Policy": () => ({ arn: "arn of the policy" }) };

  it("makes one policy of sts:SetContext on the session itself and attaches it to every role, user and group", async () => {
    const recorded = await recordResources(outputs);
    const { options, transformations } = recordOptions();
    const named = { roles: ["analyst"], users: ["carol"], groups: ["Operators"] };
    const arn = instanceArn.replace("arn:aws:", "arn:aws-cn:");
    const principals = new IamPrincipals("iam-principals", named, arn, { transformations });
    await registered(recorded, 5);
    const [component, policy, ...attachments] = recorded;
    assert.deepEqual(component, {
      type: "identity-aware-sessions:index:IamPrincipals",
      name: "iam-principals",
      inputs: {},
    });
    assert.deepEqual(policy, {
      type: "aws:iam/policy:Policy",
      name: "iam-principals-policy",
      inputs: {
        description: "Lets its holders' console sessions become identity-aware (sts:SetContext on their own session)",
        policy:
          '{"Statement":[{"Action":"sts:SetContext","Effect":"Allow","Resource":"arn:aws-cn:sts::*:self","Sid":"IdentityAwareSessions"}],"Version":"2012-10-17"}',
      },
    });
    const policyArn = "arn of the policy";
    assert.deepEqual(
      attachments.sort((a, b) => (a.name > b.name ? 1 : -1)),
      [
        {
          type: "aws:iam/groupPolicyAttachment:GroupPolicyAttachment",
          name: "iam-principals-group-Operators",
          inputs: { group: "Operators", policyArn },
        },
        {
          type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
          name: "iam-principals-role-analyst",
          inputs: { role: "analyst", policyArn },
        },
        {
          type: "aws:iam/userPolicyAttachment:UserPolicyAttachment",
          name: "iam-principals-user-carol",
          inputs: { user: "carol", policyArn },
        },
      ],
    );
    const children = Object.entries(options).filter(([name]) => name !== "iam-principals");
    assert.deepEqual(
      children.map(([name, { parent }]) => [name, parent === principals]),
      [
        ["iam-principals-policy", true],
        ["iam-principals-role-analyst", true],
        ["iam-principals-user-carol", true],
        ["iam-principals-group-Operators", true],
      ],
    );
    assert(principals.policyArn);
    assert.equal(await valueOf(principals.policyArn), policyArn);
  });

  it("makes nothing where nobody is named, and something for a group alone", async () => {
    const recorded = await recordResources(outputs);
    assert.equal(IamPrincipals.of("iam-principals", nobody, instanceArn), undefined);
    assert.notEqual(IamPrincipals.of("iam-principals", { ...nobody, groups: ["Operators"] }, instanceArn), undefined);
    await registered(recorded, 3);
    assert.equal(recorded.length, 3);
  });
});

describe("lookUpIamPrincipals", () => {
  const user = { path: "/", policies: {} };
  const aws = useLocalAws((example) => ({
    ...example,
    iam: {
      ...example.iam,
      users: [
        { ...user, name: "carol" },
        { ...user, name: "dave", account: "222222222222" },
      ],
      groups: [{ ...user, name: "Operators", path: "/team/", members: ["carol"] }],
    },
  }));

  it("takes those that exist, whatever their paths, by reading only, and asks nothing where nobody is named", async () => {
    await lookUpIamPrincipals(connection, nobody);
    assert.deepEqual(operations(aws()), []);
    await lookUpIamPrincipals(connection, { roles: ["auditor"], users: ["carol"], groups: ["Operators"] });
    assert.deepEqual(operations(aws()), ["GetRole", "GetUser", "GetGroup"]);
    assert.deepEqual(operations(aws(), "writes"), []);
  });

  it("refuses all names at once that are unknown in the account or of roles that only AWS can change, with the way out", async () => {
    const role = aws().contents.iamPrincipals.find(({ name }) => name === "auditor");
    assert.ok(role);
    const [reserved, service] = ["AWSReservedSSO_Admin_0123456789abcdef", "AmazonEKSServiceRole"] as const;
    aws().contents.iamPrincipals.push(
      { ...role, name: reserved, path: "/aws-reserved/sso.amazonaws.com/" },
      { ...role, name: service, path: "/aws-service-role/eks.amazonaws.com/" },
    );
    const named = { roles: ["auditer", reserved, "auditor", service], users: ["karol", "dave"], groups: ["Ops"] };
    await assert.rejects(lookUpIamPrincipals(connection, named), (error: unknown) => {
      assert(RunError.isInstance(error));
      assert.deepEqual(error.message.split("\n\n"), [
        "The stack names IAM principals that it cannot give sts:SetContext to: 6 problems. Nothing was changed.",
        "identity-aware-sessions:iamPrincipals.roles[0]\n" +
          "  found:   auditer, which is no role of this account\n" +
          "  allowed: the name of an IAM role of the account that the stack runs in, without its path\n" +
          "  to do:   write auditor",
        "identity-aware-sessions:iamPrincipals.roles[1]\n" +
          `  found:   ${reserved}, a role that only AWS can change\n` +
          "  allowed: a role of your own\n" +
          "  to do:   remove it: who has it through a permission set is granted sts:SetContext by identity-aware-sessions:permissionSets",
        "identity-aware-sessions:iamPrincipals.roles[3]\n" +
          `  found:   ${service}, a role that only AWS can change\n` +
          "  allowed: a role of your own\n" +
          "  to do:   remove it: people do not sign in as it",
        "identity-aware-sessions:iamPrincipals.users[0]\n" +
          "  found:   karol, which is no user of this account\n" +
          "  allowed: the name of an IAM user of the account that the stack runs in, without its path\n" +
          "  to do:   write carol",
        "identity-aware-sessions:iamPrincipals.users[1]\n" +
          "  found:   dave, which is no user of this account\n" +
          "  allowed: the name of an IAM user of the account that the stack runs in, without its path\n" +
          "  to do:   create the user, or remove the name",
        "identity-aware-sessions:iamPrincipals.groups[0]\n" +
          "  found:   Ops, which is no group of this account\n" +
          "  allowed: the name of an IAM group of the account that the stack runs in, without its path\n" +
          "  to do:   create the group, or remove the name\n",
      ]);
      return true;
    });
  });
});
