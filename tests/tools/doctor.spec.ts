import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { reportSchema } from "../../components/doctor/reportSchema";
import { usage } from "../../tools/doctor/commandLine";
import { callWithout, makeReady } from "../components/doctor/playing";
import { operations, useLocalAws } from "../components/localAws";

interface Ran {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs the command as `npm run doctor` does. */
function doctor(args: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<Ran> {
  const command = ["--require", "./register-swc.js", "tools/doctor.ts", ...args];
  const options = { cwd: join(__dirname, "../.."), env: { ...process.env, ...environment } };
  return new Promise((resolve) => {
    execFile(process.execPath, command, options, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr }),
    );
  });
}

describe("npm run doctor", () => {
  const aws = useLocalAws();

  it("exits with 0 and says Ready of an organization that has everything, in plain text where nobody watches", async () => {
    await makeReady(aws());
    const { code, stdout, stderr } = await doctor([], { FORCE_COLOR: "1", CI: "true" });
    assert.deepEqual([code, stderr], [0, ""]);
    assert.ok(
      stdout.endsWith(
        "\n\nReady: identity-aware console sessions have everything they need.\nService control policies were not read: where one denies sts:SetContext, nobody in its accounts gets such a session.\n",
      ),
      stdout,
    );
    assert.ok(!stdout.includes("\u001b"), "no control characters");
    assert.match(
      stdout,
      /^ready {11}instance-status: ACTIVE\n {16}documented: IAM Identity Center API Reference, DescribeInstance, https:\/\/docs\S+$/m,
    );
    assert.ok(!stdout.includes(process.env["AWS_SECRET_ACCESS_KEY"] ?? "?"));
  });

  it("exits with 1, says what to do, and names what is missing in the last line", async () => {
    callWithout(aws(), "sts:SetContext");
    const { code, stdout, stderr } = await doctor([]);
    assert.deepEqual([code, stderr], [1, ""]);
    assert.match(stdout, /^not ready {7}switch: identity-aware sessions of .*\n {16}to do: run `pulumi refresh`/m);
    assert.ok(stdout.endsWith("\n\nNot ready: see switch, set-context-permission-sets.\n"), stdout);
  });

  it("exits with 2 and ends with the message to send when it may not read what is needed", async () => {
    await makeReady(aws());
    callWithout(aws(), "identitystore:ListUsers");
    const { code, stdout, stderr } = await doctor(["--region", "us-east-1"], { AWS_REGION: "eu-west-1" });
    assert.deepEqual([code, stderr], [2, ""]);
    assert.match(
      stdout,
      /^could not tell {2}identity-source: the caller may not do identitystore:ListUsers\. AWS said/m,
    );
    assert.match(
      stdout,
      /\n\nCould not tell: see identity-source\.\n\nPermissions lack\. To send:\n\nTo an administrator of IAM Identity Center/,
    );
    assert.deepEqual(operations(aws(), "writes").slice(1), [], "after somebody has switched the sessions on");
  });

  it("marks what it could not tell and does not need", async () => {
    await makeReady(aws());
    callWithout(aws(), "iam:GetAccountAuthorizationDetails");
    const { code, stdout } = await doctor([]);
    assert.equal(code, 0);
    assert.match(
      stdout,
      /^could not tell {2}set-context-iam \(not needed\): the caller may not do iam:GetAccountAuth/m,
    );
  });

  it("prints with --json what its schema describes, and nothing else", async () => {
    callWithout(aws(), "sso:CreateApplication");
    const { code, stdout, stderr } = await doctor(["--json"]);
    const told = reportSchema.parse(JSON.parse(stdout));
    assert.deepEqual([code, told.exitCode, told.status, told.schemaVersion, stderr], [1, 1, "not ready", 1, ""]);
    assert.deepEqual(told.message?.requests[0]?.actions, ["sso:CreateApplication"]);
  });

  it("asks as a stack says", async () => {
    await makeReady(aws());
    const { code, stdout } = await doctor(["--stack", "dev"], { AWS_REGION: "eu-west-1" });
    assert.equal(code, 0, stdout);
    assert.match(stdout, /asks in us-east-1$/m);
  });

  it("exits with 64, asks nothing and tells its usage when it is not understood", async () => {
    for (const [args, said] of [
      [["--bogus"], "Unknown option '--bogus'"],
      [["--stack", "nowhere"], 'There is no stack "nowhere": Pulumi.nowhere.yaml does not exist.'],
    ] as const) {
      const { code, stdout, stderr } = await doctor(args);
      assert.deepEqual([code, stdout], [64, ""], stderr);
      assert.ok(stderr.startsWith(said), stderr);
      assert.ok(stderr.endsWith(`\n\n${usage}\n`), stderr);
    }
    const { code, stderr } = await doctor([], { AWS_REGION: "" });
    assert.equal(code, 64);
    assert.match(stderr, /^There is no Region to ask in: say --region or --stack, or set AWS_REGION\./);
    assert.deepEqual(aws().calls, []);
  });

  it("tells its usage", async () => {
    assert.deepEqual(await doctor(["--help"]), { code: 0, stdout: `${usage}\n`, stderr: "" });
  });
});
