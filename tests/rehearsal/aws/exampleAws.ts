import assert from "node:assert/strict";
import { join } from "node:path";
import { loadOrganization, type Organization } from "../../../rehearsal/aws/organization";
import { type LocalAws, type LocalAwsOptions, startLocalAws } from "../../../rehearsal/aws/server";

export const instanceArn = "arn:aws:sso:::instance/ssoins-1234567890abcdef";
export const organizationFile = join(__dirname, "../../../rehearsal/organization.yaml");

/** Index into the example organization's callers. */
export const managementCaller = 0;
export const memberCaller = 1;

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
    const organization = await loadOrganization(organizationFile);
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
  const { accessKeyId = "", secretAccessKey = "" } = (await loadOrganization(organizationFile)).callers[caller] ?? {};
  return { endpoint: aws.endpoint, region, credentials: { accessKeyId, secretAccessKey }, maxAttempts: 1 };
}

export interface Answer {
  status: number;
  headers: Headers;
  body: unknown;
}

/** A call without any SDK, in the JSON protocol 1.0 unless `headers` say otherwise; its signature is only a credential scope. */
export async function call(
  { endpoint }: LocalAws,
  target: string,
  body: unknown,
  { accessKeyId = "AKIAIOSFODNN7EXAMPLE", region = "us-east-1", service = "signin", headers = {} } = {},
): Promise<Answer> {
  const answer = await fetch(endpoint, {
    method: "POST",
    headers: {
      "content-type": "application/x-amz-json-1.0",
      "x-amz-target": target,
      authorization: `AWS4-HMAC-SHA256 Credential=${accessKeyId}/20260101/${region}/${service}/aws4_request, SignedHeaders=host, Signature=00`,
      ...headers,
    },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
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
