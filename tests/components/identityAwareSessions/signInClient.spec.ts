import assert from "node:assert/strict";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { SignInClient } from "../../../components/identityAwareSessions/signInClient";
import { connection, instanceArn, operations, useLocalAws } from "../localAws";

const input = { identityCenterInstanceArn: instanceArn };

/** What a client sends, as a server gets it that answers everything with an empty object. */
async function requestOf(call: (endpoint: string) => Promise<unknown>) {
  let request: { method?: string; url?: string; headers: IncomingHttpHeaders; body: string } | undefined;
  const server = createServer((incoming, response) => {
    void text(incoming).then((body) => {
      const { method, url, headers } = incoming;
      request = { ...(method && { method }), ...(url && { url }), headers, body };
      response.writeHead(200, { "content-type": "application/x-amz-json-1.0" }).end("{}");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  await call(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  server.close();
  server.closeAllConnections();
  assert(request);
  return request;
}

describe("the sign-in client", () => {
  const aws = useLocalAws();

  it("speaks awsJson1_0 to the operation, signed for signin in the Region", async () => {
    const { method, url, headers, body } = await requestOf((endpoint) => {
      process.env.AWS_ENDPOINT_URL = endpoint;
      const client = new SignInClient(connection);
      return client.listTrustedIdentityPropagationApplicationsForConsole({ ...input, maxResults: 1 });
    });
    assert.equal(`${method} ${url}`, "POST /");
    assert.equal(headers["content-type"], "application/x-amz-json-1.0");
    assert.equal(
      headers["x-amz-target"],
      "AWSIDSigninControlPlane.ListTrustedIdentityPropagationApplicationsForConsole",
    );
    assert.match(
      headers.authorization ?? "",
      /^AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE\/\d{8}\/us-east-1\/signin\/aws4_request, /,
    );
    assert.deepEqual(JSON.parse(body), { identityCenterInstanceArn: instanceArn, maxResults: 1 });
  });

  it("prefers the endpoint that is configured for signin alone, as every SDK client does", async () => {
    const { headers } = await requestOf((endpoint) => {
      process.env.AWS_ENDPOINT_URL_SIGNIN = endpoint;
      return new SignInClient(connection).createTrustedIdentityPropagationApplicationForConsole(input);
    });
    assert.equal(
      headers["x-amz-target"],
      "AWSIDSigninControlPlane.CreateTrustedIdentityPropagationApplicationForConsole",
    );
    assert.deepEqual(operations(aws()), []);
  });

  it("gives AWS's answers", async () => {
    const client = new SignInClient(connection);
    const { applicationArn } = await client.createTrustedIdentityPropagationApplicationForConsole(input);
    assert.equal(applicationArn, aws().contents.applications[0]?.arn);
    const { applicationArns } = await client.listTrustedIdentityPropagationApplicationsForConsole(input);
    assert.deepEqual(applicationArns, [applicationArn]);
  });

  it("gives AWS's errors by name, with their reason", async () => {
    const client = new SignInClient(connection);
    await client.createTrustedIdentityPropagationApplicationForConsole(input);
    await assert.rejects(client.createTrustedIdentityPropagationApplicationForConsole(input), {
      name: "SetupFailedException",
      reason: "APPLICATION_ALREADY_EXISTS",
    });
    aws().faults.push({
      operation: "ListTrustedIdentityPropagationApplicationsForConsole",
      error: { type: "AccessDeniedException", message: "No." },
    });
    await assert.rejects(client.listTrustedIdentityPropagationApplicationsForConsole(input), {
      name: "AccessDeniedException",
      message: "No.",
    });
  });

  it("gives up after eight attempts", async () => {
    const operation = "ListTrustedIdentityPropagationApplicationsForConsole";
    aws().faults.push({ operation, times: 20, error: { type: "InternalServerException", status: 500 } });
    const client = new SignInClient(connection);
    await assert.rejects(client.listTrustedIdentityPropagationApplicationsForConsole(input), {
      name: "InternalServerException",
    });
    assert.equal(operations(aws()).length, 8);
  }).timeout(60_000);

  it("says what is missing where there are no credentials", async () => {
    delete process.env.AWS_ACCESS_KEY_ID;
    process.env.AWS_EC2_METADATA_DISABLED = "true";
    await assert.rejects(new SignInClient(connection).listTrustedIdentityPropagationApplicationsForConsole(input), {
      name: "CredentialsProviderError",
    });
  });
});
