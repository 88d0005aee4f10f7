import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { SignInClient } from "../../components/identityAwareSessions/signInClient";
import { connection, instanceArn, useLocalAws } from "../components/localAws";

describe("tools/verifySwitch", () => {
  const aws = useLocalAws();

  function verify(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
    const command = ["--require", "./register-swc.js", "tools/verifySwitch.ts", ...args];
    return new Promise((resolve) => {
      execFile(process.execPath, command, { cwd: join(__dirname, "../..") }, (error, stdout, stderr) =>
        resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr }),
      );
    });
  }

  it("prints Enabled and the application when the sessions are on", async () => {
    await new SignInClient(connection).createTrustedIdentityPropagationApplicationForConsole({
      identityCenterInstanceArn: instanceArn,
    });
    assert.deepEqual(await verify("--instance", instanceArn, "--region", "us-east-1"), {
      code: 0,
      stdout: `Enabled ${aws().contents.applications[0]?.arn}\n`,
      stderr: "",
    });
  });

  it("fails when the sessions are off, and says how to switch them on", async () => {
    assert.deepEqual(await verify("--instance", instanceArn, "--region", "us-east-1"), {
      code: 1,
      stdout: "",
      stderr:
        `Identity-aware sessions of ${instanceArn} are not Enabled: AWS lists no application for them. ` +
        "Run `pulumi refresh`, then `pulumi up`, which switches them on again.\n",
    });
  });

  it("tells its usage", async () => {
    assert.deepEqual(await verify("--region", "us-east-1"), {
      code: 1,
      stdout: "",
      stderr:
        "Usage: verifySwitch --instance ARN --region REGION [--profile NAME] " +
        "[--role-arn ARN [--role-session-name NAME]]; an external id is taken from EXTERNAL_ID\n",
    });
  });
});
