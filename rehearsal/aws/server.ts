import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { type Clock, runningClock } from "./clock";
import type { Contents, SavedState } from "./contents";
import { type Answer, Dispatch, type Call } from "./dispatch";
import type { Faults } from "./faults";
import { initialContents, savedState } from "./initialContents";
import type { Latency } from "./latency";
import type { Limits } from "./limits";
import type { Organization } from "./organization";
import { services } from "./services";

export interface LocalAwsOptions {
  organization: Organization;
  /** 0, the default, takes any free port. */
  port?: number;
  /** What an earlier local AWS's save() gave. */
  state?: SavedState;
  /** How many times the status of something asynchronous is asked for until it is done, that one included; 1 by default. */
  statusPolls?: number;
  /** The time that it goes by; this machine's when left out. */
  clock?: Clock;
  /** How much it takes at once, for example `awsLimits`; anything by default. */
  limits?: Partial<Limits>;
  /** How long its answers take, and what is asynchronous; no time by default. */
  latency?: Latency;
  /** How many milliseconds later reading calls see what other calls made; 0 by default. */
  consistencyLag?: number;
}

/** A part of AWS on this machine: an organization, its IAM Identity Center, its accounts. */
export interface LocalAws {
  /** http://127.0.0.1:PORT, for every service. */
  readonly endpoint: string;
  /** What points an AWS SDK or the AWS CLI at it, as the organization's first caller. */
  readonly environment: Record<
    "AWS_ENDPOINT_URL" | "AWS_REGION" | "AWS_ACCESS_KEY_ID" | "AWS_SECRET_ACCESS_KEY",
    string
  >;
  /** All that it knows, live. */
  readonly contents: Contents;
  /** Every call that it got, in order. */
  readonly calls: Call[];
  readonly faults: Faults;
  /** What calls have made until now, for the `state` of a later one. */
  save(): SavedState;
  close(): Promise<void>;
}

/** Starts local AWS on 127.0.0.1. */
export async function startLocalAws({
  organization,
  port = 0,
  state,
  statusPolls = 1,
  clock = runningClock(),
  limits = {},
  latency = {},
  consistencyLag = 0,
}: LocalAwsOptions): Promise<LocalAws> {
  const contents = initialContents(organization, state);
  const dispatch = new Dispatch(services, contents, organization.callers, {
    statusPolls,
    clock,
    limits,
    latency,
    consistencyLag,
  });
  const server = createServer((request, response) => void answer(dispatch, clock, request, response));
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  const { address, port: taken } = server.address() as AddressInfo;
  const endpoint = `http://${address}:${taken}`;
  return {
    endpoint,
    environment: environment(endpoint, organization),
    contents,
    calls: dispatch.calls,
    faults: dispatch.faults,
    save: () => savedState(contents),
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections(); // clients keep theirs open
      }),
  };
}

async function answer(
  dispatch: Dispatch,
  clock: Clock,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    const { method = "", url: path = "/", headers: sent } = request;
    const answered = await dispatch.answer({ method, path, headers: sent, body: await text(request) });
    response.setHeader("date", new Date(clock.now()).toUTCString()); // by which SDKs correct their clocks
    send(answered, response);
  } catch {
    response.destroy(); // the caller went away in the middle of its request
  }
}

/** Sends an answer, or loses it: a timeout keeps the connection open until somebody closes it. */
function send({ status, headers, body, lost }: Answer, response: ServerResponse): void {
  switch (lost) {
    case undefined:
      response.writeHead(status, headers).end(body);
      break;
    case "truncated":
      response.writeHead(status, { ...headers, "content-length": Buffer.byteLength(body) });
      response.write(body.slice(0, body.length / 2), () => response.destroy());
      break;
    case "reset":
      response.socket?.resetAndDestroy();
      break;
    case "timeout":
  }
}

function environment(endpoint: string, { callers, instances }: Organization): LocalAws["environment"] {
  return {
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: instances[0]?.primaryRegion ?? "us-east-1",
    AWS_ACCESS_KEY_ID: callers[0]?.accessKeyId ?? "",
    AWS_SECRET_ACCESS_KEY: callers[0]?.secretAccessKey ?? "",
  };
}
