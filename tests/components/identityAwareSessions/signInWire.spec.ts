import { NodeHttpHandler } from "@smithy/node-http-handler";
import { sign } from "aws4";
import assert from "node:assert/strict";
import { Readable } from "node:stream";
import { SignInClient } from "../../../components/identityAwareSessions/signInClient";

/** A request as it goes out, whichever host it goes to. */
interface Sent {
  protocol: string;
  hostname: string;
  port?: number;
  method: string;
  path: string;
  query: Record<string, unknown>;
  headers: Record<string, string>;
  body: string | Uint8Array;
}

const credentials = {
  accessKeyId: "AKIAIOSFODNN7EXAMPLE",
  secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
  sessionToken: "a session token, which is signed too",
};

/** The partitions whose ARNs the API's patterns admit, with a Region and the host there (see signInEndpoint.ts). */
const partitions = {
  aws: { region: "us-east-1", host: "signin.us-east-1.api.aws" },
  "aws-cn": { region: "cn-north-1", host: "signin.cn-north-1.api.amazonwebservices.com.cn" },
  "aws-us-gov": { region: "us-gov-west-1", host: "signin.us-gov-west-1.api.aws" },
  "aws-iso": { region: "us-iso-east-1", host: "signin.us-iso-east-1.api.aws.ic.gov" },
  "aws-iso-b": { region: "us-isob-east-1", host: "signin.us-isob-east-1.api.aws.scloud" },
};

// eslint-disable-next-line @typescript-eslint/unbound-method -- put back as it was, and called by nobody meanwhile
const handle = NodeHttpHandler.prototype.handle;

describe("the sign-in client's wire", () => {
  const environment = process.env;
  let sent: Sent[];

  beforeEach(() => {
    sent = [];
    process.env = {
      PATH: environment["PATH"],
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      AWS_SESSION_TOKEN: credentials.sessionToken,
    };
    // In place of the network: nothing leaves this machine, and the host is the one of AWS.
    NodeHttpHandler.prototype.handle = (request) => {
      sent.push(request as Sent);
      const headers = { "content-type": "application/x-amz-json-1.0" };
      return Promise.resolve({ response: { statusCode: 200, headers, body: Readable.from(["{}"]) } });
    };
  });
  afterEach(() => {
    NodeHttpHandler.prototype.handle = handle;
    process.env = environment;
  });

  const text = (body: Sent["body"]) => (typeof body === "string" ? body : new TextDecoder().decode(body));

  for (const [partition, { host, region }] of Object.entries(partitions)) {
    const identityCenterInstanceArn = `arn:${partition}:sso:::instance/ssoins-1234567890abcdef`;

    it(`is the documented one in partition ${partition}, and signed as another implementation signs it`, async () => {
      const client = new SignInClient({ region });
      await client.createTrustedIdentityPropagationApplicationForConsole({ identityCenterInstanceArn });
      await client.listTrustedIdentityPropagationApplicationsForConsole({
        identityCenterInstanceArn,
        maxResults: 1,
        nextToken: "next",
      });
      const wanted = [
        ["CreateTrustedIdentityPropagationApplicationForConsole", { identityCenterInstanceArn }],
        [
          "ListTrustedIdentityPropagationApplicationsForConsole",
          { identityCenterInstanceArn, maxResults: 1, nextToken: "next" },
        ],
      ] as const;
      assert.equal(sent.length, wanted.length);
      for (const [index, [operation, input]] of wanted.entries()) {
        const request = sent[index];
        assert(request);
        const { body, headers, hostname, method, path, port, protocol, query } = request;
        assert.equal(`${method} ${protocol}//${hostname}${path}`, `POST https://${host}/`);
        assert.deepEqual([port, query], [undefined, {}]);
        assert.equal(headers["host"], host);
        assert.equal(headers["content-type"], "application/x-amz-json-1.0");
        assert.equal(headers["x-amz-target"], `AWSIDSigninControlPlane.${operation}`);
        assert.equal(headers["content-length"], String(text(body).length));
        assert.equal(headers["x-amz-security-token"], credentials.sessionToken);
        assert.deepEqual(JSON.parse(text(body)), input);

        const { authorization = "", ...unsigned } = headers;
        const scope = `${(headers["x-amz-date"] ?? "").slice(0, 8)}/${region}/signin/aws4_request`;
        assert.equal(/Credential=([^,]+),/.exec(authorization)?.[1], `${credentials.accessKeyId}/${scope}`);
        const names = /SignedHeaders=([^,]+),/.exec(authorization)?.[1]?.split(";") ?? [];
        for (const name of ["host", "x-amz-date", "x-amz-security-token", "x-amz-target"]) {
          assert(names.includes(name), `${name} is signed`);
        }
        const signed = Object.fromEntries(Object.entries(unsigned).filter(([name]) => names.includes(name)));
        const again = sign(
          { host, method, path, service: "signin", region, headers: signed, body: text(body) },
          credentials,
        );
        assert.equal(again.headers?.["Authorization"], authorization);
      }
    });
  }
});
