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

/** The whole program but for the engine; through the engine: tests/stacks/switch.spec.ts. */
describe("A preview of the dev stack without one of the nine permissions", () => {
  const aws = useLocalAws();

  it("is about the nine that the user guide names", () => {
    assert.deepEqual([...enablerActions].sort(), nine);
  });

  /** The refusal of a preview whose caller may do everything but this. */
  async function refusalWithout(taken: string): Promise<string> {
    const role = aws().contents.iamPrincipals.find(({ name }) => name === "platform-engineer");
    assert.ok(role);
    const Action = nine.filter((action) => action !== taken);
    role.inlinePolicies = {
      Rest: { Version: "2012-10-17", Statement: { Effect: "Allow", Action, Resource: "*" } },
    };
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

  function assertNames(message: string, taken: string): void {
    assert.deepEqual(
      nine.filter((action) => message.includes(action)),
      [taken],
    );
    assert.match(message, /ask an administrator of IAM Identity Center/);
  }

  for (const taken of enablerActions) {
    it(`names ${taken} alone`, async () => {
      const message = await refusalWithout(taken);
      assert.match(message, /^Identity-aware sessions are off, and cannot be switched on: 1 problem\./);
      assertNames(message, taken);
    });
  }

  for (const taken of readerActions) {
    it(`names ${taken} alone also where AWS denies to read the switch for want of it`, async () => {
      const error = { type: "AccessDeniedException", message: "No." };
      aws().faults.push({ operation: "ListTrustedIdentityPropagationApplicationsForConsole", error });
      const message = await refusalWithout(taken);
      assert.match(message, /^It cannot be read whether identity-aware sessions are on: 1 problem\./);
      assertNames(message, taken);
    });
  }
});
