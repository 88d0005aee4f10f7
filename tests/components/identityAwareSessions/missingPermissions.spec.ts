import * as pulumi from "@pulumi/pulumi";
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { enablerActions, readerActions } from "../../../components/identityAwareSessions/enablerPermissions";
import program from "../../../index";
import { operations, useLocalAws } from "../localAws";
import { recordResources } from "../recordedResources";

/** The nine of the IAM Identity Center User Guide, written out once more: so that none is lost from the list. */
const nine = [
  "signin:CreateTrustedIdentityPropagationApplicationForConsole",
  "signin:ListTrustedIdentityPropagationApplicationsForConsole",
  "sso:CreateApplication",
  "sso:GetSharedSsoConfiguration",
  "sso:ListApplications",
  "sso:PutApplicationAccessScope",
  "sso:PutApplicationAssignmentConfiguration",
  "sso:PutApplicationAuthenticationMethod",
  "sso:PutApplicationGrant",
];

function devStack(): Record<string, string> {
  const { config } = parse(readFileSync(join(__dirname, "../../../Pulumi.dev.yaml"), "utf8")) as {
    config: Record<string, unknown>;
  };
  const text = (value: unknown) => (typeof value === "string" ? value : JSON.stringify(value));
  return Object.fromEntries(Object.entries(config).map(([key, value]) => [key, text(value)]));
}

/** Without one of the nine in a whole stack: tests/stacks/switch.spec.ts. */
describe("A preview", () => {
  const aws = useLocalAws();

  it("is about the nine permissions that the user guide names", () => {
    assert.deepEqual([...enablerActions].sort(), nine);
  });

  /** The refusal of a preview whose caller may do everything but this, as AWS simulates it, enforces it or both. */
  async function refusalWithout(
    taken: string | readonly string[],
    where = [aws().contents.iamPrincipals, aws().contents.enforcedPrincipals],
  ): Promise<string> {
    const everythingElse = { Version: "2012-10-17", Statement: { Effect: "Allow", NotAction: taken, Resource: "*" } };
    for (const principals of where) {
      const role = principals.find(({ name }) => name === "platform-engineer");
      assert.ok(role);
      role.inlinePolicies = { EverythingElse: everythingElse };
    }
    const recorded = await recordResources({}, true);
    pulumi.runtime.setAllConfig(devStack());
    const error: unknown = await program().then(
      () => undefined,
      (reason: unknown) => reason,
    );
    assert(pulumi.RunError.isInstance(error), String(error));
    const providers = ["pulumi:providers:aws", "pulumi:providers:aws-native"];
    assert.deepEqual(recorded.map(({ type }) => type).sort(), providers);
    assert.deepEqual(operations(aws(), "writes"), []);
    return error.message;
  }

  /** Those of the nine that a refusal names. */
  function named(message: string): string[] {
    return nine.filter((action) => message.includes(action));
  }

  const off = /^Identity-aware sessions are off, and cannot be switched on: 1 problem\./;
  const unread = /^It cannot be read whether identity-aware sessions are on: 1 problem\./;
  /** What the refusal begins with; where it is nothing of the switch, AWS has denied a look-up before it. */
  const headings: Readonly<Record<string, RegExp>> = {
    "signin:ListTrustedIdentityPropagationApplicationsForConsole": unread,
    "sso:ListApplications": unread,
    "sso:GetSharedSsoConfiguration": /^A look-up in AWS failed \(sso:DescribeInstance\)\. /,
  };
  for (const taken of nine) {
    it(`without ${taken} alone is refused, and names exactly that one`, async () => {
      const message = await refusalWithout(taken);
      assert.match(message, headings[taken] ?? off);
      assert.deepEqual(named(message), [taken]);
    });
  }

  for (const taken of readerActions) {
    it(`names ${taken} alone also where AWS denies to read the switch without saying which`, async () => {
      const error = { type: "AccessDeniedException", message: "No." };
      aws().faults.push({ operation: "ListTrustedIdentityPropagationApplicationsForConsole", error });
      const message = await refusalWithout(taken, [aws().contents.iamPrincipals]);
      assert.match(message, unread);
      assert.deepEqual(named(message), [taken]);
      assert.match(message, /ask an administrator of IAM Identity Center/);
    });
  }

  it("names the one that AWS says is missing to read the switch where the caller may not simulate", async () => {
    const message = await refusalWithout(["sso:ListApplications", "iam:SimulatePrincipalPolicy"]);
    assert.match(message, /^Could not read whether identity-aware sessions of arn:aws:sso:::instance\/\S+ are on\. /);
    assert.match(message, /\. The caller needs sso:ListApplications; ask an administrator of IAM Identity Center\. /);
    assert.deepEqual(named(message), ["sso:ListApplications"]);
  });
});
