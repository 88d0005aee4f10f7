import {
  AssumeRoleCommand,
  AssumeRoleWithWebIdentityCommand,
  GetCallerIdentityCommand,
  STSClient,
} from "@aws-sdk/client-sts";
import assert from "node:assert/strict";
import { ListInstancesCommand, SSOAdminClient } from "@aws-sdk/client-sso-admin";
import type { Clock } from "../../../rehearsal/aws/clock";
import { loadOrganization } from "../../../rehearsal/aws/organization";
import { startLocalAws } from "../../../rehearsal/aws/server";
import { temporaryCredentials } from "../../../rehearsal/aws/temporaryCredentials";
import { clientOf, organizationFile, useExampleAws } from "./exampleAws";

const role = "arn:aws:iam::222222222222:role/path/deployer";
const session = "arn:aws:sts::222222222222:assumed-role/deployer/pulumi";

const day = 24 * 3_600_000;

describe("local AWS's STS", () => {
  let time = 0;
  const clock: Clock = { now: () => time, sleep: () => Promise.resolve() };
  const aws = useExampleAws(undefined, { clock });
  beforeEach(() => (time = Date.now()));

  interface Keys {
    AccessKeyId?: string | undefined;
    SecretAccessKey?: string | undefined;
    SessionToken?: string | undefined;
  }

  function client({ AccessKeyId = "", SecretAccessKey = "", SessionToken }: Keys = {}): STSClient {
    const { AWS_ENDPOINT_URL: endpoint, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY } = aws().environment;
    const credentials = {
      accessKeyId: AccessKeyId || AWS_ACCESS_KEY_ID,
      secretAccessKey: SecretAccessKey || AWS_SECRET_ACCESS_KEY,
      ...(SessionToken !== undefined && { sessionToken: SessionToken }),
    };
    const systemClockOffset = time - Date.now();
    return new STSClient({ endpoint, region: "us-east-1", maxAttempts: 1, credentials, systemClockOffset });
  }
  const who = async (keys: Keys | undefined) => (await client(keys).send(new GetCallerIdentityCommand())).Arn;
  const given = async (DurationSeconds?: number) =>
    (await client().send(new AssumeRoleCommand({ RoleArn: role, RoleSessionName: "pulumi", DurationSeconds })))
      .Credentials;

  const assume = new AssumeRoleCommand({ RoleArn: role, RoleSessionName: "pulumi" });

  it("gives a role's session credentials, which then say who calls", async () => {
    const { AssumedRoleUser, Credentials } = await client().send(assume);
    assert.equal(AssumedRoleUser?.Arn, session);
    assert.match(Credentials?.AccessKeyId ?? "", /^ASIA[0-9A-F]{16}$/);
    assert((Credentials?.Expiration ?? 0) > new Date());
    const { Account, Arn, UserId } = await client(Credentials).send(new GetCallerIdentityCommand());
    assert.deepEqual([Account, Arn, UserId], ["222222222222", session, AssumedRoleUser.AssumedRoleId]);
  });

  it("knows no session that it did not start, however right its credentials look", async () => {
    const credentials = temporaryCredentials(session, 1);
    const { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken } = credentials;
    const keys = { AccessKeyId, SecretAccessKey, SessionToken };
    await assert.rejects(who(keys), { name: "InvalidClientTokenId" });
    const sso = new SSOAdminClient({ ...(await clientOf(aws())), credentials });
    await assert.rejects(sso.send(new ListInstancesCommand({})), { name: "UnrecognizedClientException" });
    assert.deepEqual(await given(), { ...keys, Expiration: new Date(time + 3_600_000) });
    assert.equal(await who(keys), session);
  });

  it("gives sessions of one name keys and ends of their own", async () => {
    const [short, long] = [await given(900), await given(3600)];
    assert.notEqual(short?.AccessKeyId, long?.AccessKeyId);
    assert.notEqual(short?.SecretAccessKey, long?.SecretAccessKey);
    assert.notEqual(short?.SessionToken, long?.SessionToken);
    assert.deepEqual([await who(short), await who(long)], [session, session]);
    time += 900_000;
    await assert.rejects(who(short), { name: "ExpiredToken" });
    assert.equal(await who(long), session);
    await assert.rejects(who({ ...long, SessionToken: short?.SessionToken }), { name: "InvalidClientTokenId" });
  });

  it("forgets sessions a day after they ended, once another one of their name starts", async () => {
    const [first, second] = [await given(900), await given(3600)];
    time += 900_000 + day - 1;
    await given();
    await assert.rejects(who(first), { name: "ExpiredToken" });
    time += 1;
    await given();
    await assert.rejects(who(first), { name: "InvalidClientTokenId" });
    await assert.rejects(who(second), { name: "ExpiredToken" });
    assert.deepEqual(
      aws().contents.sessions.map(({ number }) => number),
      [2, 3, 4],
    );
  });

  it("knows its sessions, and when they end, also after a restart", async () => {
    const keys = await given(900);
    const state = JSON.parse(JSON.stringify(aws().save())) as ReturnType<ReturnType<typeof aws>["save"]>;
    assert.deepEqual(state.sessions, [{ arn: session, number: 1, expiration: time + 900_000 }]);
    const later = await startLocalAws({ organization: await loadOrganization(organizationFile), state, clock });
    try {
      const { AccessKeyId = "", SecretAccessKey = "", SessionToken = "" } = keys ?? {};
      const credentials = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
      const identity = async () => {
        const systemClockOffset = time - Date.now();
        const sts = new STSClient({ ...(await clientOf(later)), credentials, systemClockOffset });
        return (await sts.send(new GetCallerIdentityCommand())).Arn;
      };
      assert.equal(await identity(), session);
      time += 900_000;
      await assert.rejects(identity(), { name: "ExpiredToken" });
    } finally {
      await later.close();
    }
  });

  it("has no sessions in a state of a version that kept none", async () => {
    const { sessions, ...state } = aws().save();
    assert.deepEqual(sessions, []);
    const later = await startLocalAws({ organization: await loadOrganization(organizationFile), state });
    await later.close();
    assert.deepEqual(later.contents.sessions, []);
  });

  it("takes a web identity without a signature, and logs no caller", async () => {
    const anonymous = new STSClient({ endpoint: aws().endpoint, region: "us-east-1" });
    const { AssumedRoleUser } = await anonymous.send(
      new AssumeRoleWithWebIdentityCommand({ RoleArn: role, RoleSessionName: "pulumi", WebIdentityToken: "token" }),
    );
    assert.equal(AssumedRoleUser?.Arn, session);
    assert.equal(aws().calls.at(-1)?.principal, undefined);
  });

  it("denies a role of an account outside the organization", async () => {
    const RoleArn = "arn:aws:iam::999999999999:role/deployer";
    await assert.rejects(client().send(new AssumeRoleCommand({ RoleArn, RoleSessionName: "pulumi" })), {
      name: "AccessDenied",
      message: `User: arn:aws:sts::111111111111:assumed-role/platform-engineer/rehearsal is not authorized to perform: sts:AssumeRole on resource: ${RoleArn}`,
    });
  });

  it("accepts temporary keys only with the token that they came with", async () => {
    const { Credentials } = await client().send(assume);
    const { AccessKeyId, SecretAccessKey, SessionToken = "" } = Credentials ?? {};
    const keys = { AccessKeyId, SecretAccessKey };
    const almost = { ...keys, SessionToken: SessionToken.replace(/^F/, "f") };
    for (const wrong of [keys, almost, { ...keys, SessionToken: "another token, as long as one of these is" }]) {
      await assert.rejects(client(wrong).send(new GetCallerIdentityCommand()), { name: "InvalidClientTokenId" });
    }
  });
});
