import { RunError } from "@pulumi/pulumi";
import assert from "node:assert/strict";
import { checkEnabler, type EnablerSettings } from "../../../components/identityAwareSessions/enablerCheck";
import { enablerActions } from "../../../components/identityAwareSessions/enablerPermissions";
import type { IamPrincipal } from "../../../rehearsal/aws/contents";
import { connection, operations, useLocalAws } from "../localAws";

const roleArn = (name: string) => `arn:aws:iam::111111111111:role/${name}`;
const platformEngineer = roleArn("platform-engineer");

function policy(Effect: "Allow" | "Deny", Action: readonly string[], others = {}) {
  return { Version: "2012-10-17", Statement: [{ Effect, Action, Resource: "*", ...others }] };
}

describe("checkEnabler", () => {
  const aws = useLocalAws();

  function role(name = "platform-engineer"): IamPrincipal {
    const found = aws().contents.iamPrincipals.find((each) => each.name === name);
    assert.ok(found);
    return found;
  }

  async function refusalOf(settings: EnablerSettings = {}): Promise<string> {
    const error: unknown = await checkEnabler(connection, settings).then(
      (warnings) => warnings,
      (reason: unknown) => reason,
    );
    assert(RunError.isInstance(error), JSON.stringify(error));
    assert.deepEqual(operations(aws(), "writes"), []);
    return error.message;
  }

  function notChecked(why: string): string[] {
    return [
      `Not checked: whether identity-aware sessions can be switched on, since ${why}. If one of these permissions is missing, ` +
        "the update fails at the switch: signin:CreateTrustedIdentityPropagationApplicationForConsole, " +
        "signin:ListTrustedIdentityPropagationApplicationsForConsole, sso:GetSharedSsoConfiguration, sso:ListApplications, " +
        "sso:CreateApplication, sso:PutApplicationAccessScope, sso:PutApplicationAssignmentConfiguration, " +
        "sso:PutApplicationAuthenticationMethod, sso:PutApplicationGrant.",
    ];
  }

  it("names all that is missing at once, with the policy that grants it", async () => {
    role().inlinePolicies = { Some: policy("Allow", enablerActions.slice(2)) };
    assert.equal(
      await refusalOf(),
      "Identity-aware sessions are off, and cannot be switched on: 1 problem. Nothing was changed.\n\n" +
        "identity-aware-sessions:switch.enabler\n" +
        `  found:   ${platformEngineer} (the caller) lacks signin:CreateTrustedIdentityPropagationApplicationForConsole, ` +
        "signin:ListTrustedIdentityPropagationApplicationsForConsole\n" +
        '  allowed: a role or user that has the nine permissions of enabling, on resource "*" (README, "Permissions")\n' +
        `  to do:   ask an administrator of IAM Identity Center to give this policy to ${platformEngineer}, or to switch the ` +
        'sessions on instead: {"Statement":[{"Action":["signin:CreateTrustedIdentityPropagationApplicationForConsole",' +
        '"signin:ListTrustedIdentityPropagationApplicationsForConsole"],"Effect":"Allow","Resource":"*",' +
        '"Sid":"EnableIdentityAwareSessions"}],"Version":"2012-10-17"}\n',
    );
  });

  it("tells what no further policy can grant: a Deny, a permissions boundary", async () => {
    const denied = role();
    denied.inlinePolicies.Guard = policy("Deny", ["sso:PutApplicationGrant"]);
    denied.permissionsBoundary = policy(
      "Allow",
      enablerActions.filter((action) => action !== "sso:CreateApplication"),
    );
    const message = await refusalOf();
    assert.match(message, /cannot be switched on: 2 problems\./);
    assert.match(message, / may not do sso:PutApplicationGrant: a Deny forbids it \(in Guard\)\n/);
    assert.match(message, / may not do sso:CreateApplication: the permissions boundary does not allow it\n/);
  });

  it("asks about the enabler of the configuration, not about the caller", async () => {
    assert.deepEqual(await checkEnabler(connection, { enabler: roleArn("identity-center-admin") }), []);
    const message = await refusalOf({ enabler: roleArn("auditor") });
    assert.ok(message.includes(`found:   ${roleArn("auditor")} lacks ${enablerActions.join(", ")}\n`), message);
  });

  it("refuses an enabler that does not exist", async () => {
    assert.match(
      await refusalOf({ enabler: roleArn("team/auditor") }),
      /found: {3}arn:aws:iam::111111111111:role\/team\/auditor, which does not exist\n/,
    );
  });

  it("finds the path of a role that a permission set made, which its sessions do not tell", async () => {
    const path = "/aws-reserved/sso.amazonaws.com/";
    Object.assign(role(), { path, arn: `arn:aws:iam::111111111111:role${path}platform-engineer` });
    assert.deepEqual(await checkEnabler(connection, {}), []);
    assert.equal(
      (aws().calls.at(-1)?.input as { PolicySourceArn: string }).PolicySourceArn,
      `arn:aws:iam::111111111111:role${path}platform-engineer`,
    );
  });

  it("counts in what the stack is going to give a role, but not against a Deny", async () => {
    const settings = { enabler: roleArn("auditor"), enablers: ["auditor"] };
    assert.deepEqual(await checkEnabler(connection, settings), []);
    role("auditor").inlinePolicies.Guard = policy("Deny", ["sso:PutApplicationGrant"]);
    assert.match(await refusalOf(settings), / may not do sso:PutApplicationGrant: a Deny forbids it \(in Guard\)\n/);
  });

  it("knows the Region that the calls go to", async () => {
    const inRegion = (region: string) => ({ Condition: { StringEquals: { "aws:RequestedRegion": region } } });
    role().inlinePolicies = { All: policy("Allow", ["*"], inRegion("us-east-1")) };
    assert.deepEqual(await checkEnabler(connection, {}), []);
    role().inlinePolicies = { All: policy("Allow", ["*"], inRegion("eu-west-1")) };
    assert.match(await refusalOf(), / lacks signin:Create/);
  });

  describe("warns that it has not checked", () => {
    const deny = (operation: string) =>
      aws().faults.push({ operation, error: { type: "AccessDenied", status: 403, message: "No." } });

    it("what the caller may not simulate", async () => {
      deny("SimulatePrincipalPolicy");
      assert.deepEqual(
        await checkEnabler(connection, {}),
        notChecked(`the caller is not allowed iam:SimulatePrincipalPolicy on ${platformEngineer}`),
      );
    });

    it("a role that the caller may not look up, or that is gone", async () => {
      deny("GetRole");
      assert.deepEqual(
        await checkEnabler(connection, {}),
        notChecked("the caller is not allowed iam:GetRole on its own role, platform-engineer"),
      );
      aws().contents.iamPrincipals.length = 0;
      assert.deepEqual(
        await checkEnabler(connection, {}),
        notChecked("there is no role platform-engineer (any more), which the caller is a session of"),
      );
    });

    it("an enabler of another account", async () => {
      const enabler = "arn:aws:iam::222222222222:role/identity-center-admin";
      assert.deepEqual(
        await checkEnabler(connection, { enabler }),
        notChecked(
          `${enabler} is in another account than the caller, ` +
            "arn:aws:sts::111111111111:assumed-role/platform-engineer/rehearsal",
        ),
      );
    });

    it("what depends on more than is known", async () => {
      const Condition = { Bool: { "aws:MultiFactorAuthPresent": "true" } };
      const certain = enablerActions.filter((action) => action !== "sso:CreateApplication");
      role().inlinePolicies = {
        Certain: policy("Allow", certain),
        WithMfa: policy("Allow", ["sso:CreateApplication"], { Condition }),
      };
      assert.deepEqual(
        await checkEnabler(connection, {}),
        notChecked(
          `policies of ${platformEngineer} make sso:CreateApplication depend on aws:MultiFactorAuthPresent, which only the call itself tells`,
        ),
      );
    });
  });

  describe("for other principals than roles", () => {
    const user = "arn:aws:iam::222222222222:user/developer";
    const callers: Record<string, string> = { user, root: "arn:aws:iam::222222222222:root" };
    for (const [kind, arn] of Object.entries(callers)) {
      describe(kind, () => {
        const member = useLocalAws((organization) => ({
          ...organization,
          callers: [{ accessKeyId: "AKIAI44QH8DHBEXAMPLE", secretAccessKey: "secret", arn }],
        }));
        it(kind === "user" ? "simulates the user itself" : "warns that IAM does not simulate it", async () => {
          if (kind === "user") {
            const found = member().contents.iamPrincipals.find((each) => each.arn === user);
            assert.ok(found);
            found.inlinePolicies = { All: policy("Allow", ["*"]) };
            assert.deepEqual(await checkEnabler(connection, {}), []);
          } else {
            assert.deepEqual(
              await checkEnabler(connection, {}),
              notChecked(`IAM does not simulate ${arn}, which is neither an IAM user nor the session of a role`),
            );
          }
        });
      });
    }
  });

  it("ends the program with a message when IAM fails in another way", async () => {
    aws().faults.push({ operation: "SimulatePrincipalPolicy", error: { type: "ValidationError", message: "Odd." } });
    assert.match(
      await refusalOf(),
      /^A look-up in AWS failed \(iam:SimulatePrincipalPolicy\)\. Nothing was changed\.\n {2}AWS said: ValidationError: Odd\.\n/,
    );
  });
});
