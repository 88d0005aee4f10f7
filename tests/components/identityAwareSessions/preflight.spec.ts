import { RunError } from "@pulumi/pulumi";
import assert from "node:assert/strict";
import { preflight } from "../../../components/identityAwareSessions/preflight";
import { SignInClient } from "../../../components/identityAwareSessions/signInClient";
import { connection, instanceArn, operations, useLocalAws } from "../localAws";

describe("preflight", () => {
  const aws = useLocalAws();

  async function switchOn(): Promise<string | undefined> {
    const client = new SignInClient(connection);
    const input = { identityCenterInstanceArn: instanceArn };
    const { applicationArn } = await client.createTrustedIdentityPropagationApplicationForConsole(input);
    aws().calls.length = 0;
    return applicationArn;
  }

  it("reads that the sessions are off and that the caller may switch them on, without a call that writes", async () => {
    const expected = { mode: "manage", applicationArn: undefined, warnings: [] };
    assert.deepEqual(await preflight(connection, instanceArn), expected);
    assert.deepEqual(operations(aws()), [
      "ListTrustedIdentityPropagationApplicationsForConsole",
      "GetCallerIdentity",
      "GetRole",
      "SimulatePrincipalPolicy",
      "SimulatePrincipalPolicy",
      "SimulatePrincipalPolicy",
    ]);
    assert.deepEqual(operations(aws(), "writes"), []);
  });

  it("reads the application that has the sessions on, and asks for nobody's permissions then", async () => {
    const applicationArn = await switchOn();
    const expected = { mode: "manage", applicationArn, warnings: [] };
    assert.deepEqual(await preflight(connection, instanceArn), expected);
    assert.deepEqual(operations(aws()), ["ListTrustedIdentityPropagationApplicationsForConsole"]);
  });

  it("takes the sessions that the stack requires, and refuses to go on without them", async () => {
    await assert.rejects(preflight(connection, instanceArn, { mode: "require" }), (error: unknown) => {
      assert(RunError.isInstance(error));
      assert.equal(
        error.message,
        "This stack requires identity-aware sessions that it does not switch on itself: 1 problem. Nothing was changed.\n\n" +
          "identity-aware-sessions:switch.mode\n" +
          `  found:   require, and identity-aware sessions of ${instanceArn} are not Enabled\n` +
          "  allowed: require while another stack or an administrator has them Enabled\n" +
          "  to do:   ask whoever runs the stack with mode manage for this instance to run `pulumi up`, or an administrator of IAM " +
          "Identity Center to enable them in its console (Settings > Details > Identity-aware sessions > Enable); or write mode: manage\n",
      );
      return true;
    });
    assert.deepEqual(operations(aws()), ["ListTrustedIdentityPropagationApplicationsForConsole"]);
    const applicationArn = await switchOn();
    const expected = { mode: "require", applicationArn, warnings: [] };
    assert.deepEqual(await preflight(connection, instanceArn, { mode: "require" }), expected);
  });

  it("does not look where the stack ignores the sessions", async () => {
    const expected = { mode: "ignore", applicationArn: undefined, warnings: [] };
    assert.deepEqual(await preflight(connection, instanceArn, { mode: "ignore" }), expected);
    assert.deepEqual(operations(aws()), []);
  });

  it("ends the program with a message when the switch cannot be read", async () => {
    aws().faults.push({
      operation: "ListTrustedIdentityPropagationApplicationsForConsole",
      error: { type: "AccessDeniedException", message: "No." },
    });
    await assert.rejects(preflight(connection, instanceArn), (error: unknown) => {
      assert(RunError.isInstance(error));
      assert.equal(
        error.message,
        `Could not read whether identity-aware sessions of ${instanceArn} are on. AWS said AccessDeniedException: No. The caller ` +
          "needs signin:ListTrustedIdentityPropagationApplicationsForConsole with sso:GetSharedSsoConfiguration and " +
          "sso:ListApplications; ask an administrator of IAM Identity Center. Nothing was changed.",
      );
      return true;
    });
  });
});
