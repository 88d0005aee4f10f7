import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import type { Call } from "../../rehearsal/aws/dispatch";
import { loadOrganization } from "../../rehearsal/aws/organization";
import { type LocalAws, startLocalAws } from "../../rehearsal/aws/server";
import { startSession } from "../../rehearsal/aws/sessions";
import { temporaryCredentials } from "../../rehearsal/aws/temporaryCredentials";
import { Display } from "../../rehearsal/engine/display";
import { Rehearsal } from "../../rehearsal/rehearsal";
import type { Rehearsed } from "../../rehearsal/stackOperations";

const root = join(__dirname, "../..");
const role = "arn:aws:iam::111111111111:role/identity-center-admin";
const chosen = "arn:aws:sts::111111111111:assumed-role/identity-center-admin";

/** What must not be found anywhere, by what it is. */
type Canaries = Record<string, string>;

/** The credentials of every session of an ARN, of which there must be some. */
function canariesOf({ contents }: LocalAws, sessionArn: string): Canaries {
  const sessions = contents.sessions.filter(({ arn }) => arn === sessionArn);
  assert.notDeepEqual(sessions, []);
  return Object.fromEntries(
    sessions.flatMap(({ arn, number }) => {
      const { accessKeyId, secretAccessKey, sessionToken } = temporaryCredentials(arn, number);
      const of = `of ${arn}, number ${number}`;
      return [
        [`access key id ${of}`, accessKeyId],
        [`secret access key ${of}`, secretAccessKey],
        [`session token ${of}`, sessionToken],
      ];
    }),
  );
}

