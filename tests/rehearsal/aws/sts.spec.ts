import {
  AssumeRoleCommand,
  AssumeRoleWithWebIdentityCommand,
  GetCallerIdentityCommand,
  STSClient,
} from "@aws-sdk/client-sts";
import assert from "node:assert/strict";
import { useExampleAws } from "./exampleAws";

const role = "arn:aws:iam::222222222222:role/path/deployer";
const session = "arn:aws:sts::222222222222:assumed-role/deployer/pulumi";

describe("local AWS's STS", () => {
  const aws = useExampleAws();

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
    return new STSClient({ endpoint, region: "us-east-1", maxAttempts: 1, credentials });
  }

  const assume = new AssumeRoleCommand({ RoleArn: role, RoleSessionName: "pulumi" });

  it("gives a role's session credentials, which then say who calls", async () => {
    const { AssumedRoleUser, Credentials } = await client().send(assume);
    assert.equal(AssumedRoleUser?.Arn, session);
    assert.match(Credentials?.AccessKeyId ?? "", /^ASIA[0-9A-F]{16}$/);
    assert((Credentials?.Expiration ?? 0) > new Date());
    const { Account, Arn, UserId } = await client(Credentials).send(new GetCallerIdentityCommand());
    assert.deepEqual([Account, Arn, UserId], ["222222222222", session, AssumedRoleUser.AssumedRoleId]);
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
    const { AccessKeyId, SecretAccessKey } = Credentials ?? {};
    const keys = { AccessKeyId, SecretAccessKey };
    for (const wrong of [keys, { ...keys, SessionToken: "another token, as long as one of these is" }]) {
      await assert.rejects(client(wrong).send(new GetCallerIdentityCommand()), { name: "InvalidClientTokenId" });
    }
  });
});
