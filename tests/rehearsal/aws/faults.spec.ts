import { ListInstancesCommand, SSOAdminClient } from "@aws-sdk/client-sso-admin";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import assert from "node:assert/strict";
import { call, clientOf, instanceArn, useExampleAws } from "./exampleAws";

const operation = "CreateTrustedIdentityPropagationApplicationForConsole";

describe("Faults of connections", () => {
  const aws = useExampleAws();
  const create = () => call(aws(), `AWSIDSigninControlPlane.${operation}`, { identityCenterInstanceArn: instanceArn });
  const made = () => aws().contents.applications.length;

  for (const connection of ["reset"] as const) {
    it(`${connection} it before the call takes effect, or after`, async () => {
      aws().faults.push({ operation, connection }, { operation, connection, when: "after" });
      await assert.rejects(create(), { name: "TypeError" });
      assert.equal(made(), 0);
      assert.equal(aws().calls.at(-1)?.status, 0);
      await assert.rejects(create(), { name: "TypeError" });
      assert.equal(made(), 1);
      assert.equal(aws().calls.at(-1)?.status, 200);
    });
  }

  it("cut the answer off, once the call took effect", async () => {
    aws().faults.push({ operation, connection: "truncated" });
    await assert.rejects(create());
    assert.equal(made(), 1);
  });

  it("never answer, until the caller gives up", async () => {
    aws().faults.push({ operation: "ListInstances", connection: "timeout" });
    const requestHandler = new NodeHttpHandler({ requestTimeout: 20, throwOnRequestTimeout: true });
    const patient = await clientOf(aws());
    const impatient = new SSOAdminClient({ ...patient, requestHandler });
    await assert.rejects(impatient.send(new ListInstancesCommand({})), { name: "TimeoutError" });
    assert.equal((await new SSOAdminClient(patient).send(new ListInstancesCommand({}))).Instances?.length, 1);
  });

  it("are what the SDK tries again after", async () => {
    aws().faults.push({ operation: "ListInstances", connection: "reset" });
    const client = new SSOAdminClient({ ...(await clientOf(aws())), maxAttempts: 2 });
    assert.equal((await client.send(new ListInstancesCommand({}))).Instances?.length, 1);
    assert.equal(aws().calls.length, 2);
  });

  it("leave the names of errors to the protocol", async () => {
    for (const [type, name] of [
      ["ThrottlingException", "Throttling"],
      ["ExpiredTokenException", "ExpiredToken"],
    ] as const) {
      aws().faults.push({ operation: "GetCallerIdentity", error: { type, status: 400 } });
      await assert.rejects(new STSClient(await clientOf(aws())).send(new GetCallerIdentityCommand({})), { name });
    }
  });
});
