import assert from "node:assert/strict";
import { execFile, execFileSync } from "node:child_process";
import { join } from "node:path";
import { SignInClient } from "../../components/identityAwareSessions/signInClient";
import { parseFault } from "../../rehearsal/aws/faultKinds";
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
        `switch: identity-aware sessions of ${instanceArn} are not Enabled: AWS lists no application for them. ` +
        "To do: run `pulumi refresh`, then `pulumi up`, which switches them on; or enable them in the IAM Identity Center console " +
        "(Settings > Details > Identity-aware sessions > Enable).\n",
    });
  });

  it("fails when the application is disabled or has no grant, and says so as the doctor does", async () => {
    await new SignInClient(connection).createTrustedIdentityPropagationApplicationForConsole({
      identityCenterInstanceArn: instanceArn,
    });
    Object.assign(aws().contents.applications[0] ?? assert.fail(), { status: "DISABLED", grants: [] });
    const { code, stdout, stderr } = await verify("--instance", instanceArn, "--region", "us-east-1");
    assert.deepEqual([code, stdout], [1, ""]);
    const lines = stderr.split("\n");
    assert.equal(
      lines[0],
      "application: the application's status is DISABLED: nobody's session becomes identity-aware by it. " +
        "To do: enable it in the IAM Identity Center console (Applications > AWS managed).",
    );
    assert.match(lines[1] ?? "", /^application-grants: the application has no grant\. To do: /);
  });

  it("says what of the application it could not check, and succeeds", async () => {
    await new SignInClient(connection).createTrustedIdentityPropagationApplicationForConsole({
      identityCenterInstanceArn: instanceArn,
    });
    aws().faults.push(parseFault("ListApplicationGrants=access-denied"));
    const { code, stdout, stderr } = await verify("--instance", instanceArn, "--region", "us-east-1");
    assert.deepEqual([code, stdout], [0, `Enabled ${aws().contents.applications[0]?.arn}\n`]);
    assert.match(
      stderr,
      /^Not checked: application-grants: the caller may not do sso:ListApplicationGrants\. [^\n]*\n$/,
    );
  });

  it("loads neither Pulumi nor more of AWS than it asks, to be quick", () => {
    const script =
      "require('./components/doctor/switch.ts'); require('./components/doctor/application.ts');" +
      "console.log(Object.keys(require.cache).filter((file) => /node_modules.(zod|@aws-sdk.client|@pulumi.pulumi.(index|errors))/.test(file)).join())";
    const loaded = execFileSync(process.execPath, ["--require", "./register-swc.js", "-e", script], {
      cwd: join(__dirname, "../.."),
      encoding: "utf8",
    });
    const packages = loaded
      .trim()
      .split(",")
      .map((file) => /node_modules.(@aws-sdk.[^/]+|[^/]+)/.exec(file)?.[1]);
    // Of zod no more than a stand-in for its translations, which register-swc.js makes.
    assert.deepEqual([...new Set(packages)].sort(), ["@aws-sdk/client-sso-admin", "zod"]);
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
