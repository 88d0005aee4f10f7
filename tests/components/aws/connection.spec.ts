import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { clientConfiguration, type Connection, connectionFrom } from "../../../components/aws/connection";
import { SignInClient } from "../../../components/identityAwareSessions/signInClient";
import { parseSettings } from "../../../components/settings/settings";
import { instanceArn, useLocalAws } from "../localAws";

const role = "arn:aws:iam::111111111111:role/identity-center-admin";
const chosen = "arn:aws:sts::111111111111:assumed-role/identity-center-admin";
const [developerKey, developerSecret] = ["AKIAI44QH8DHBEXAMPLE", "je7MtGbClwBF/2Zp9Utk/h3yCo8nvbEXAMPLEKEY"];
const developer = "arn:aws:iam::222222222222:user/developer";

function configured(configuration: Record<string, string>) {
  return {
    get: (key: string) => configuration[key],
    require: (key: string) => configuration[key] ?? `nothing for ${key}`,
  };
}

describe("a connection to AWS", () => {
  const aws = useLocalAws();
  let home: string;
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), "credentials-"));
  });
  afterEach(() => {
    rmSync(home, { recursive: true });
  });

  async function callerOf(connection: Connection): Promise<string | undefined> {
    const { Arn } = await new STSClient(clientConfiguration(connection)).send(new GetCallerIdentityCommand());
    return Arn;
  }

  /** Takes the keys out of the environment, and writes AWS's configuration file. */
  function withConfigFile(text: string): void {
    delete process.env["AWS_ACCESS_KEY_ID"];
    delete process.env["AWS_SECRET_ACCESS_KEY"];
    process.env["AWS_CONFIG_FILE"] = join(home, "config");
    writeFileSync(join(home, "config"), text);
  }

  const keys = `aws_access_key_id = ${developerKey}\naws_secret_access_key = ${developerSecret}\n`;

  it("takes credentials from the environment", async () => {
    assert.equal(
      await callerOf({ region: "us-east-1" }),
      "arn:aws:sts::111111111111:assumed-role/platform-engineer/rehearsal",
    );
  });

  it("takes credentials from the profile, also where the environment has others", async () => {
    process.env["AWS_CONFIG_FILE"] = join(home, "config");
    writeFileSync(join(home, "config"), `[profile developer]\n${keys}`);
    assert.equal(await callerOf({ region: "us-east-1", profile: "developer" }), developer);
  });

  it("assumes the role that a profile names", async () => {
    withConfigFile(
      `[profile developer]\n${keys}[profile admin]\nrole_arn = ${role}\nsource_profile = developer\nrole_session_name = me\nregion = us-east-1\n`,
    );
    assert.equal(await callerOf({ region: "us-east-1", profile: "admin" }), `${chosen}/me`);
  });

  it("assumes the role with the environment's credentials, external id included", async () => {
    const assumeRole = { roleArn: role, sessionName: "pipeline", externalId: "an-external-id" };
    assert.equal(await callerOf({ region: "us-east-1", assumeRole }), `${chosen}/pipeline`);
    const [assumed] = aws().calls.filter(({ operation }) => operation === "AssumeRole");
    assert.deepEqual(assumed?.input, {
      RoleArn: role,
      RoleSessionName: "pipeline",
      ExternalId: "an-external-id",
    });
    assert.equal(assumed.principal?.arn, "arn:aws:sts::111111111111:assumed-role/platform-engineer/rehearsal");
    assert.equal(assumed.region, "us-east-1");
  });

  it("assumes the role with the profile's credentials where there is a profile", async () => {
    withConfigFile(`[profile developer]\n${keys}`);
    const connection = { region: "us-east-1", profile: "developer", assumeRole: { roleArn: role } };
    assert.equal(await callerOf(connection), `${chosen}/identity-aware-sessions`);
    const [assumed] = aws().calls.filter(({ operation }) => operation === "AssumeRole");
    assert.equal(assumed?.principal?.arn, developer);
  });

  it("takes credentials for a web identity", async () => {
    withConfigFile("");
    process.env["AWS_WEB_IDENTITY_TOKEN_FILE"] = join(home, "token");
    process.env["AWS_ROLE_ARN"] = role;
    process.env["AWS_ROLE_SESSION_NAME"] = "pull-request";
    writeFileSync(join(home, "token"), "a web identity token");
    assert.equal(await callerOf({ region: "us-east-1" }), `${chosen}/pull-request`);
    assert.deepEqual(
      aws().calls.map(({ operation, principal }) => [operation, principal?.arn]),
      [
        ["AssumeRoleWithWebIdentity", undefined],
        ["GetCallerIdentity", `${chosen}/pull-request`],
      ],
    );
  });

  it("is the role's for the sign-in control plane, too", async () => {
    const client = new SignInClient({ region: "us-east-1", assumeRole: { roleArn: role } });
    await client.listTrustedIdentityPropagationApplicationsForConsole({ identityCenterInstanceArn: instanceArn });
    assert.equal(aws().calls.at(-1)?.principal?.arn, `${chosen}/identity-aware-sessions`);
  });

  it("is the same for a dynamic provider as for the program, from the same configuration", () => {
    const assumeRole = { roleArn: role, sessionName: "pipeline", externalId: "an-external-id" };
    const configurations: Record<string, string>[] = [
      { "aws:region": "us-east-1" },
      { "aws:region": "us-east-1", "aws:profile": "admin" },
      { "aws:region": "us-east-1", "aws:profile": "admin", "aws:assumeRoles": JSON.stringify([assumeRole]) },
    ];
    for (const configuration of configurations) {
      assert.deepEqual(connectionFrom(configured(configuration)), parseSettings(configuration).connection);
    }
  });
});
