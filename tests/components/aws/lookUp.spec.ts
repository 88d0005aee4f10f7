import { RunError } from "@pulumi/pulumi";
import assert from "node:assert/strict";
import { callerAccount } from "../../../components/aws/callerAccount";
import { lookUp } from "../../../components/aws/lookUp";
import { connection, useLocalAws } from "../localAws";

describe("lookUp", () => {
  const aws = useLocalAws();

  it("says what to do about a role that may not be assumed", async () => {
    const roleArn = "arn:aws:iam::999999999999:role/deployer";
    const calling = callerAccount({ ...connection, assumeRole: { roleArn, externalId: "external-id-canary" } });
    await assert.rejects(calling, (error: unknown) => {
      assert(RunError.isInstance(error));
      assert.equal(
        error.message,
        "A look-up in AWS failed (sts:GetCallerIdentity). Nothing was changed.\n" +
          `  AWS said: AccessDenied: User: arn:aws:sts::111111111111:assumed-role/platform-engineer/rehearsal is not authorized to perform: sts:AssumeRole on resource: ${roleArn}\n` +
          "  to do:    look at the role that is assumed (aws:assumeRoles, the profile or AWS_ROLE_ARN): its trust policy must allow the caller, with the external id that is configured",
      );
      return true;
    });
    assert.deepEqual(
      aws().calls.map(({ operation }) => operation),
      ["AssumeRole"],
    );
  });

  it("says to sign in again when AWS does not accept the credentials", async () => {
    process.env["AWS_ACCESS_KEY_ID"] = "AKIACANARYCANARY0000";
    await assert.rejects(callerAccount(connection), /InvalidClientTokenId: [^\n]*\n {2}to do: {4}sign in again: /);
  });

  for (const [name, message, action] of [
    ["AccessDeniedException", "No.", "sso:DescribeInstance"],
    ["AccessDenied", "No.", "sso:DescribeInstance"],
    [
      "AccessDeniedException",
      "User: arn:aws:sts::111111111111:assumed-role/a/b is not authorized to perform: sso:GetSharedSsoConfiguration on resource: *",
      "sso:GetSharedSsoConfiguration",
    ],
  ] as const) {
    it(`says to allow the caller ${action} when AWS says ${name}: ${message}`, async () => {
      const denied = Object.assign(new Error(message), { name });
      await assert.rejects(
        lookUp("sso:DescribeInstance", () => Promise.reject(denied)),
        {
          message:
            "A look-up in AWS failed (sso:DescribeInstance). Nothing was changed.\n" +
            `  AWS said: ${name}: ${message}\n` +
            `  to do:    allow the caller ${action}, and run as the management account or the delegated administrator of IAM Identity Center`,
        },
      );
    });
  }
});
