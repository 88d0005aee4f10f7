import { RunError } from "@pulumi/pulumi";
import assert from "node:assert/strict";
import {
  enablerPolicy,
  enablerStatements,
  enablerStatementsBySet,
} from "../../../components/identityAwareSessions/enablerPermissions";
import { Enablers } from "../../../components/identityAwareSessions/enablers";
import { lookUpEnablers } from "../../../components/identityAwareSessions/lookUpEnablers";
import { connection, operations, useLocalAws } from "../localAws";
import { recordOptions, recordResources, registered, valueOf } from "../recordedResources";

const document = {
  Version: "2012-10-17",
  Statement: [
    {
      Sid: "EnableIdentityAwareSessions",
      Effect: "Allow",
      Action: [
        "signin:CreateTrustedIdentityPropagationApplicationForConsole",
        "signin:ListTrustedIdentityPropagationApplicationsForConsole",
        "sso:GetSharedSsoConfiguration",
        "sso:ListApplications",
        "sso:CreateApplication",
        "sso:PutApplicationAccessScope",
        "sso:PutApplicationAssignmentConfiguration",
        "sso:PutApplicationAuthenticationMethod",
        "sso:PutApplicationGrant",
      ],
      Resource: "*",
    },
  ],
};

describe("enablerPolicy", () => {
  it("grants the nine permissions, which statements of another policy can do as well", () => {
    assert.deepEqual(enablerPolicy(), document);
    assert.deepEqual(enablerStatements(), document.Statement);
  });

  it("goes with the permission set that delivers it, if there is one", () => {
    assert.deepEqual(enablerStatementsBySet("Administrator"), { Administrator: document.Statement });
    assert.deepEqual(enablerStatementsBySet(undefined), {});
  });

  it("grants only what is missing when the rest is there", () => {
    assert.deepEqual(enablerStatements(["sso:ListApplications"]), [
      { ...document.Statement[0], Action: ["sso:ListApplications"] },
    ]);
  });
});

describe("Enablers", () => {
  const policyType = "aws:iam/policy:Policy";

  it("makes one policy of the nine permissions and attaches it to every role", async () => {
    const recorded = await recordResources({ [policyType]: () => ({ arn: "arn of the policy" }) });
    const { options, transformations } = recordOptions();
    const enablers = new Enablers("enablers", { roles: ["admin", "ci"] }, { transformations });
    await registered(recorded, 4);
    const attachment = (role: string) => ({
      type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
      name: `enablers-${role}`,
      inputs: { role, policyArn: "arn of the policy" },
    });
    const [component, policy, ...attachments] = recorded;
    assert.deepEqual(component, { type: "identity-aware-sessions:index:Enablers", name: "enablers", inputs: {} });
    const { policy: text, ...others } = policy?.inputs ?? {};
    assert.deepEqual(
      [policy?.type, policy?.name, others],
      [
        policyType,
        "enablers-policy",
        { description: "Lets its holders switch on identity-aware sessions of IAM Identity Center" },
      ],
    );
    assert.deepEqual(JSON.parse(String(text)), document);
    assert.deepEqual(attachments, [attachment("admin"), attachment("ci")]);
    assert.equal(options["enablers-policy"]?.parent, enablers);
    assert.equal(options["enablers-ci"]?.parent, enablers);
    assert.equal(await valueOf(enablers.policyArn), "arn of the policy");
  });

  it("makes nothing when there are no roles", async () => {
    const recorded = await recordResources();
    const enablers = new Enablers("enablers", { roles: [] });
    await registered(recorded, 1);
    assert.equal(await valueOf(enablers.policyArn), undefined);
    assert.deepEqual(
      recorded.map(({ name }) => name),
      ["enablers"],
    );
  });
});

describe("lookUpEnablers", () => {
  const aws = useLocalAws();

  it("takes roles that exist, by reading only, and asks nothing without any", async () => {
    await lookUpEnablers(connection, []);
    assert.deepEqual(operations(aws()), []);
    await lookUpEnablers(connection, ["auditor", "identity-center-admin"]);
    assert.deepEqual(operations(aws()), ["GetRole", "GetRole"]);
    assert.deepEqual(operations(aws(), "writes"), []);
  });

  it("refuses all names at once that are unknown or of a role that only AWS can change, with the way out", async () => {
    const role = aws().contents.iamPrincipals.find(({ name }) => name === "identity-center-admin");
    assert.ok(role);
    const name = "AWSReservedSSO_Admin_0123456789abcdef";
    aws().contents.iamPrincipals.push({ ...role, name, path: "/aws-reserved/sso.amazonaws.com/" });
    await assert.rejects(lookUpEnablers(connection, ["auditer", "auditor", name]), (error: unknown) => {
      assert(RunError.isInstance(error));
      assert.equal(
        error.message,
        "The stack names roles that cannot become enablers: 2 problems. Nothing was changed.\n\n" +
          "identity-aware-sessions:switch.enablers[0]\n" +
          "  found:   auditer, which is no role of this account\n" +
          "  allowed: the name of an IAM role of the account that the stack runs in, without its path\n" +
          "  to do:   write auditor\n\n" +
          "identity-aware-sessions:switch.enablers[2]\n" +
          `  found:   ${name}, a role that only AWS can change\n` +
          "  allowed: a role of your own\n" +
          "  to do:   remove it, and name its permission set in identity-aware-sessions:switch.enablerPermissionSet\n",
      );
      return true;
    });
  });
});
