import { Hash } from "@smithy/core/serde";
import { SignatureV4 } from "@smithy/signature-v4";
import assert from "node:assert/strict";
import { join } from "node:path";
import type { Organization } from "../../../rehearsal/aws/organization";
import { type LocalAws, type LocalAwsOptions, startLocalAws } from "../../../rehearsal/aws/server";
import { exampleOrganization } from "../../exampleOrganization";

export const instanceArn = "arn:aws:sso:::instance/ssoins-1234567890abcdef";
export const organizationFile = join(__dirname, "../../../rehearsal/organization.yaml");

/** Index into the example organization's callers. */
export const managementCaller = 0;
export const memberCaller = 1;
/** Added to the example by these tests: the organization's file says nothing of it, so it may do everything in its account. */
export const administratorCaller = 2;

const administrator = {
  accessKeyId: "AKIAADMINISTRATOREXA",
  secretAccessKey: "administrator's example secret key",
  arn: "arn:aws:sts::111111111111:assumed-role/administrator/test",
};

/**
 * Gives every test of a suite a local AWS of its own, of the example organization.
 *
 * @param change what is different about the organization in this suite.
 */
export function useExampleAws(
  change: (organization: Organization) => void = () => undefined,
  options: Omit<LocalAwsOptions, "organization"> = {},
): () => LocalAws {
  let aws: LocalAws | undefined;
  beforeEach(async () => {
    const organization = await exampleOrganization();
    organization.callers.push(administrator);
    change(organization);
    aws = await startLocalAws({ organization, ...options });
  });
  afterEach(() => aws?.close());
  return () => {
    if (aws === undefined) throw new Error("Local AWS runs within a test only.");
    return aws;
  };
}

/** The example organization's instance, for a suite to change. */
export function exampleInstance(organization: Organization): Organization["instances"][number] {
  const [instance] = organization.instances;
  if (instance === undefined) throw new Error("The example organization has no instance.");
  return instance;
}

/** The constructor argument of an SDK client that calls local AWS once, without retries. */
export async function clientOf(aws: LocalAws, caller = managementCaller, region = "us-east-1") {
  const callers = [...(await exampleOrganization()).callers, administrator];
  const { accessKeyId = "", secretAccessKey = "" } = callers[caller] ?? {};
  return { endpoint: aws.endpoint, region, credentials: { accessKeyId, secretAccessKey }, maxAttempts: 1 };
}

export interface Answer {
  status: number;
  headers: Headers;
  body: unknown;
}

/** How a call is signed, as far as it matters to a test. */
export interface SigningOptions {
  accessKeyId?: string;
  secretAccessKey?: string;
  sessionToken?: string;
  region?: string;
  service?: string;
  signingDate?: Date;
  headers?: Record<string, string>;
}

const secrets: Readonly<Record<string, string>> = {
  AKIAIOSFODNN7EXAMPLE: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
  AKIAI44QH8DHBEXAMPLE: "je7MtGbClwBF/2Zp9Utk/h3yCo8nvbEXAMPLEKEY",
};

/** The headers of a signed call, the rest of which may be another one than was signed. */
export async function signedHeaders(
  { endpoint }: LocalAws,
  headers: Record<string, string>,
  body: string,
  options: SigningOptions = {},
): Promise<Record<string, string>> {
  const { accessKeyId = "AKIAIOSFODNN7EXAMPLE", sessionToken, region = "us-east-1", service = "signin" } = options;
  const secretAccessKey = options.secretAccessKey ?? secrets[accessKeyId] ?? "unknown";
  const signer = new SignatureV4({
    credentials: { accessKeyId, secretAccessKey, ...(sessionToken !== undefined && { sessionToken }) },
    region,
    service,
    sha256: Hash.bind(null, "sha256"),
  });
  const { hostname, host } = new URL(endpoint);
  const request = { method: "POST", protocol: "http:", hostname, path: "/", headers: { host, ...headers }, body };
  const { signingDate = new Date() } = options;
  return (await signer.sign(request, { signingDate })).headers;
}

/** A call without any client, in the JSON protocol 1.0 unless `headers` say otherwise. */
export async function call(
  aws: LocalAws,
  target: string,
  input: unknown,
  options: SigningOptions = {},
): Promise<Answer> {
  const { headers = {} } = options;
  const body = typeof input === "string" ? input : JSON.stringify(input);
  const unsigned = { "content-type": "application/x-amz-json-1.0", "x-amz-target": target };
  const signed = await signedHeaders(aws, unsigned, body, options);
  const answer = await fetch(aws.endpoint, { method: "POST", headers: { ...signed, ...headers }, body });
  return { status: answer.status, headers: answer.headers, body: await answer.json() };
}

/** What an operation answered, without what the SDK adds about the call. */
export function answered<Output extends { $metadata: { httpStatusCode?: number | undefined } }>(
  output: Output,
): Omit<Output, "$metadata"> {
  const { $metadata, ...rest } = output;
  assert.equal($metadata.httpStatusCode, 200);
  return rest;
}