describe("credentials", () => {
  let aws: LocalAws;
  let folder: string;
  let printed: string[];
  let told: Rehearsed[];

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "credentials-"));
    printed = [];
    told = [];
    aws = await startLocalAws({ organization: await loadOrganization(join(root, "rehearsal/organization.yaml")) });
  });
  afterEach(async () => {
    await aws.close();
    rmSync(folder, { recursive: true });
  });

  /** The dev stack, with more of the `aws:` section and other environment. */
  function stack(
    environment: NodeJS.ProcessEnv,
    awsSection: Record<string, unknown> = {},
    others: { policyPacks?: [] } = { policyPacks: [] }, // the policy pack, half a second an operation, takes part in the first test
  ): Rehearsal {
    const { config } = parse(readFileSync(join(root, "Pulumi.dev.yaml"), "utf8")) as { config: object };
    const stackFile = join(folder, "Pulumi.dev.yaml");
    writeFileSync(
      stackFile,
      stringify({ config: { ...config, ...awsSection } }, { defaultStringType: "QUOTE_DOUBLE" }),
    );
    const display = new Display((line) => printed.push(line));
    const home = { stackFile, stateFile: join(folder, ".rehearsal", "deployment.json") };
    return new Rehearsal(aws, { stack: "dev", ...home, environment, ...others }, display);
  }

  async function play(operation: Promise<Rehearsed>, succeeds: boolean): Promise<Rehearsed> {
    const result = await operation;
    told.push(result);
    assert.equal(result.succeeded, succeeds, printed.join("\n"));
    return result;
  }

  /** Everything that was written: the deployment, what was printed, each event, what AWS's answers said. */
  function written(): Record<string, string> {
    const stateFolder = join(folder, ".rehearsal");
    const files = !existsSync(stateFolder)
      ? []
      : readdirSync(stateFolder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    return {
      "what was printed": printed.join("\n"),
      "the events": JSON.stringify(told),
      "AWS's errors": JSON.stringify(aws.calls.map(({ error }) => error)),
      ...Object.fromEntries(files.map(({ name, parentPath }) => [name, readFileSync(join(parentPath, name), "utf8")])),
    };
  }

  /** The deployment without the configuration, of which Pulumi keeps a copy in the provider of dynamic resources. */
  function besideConfiguration(): Record<string, string> {
    const text = readFileSync(join(folder, ".rehearsal", "deployment.json"), "utf8");
    const { deployment } = JSON.parse(text) as { deployment: { resources: { type: string; urn: string }[] } };
    const others = deployment.resources.filter(({ type }) => type !== "pulumi:providers:pulumi-nodejs");
    assert.equal(others.length, deployment.resources.length - 1);
    return Object.fromEntries(others.map((resource) => [resource.urn, JSON.stringify(resource)]));
  }

  function assertNowhere(canaries: Canaries, texts = written()): void {
    for (const [what, canary] of Object.entries(canaries)) {
      for (const [where, text] of Object.entries(texts)) {
        assert(!text.includes(canary), `the ${what} is in ${where}: ...${around(text, canary)}...`);
      }
    }
  }

  const callers = (calls: readonly Call[]) => [
    ...new Set(calls.filter(({ service }) => service !== "sts").map(({ principal }) => principal?.arn)),
  ];

  it("of the environment are used by every part, and are nowhere", async () => {
    const session = `${chosen}/canary`;
    const { accessKeyId, secretAccessKey, sessionToken } = startSession(
      aws.contents,
      session,
      Date.now() + 3_600_000,
      Date.now(),
    );
    const keys = {
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      AWS_SESSION_TOKEN: sessionToken,
    };
    const rehearsal = stack(keys, {}, {});
    await play(rehearsal.up(), true);
    assertNowhere(canariesOf(aws, session));
    assert.deepEqual(callers(aws.calls), [session]);
  });

  it("of a web identity and of the role that is assumed with them are used by every part, and are nowhere: not after a failure, nor after destroying", async () => {
    const tokenFile = join(folder, "token");
    const webIdentityToken = "web-identity-token-canary";
    const canaries = () => ({
      "web identity token": webIdentityToken,
      ...canariesOf(aws, `${chosen}/pull-request`),
      ...canariesOf(aws, "arn:aws:sts::111111111111:assumed-role/deployer/pulumi"),
    });
    writeFileSync(tokenFile, webIdentityToken);
    const externalId = "external-id-canary";
    const roleArn = "arn:aws:iam::111111111111:role/deployer";
    const rehearsal = stack(
      {
        AWS_ACCESS_KEY_ID: undefined,
        AWS_SECRET_ACCESS_KEY: undefined,
        AWS_WEB_IDENTITY_TOKEN_FILE: tokenFile,
        AWS_ROLE_ARN: role,
        AWS_ROLE_SESSION_NAME: "pull-request",
      },
      { "aws:assumeRoles": [{ roleArn, sessionName: "pulumi", externalId }] },
    );
    aws.faults.push({
      operation: "CreateAccountAssignment",
      error: { type: "AccessDeniedException", message: `User: ${role} is not authorized` },
    });
    await play(rehearsal.up(), false);
    assertNowhere(canaries());
    await play(rehearsal.up(), true);
    assertNowhere(canaries());
    assertNowhere({ "external id": externalId }, besideConfiguration());
    await play(rehearsal.destroy(), true);
    assertNowhere(canaries());
    assert.deepEqual(callers(aws.calls), ["arn:aws:sts::111111111111:assumed-role/deployer/pulumi"]);
    const assumed = aws.calls.filter(({ operation }) => operation === "AssumeRole");
    assert.deepEqual(
      new Set(assumed.map(({ input, principal }) => JSON.stringify([input, principal?.arn]))),
      new Set([
        JSON.stringify([
          { RoleArn: roleArn, RoleSessionName: "pulumi", ExternalId: externalId },
          `${chosen}/pull-request`,
        ]),
      ]),
    );
    assertNowhere({ "external id": externalId }, { "what was printed": printed.join("\n") });
  });

  it("of a profile are used by every part, and are nowhere", async () => {
    const session = `${chosen}/profile`;
    const { accessKeyId, secretAccessKey, sessionToken } = startSession(
      aws.contents,
      session,
      Date.now() + 3_600_000,
      Date.now(),
    );
    const configFile = join(folder, "config");
    writeFileSync(
      configFile,
      `[profile canary]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\naws_session_token = ${sessionToken}\n`,
    );
    const environment = { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined, AWS_CONFIG_FILE: configFile };
    await play(stack(environment, { "aws:profile": "canary" }).up(), true);
    assertNowhere(canariesOf(aws, session));
    assert.deepEqual(callers(aws.calls), [session]);
  });

  it("that make the parts act as different accounts are refused, and are nowhere", async () => {
    const configFile = join(folder, "config");
    const keys = { AWS_ACCESS_KEY_ID: "AKIAI44QH8DHBEXAMPLE", secret: "je7MtGbClwBF/2Zp9Utk/h3yCo8nvbEXAMPLEKEY" };
    writeFileSync(
      configFile,
      `[profile developer]\naws_access_key_id = ${keys.AWS_ACCESS_KEY_ID}\naws_secret_access_key = ${keys.secret}\n`,
    );
    // To the AWS SDK for JavaScript, and to @pulumi/aws-native, the profile comes before the keys in the environment.
    await play(stack({ AWS_PROFILE: "developer", AWS_CONFIG_FILE: configFile }).preview(), false);
    assert.match(
      printed.join("\n"),
      /The parts of this stack act as different accounts\. Nothing was changed\.\n +found: {3}aws as 111111111111, aws-native as 222222222222, the AWS SDK as 222222222222\n/,
    );
    assert.deepEqual(
      aws.calls.filter(({ writes }) => writes),
      [],
    );
    assertNowhere(keys);
  });

  it("that AWS does not accept fail the preview, which does not say what they were", async () => {
    const canaries = { "access key id": "AKIACANARYCANARY0000", "secret access key": "secret-access-key-canary" };
    const environment = {
      AWS_ACCESS_KEY_ID: canaries["access key id"],
      AWS_SECRET_ACCESS_KEY: canaries["secret access key"],
    };
    await play(stack(environment).preview(), false);
    assert.match(printed.join("\n"), /The security token included in the request is invalid/);
    assertNowhere(canaries);
  });
});

function around(text: string, part: string): string {
  const at = text.indexOf(part);
  return text.slice(Math.max(0, at - 200), at + part.length + 60);
}
