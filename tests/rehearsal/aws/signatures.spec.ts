import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { ListInstancesCommand, SSOAdminClient } from "@aws-sdk/client-sso-admin";
import assert from "node:assert/strict";
import type { Clock } from "../../../rehearsal/aws/clock";
import { startSession } from "../../../rehearsal/aws/sessions";
import { call, clientOf, signedHeaders, type SigningOptions, useExampleAws } from "./exampleAws";

const mismatch =
  "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and " +
  "signing method. Consult the service documentation for details.";
const sso = { service: "sso" };

describe("Local AWS checks signatures:", () => {
  /** Half past ten on a day, until a test moves it. */
  let time = 0;
  const clock: Clock = { now: () => time, sleep: () => Promise.resolve() };
  const aws = useExampleAws(undefined, { clock });
  beforeEach(() => (time = Date.UTC(2026, 2, 4, 10, 30)));
  const at = (minutes: number) => new Date(time + minutes * 60_000);

  async function refusal(options: SigningOptions = {}): Promise<unknown> {
    const { body } = await call(
      aws(),
      "SWBExternalService.ListInstances",
      {},
      { signingDate: at(0), ...sso, ...options },
    );
    return body;
  }

  it("a right one is taken, also with a path, a query and headers that are signed or not", async () => {
    assert.deepEqual(Object.keys((await refusal()) as object), ["Instances"]);
    const target = { "content-type": "application/x-amz-json-1.1", "x-amz-target": "SWBExternalService.ListInstances" };
    const headers = await signedHeaders(aws(), { ...target, "x-more": " a  b " }, "{}", { ...sso, signingDate: at(0) });
    const answer = await fetch(aws().endpoint, { method: "POST", headers: { ...headers, accept: "*/*" }, body: "{}" });
    assert.equal(answer.status, 200);
  });

  it("one of another secret key is refused, in the protocol of the service", async () => {
    const wrong = { __type: "InvalidSignatureException", Message: mismatch };
    assert.deepEqual(await refusal({ secretAccessKey: "another" }), wrong);
    const client = { ...(await clientOf(aws())), systemClockOffset: time - Date.now() };
    const credentials = { ...client.credentials, secretAccessKey: "another" };
    await assert.rejects(new STSClient({ ...client, credentials }).send(new GetCallerIdentityCommand({})), {
      name: "SignatureDoesNotMatch",
      message: mismatch,
    });
    assert.deepEqual(aws().calls.at(-1)?.error, { type: "SignatureDoesNotMatch", message: mismatch });
    assert.equal(aws().calls.at(-1)?.status, 403);
  });

  it("one of another body, target or Region is refused", async () => {
    const target = { "content-type": "application/x-amz-json-1.1", "x-amz-target": "SWBExternalService.ListInstances" };
    const headers = await signedHeaders(aws(), target, "{}", { ...sso, signingDate: at(0) });
    const send = async (changed: Record<string, string>, body = "{}") =>
      (
        (await (await fetch(aws().endpoint, { method: "POST", headers: { ...headers, ...changed }, body })).json()) as {
          Message: string;
        }
      ).Message;
    const digest = { "x-amz-content-sha256": "0".repeat(64) };
    assert.equal(await send({}, '{"MaxResults":1}'), mismatch);
    assert.equal(await send({ "x-amz-target": "SWBExternalService.ListApplications" }), mismatch);
    assert.equal(await send(digest), mismatch);
    const { authorization = "" } = headers;
    assert.equal(await send({ authorization: authorization.replace("us-east-1", "eu-west-1") }), mismatch);
    assert.equal(
      await send({ authorization: authorization.replace(";x-amz-target", "") }),
      "'x-amz-target' must be a 'SignedHeader' in the AWS Authorization.",
    );
  });

  it("one that is not of these 15 minutes is refused", async () => {
    const message = async (minutes: number) =>
      ((await refusal({ signingDate: at(minutes) })) as { Message: string }).Message;
    assert.equal(
      await message(-15.5),
      "Signature expired: 20260304T101430Z is now earlier than 20260304T101500Z (20260304T103000Z - 15 min.)",
    );
    assert.equal(
      await message(15.5),
      "Signature not yet current: 20260304T104530Z is still later than 20260304T104500Z (20260304T103000Z + 15 min.)",
    );
    assert.equal(await message(-15), undefined);
    assert.equal(await message(15), undefined);
  });

  it("one of another day than its credential scope is refused", async () => {
    const date = { "x-amz-date": "20260305T103000Z" };
    assert.match(((await refusal({ headers: date })) as { Message: string }).Message, /^Date in Credential scope/);
  });

  it("a header that is none is refused as incomplete", async () => {
    const headers = { authorization: "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE" };
    assert.equal(((await refusal({ headers })) as { __type: string }).__type, "IncompleteSignatureException");
  });

  it("temporary credentials sign with their own secret key and token, until they expire", async () => {
    const session = "arn:aws:sts::111111111111:assumed-role/identity-center-admin/test";
    const credentials = startSession(aws().contents, session, time + 3_600_000, time);
    assert.deepEqual(Object.keys((await refusal(credentials)) as object), ["Instances"]);
    assert.deepEqual(await refusal({ ...credentials, secretAccessKey: "another" }), {
      __type: "InvalidSignatureException",
      Message: mismatch,
    });
    time += 3_600_000;
    assert.deepEqual(await refusal(credentials), {
      __type: "ExpiredTokenException",
      Message: "The security token included in the request is expired",
    });
  });

  it("an SDK whose clock is wrong corrects it by the answer's date", async () => {
    time = Date.now() + 3_600_000;
    const client = new SSOAdminClient({ ...(await clientOf(aws())), maxAttempts: 2 });
    assert.equal((await client.send(new ListInstancesCommand({}))).Instances?.length, 1);
    assert.deepEqual(
      aws().calls.map(({ error }) => error?.type),
      ["InvalidSignatureException", undefined],
    );
  });
});
