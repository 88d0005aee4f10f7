import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

export interface AwsRequest {
  operation: string;
  input: Record<string, unknown>;
  /** Who signed it. */
  accessKeyId: string | undefined;
}
export type Answer = { status?: number; body: Record<string, unknown> | string };

/**
 * AWS as a script: each operation's answers in the order in which they are given. For faults and timing that local AWS
 * does not have; what AWS makes of a request is local AWS's to say.
 */
export class FakeAws {
  readonly requests: AwsRequest[] = [];
  private readonly answers = new Map<string, Answer[]>();

  private constructor(private readonly server: Server) {}

  static async start(): Promise<FakeAws> {
    const server = createServer((request, response) => {
      void fake.answer(request).then(({ status = 200, body }) => {
        response.writeHead(status, { "x-amzn-requestid": "request-1" });
        response.end(typeof body === "string" ? body : JSON.stringify(body));
      });
    });
    const fake = new FakeAws(server);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return fake;
  }

  get environment() {
    return {
      AWS_ENDPOINT_URL: `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`,
      AWS_ACCESS_KEY_ID: "AKIAEXAMPLE",
      AWS_SECRET_ACCESS_KEY: "example",
    };
  }

  /** Forgets the past; these are the next answers. */
  script(answers: Record<string, Answer[]>): void {
    this.requests.length = 0;
    this.answers.clear();
    for (const [operation, list] of Object.entries(answers)) {
      this.answers.set(operation, [...list]);
    }
  }

  operations(): string[] {
    return this.requests.map(({ operation }) => operation);
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  private async answer(request: IncomingMessage): Promise<Answer> {
    const body = await text(request);
    const target = request.headers["x-amz-target"];
    const input =
      typeof target === "string"
        ? (JSON.parse(body) as Record<string, unknown>)
        : Object.fromEntries(new URLSearchParams(body));
    const operation = typeof target === "string" ? target.replace("CloudApiService.", "") : String(input["Action"]);
    const accessKeyId = /Credential=([^/]+)/.exec(request.headers.authorization ?? "")?.[1];
    this.requests.push({ operation, input, accessKeyId });
    const answer = this.answers.get(operation)?.shift();
    return answer ?? { status: 400, body: { __type: "UnscriptedRequest", message: `${operation} has no answer left` } };
  }
}

/** A ProgressEvent of Cloud Control. */
export function progress(
  status: "IN_PROGRESS" | "SUCCESS" | "FAILED",
  event: Record<string, unknown> = {},
): { body: Record<string, unknown> } {
  return { body: { ProgressEvent: { OperationStatus: status, RequestToken: "token-1", ...event } } };
}

export function resource(properties: Record<string, unknown>): { body: Record<string, unknown> } {
  return { body: { ResourceDescription: { Properties: JSON.stringify(properties) } } };
}

export function failure(type: string, message: string): Answer {
  return { status: 400, body: { __type: type, message } };
}

export function callerIdentity(account: string, arn: string, userId: string): Answer {
  return {
    body:
      `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>` +
      `<Arn>${arn}</Arn><UserId>${userId}</UserId><Account>${account}</Account></GetCallerIdentityResult>` +
      `<ResponseMetadata><RequestId>request-1</RequestId></ResponseMetadata></GetCallerIdentityResponse>`,
  };
}

/** STS's answer to keys that it does not know, and what a plugin says of it. */
export const refusedCaller: Answer = {
  status: 403,
  body:
    `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type>` +
    `<Code>InvalidClientTokenId</Code><Message>The security token included in the request is invalid.</Message></Error>` +
    `<RequestId>request-1</RequestId></ErrorResponse>`,
};
export const refusedCallerText =
  "operation error STS: GetCallerIdentity, https response error StatusCode: 403, RequestID: request-1, " +
  "InvalidClientTokenId: The security token included in the request is invalid.";
