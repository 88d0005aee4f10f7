import { RunError } from "@pulumi/pulumi";
import assert from "node:assert/strict";
import { preflight } from "../../../components/identityAwareSessions/preflight";
import { SignInClient } from "../../../components/identityAwareSessions/signInClient";
import { connection, instanceArn, operations, useLocalAws } from "../localAws";

describe("preflight", () => {
  const aws = useLocalAws();

  it("reads that the sessions are off, without a call that writes", async () => {
    assert.deepEqual(await preflight(connection, instanceArn), { applicationArn: undefined });
    assert.deepEqual(operations(aws()), ["ListTrustedIdentityPropagationApplicationsForConsole"]);
  });

  it("reads the application that has the sessions on", async () => {
    const client = new SignInClient(connection);
    const { applicationArn } = await client.createTrustedIdentityPropagationApplicationForConsole({
      identityCenterInstanceArn: instanceArn,
    });
    assert.deepEqual(await preflight(connection, instanceArn), { applicationArn });
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
