import { SignatureV4 } from "@smithy/signature-v4";
import { Hash } from "@smithy/core/serde";
import { createHash, timingSafeEqual } from "node:crypto";
import type { HttpCall } from "./protocol";

/** What a call's Authorization header says of its signature (AWS Signature Version 4). */
export interface SignatureClaim {
  accessKeyId: string;
  /** The day it is good for, yyyymmdd. */
  day: string;
  region: string;
  service: string;
  /** In lower case. */
  signedHeaders: string[];
  signature: string;
}

/** The credentials that the claim is about, as the one who answers knows them. */
export interface SigningCredentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
}

/** AWS's clocks and a caller's may differ by so much, in milliseconds. Source: IAM User Guide, "Elements of an AWS API request signature". */
const tolerance = 15 * 60_000;

const authorization =
  /^AWS4-HMAC-SHA256\s+Credential=(?<key>[^/,\s]+)\/(?<day>\d{8})\/(?<region>[^/]+)\/(?<service>[^/]+)\/aws4_request,\s*SignedHeaders=(?<headers>[^,\s]+),\s*Signature=(?<signature>[0-9a-f]+)$/;

/** Reads the Authorization header; undefined when there is none in the form of Signature Version 4. */
export function signatureClaim(header: string | undefined): SignatureClaim | undefined {
  const found = authorization.exec(header ?? "")?.groups;
  if (found === undefined) return undefined;
  const { key = "", day = "", region = "", service = "", headers = "", signature = "" } = found;
  return { accessKeyId: key, day, region, service, signedHeaders: headers.split(";"), signature };
}

/**
 * What is wrong with a call's signature, in AWS's words; undefined when it is right. The signature is made anew from the secret
 * key by the AWS SDK's own signer.
 *
 * @param now the time of whoever answers, in milliseconds since 1970
 *
 * Sources: IAM User Guide, "Create a signed AWS API request" (what must be signed, the 15 minutes) and "Troubleshoot Signature
 * Version 4 signing for AWS API requests" (the texts).
 */
export async function signatureProblem(
  call: HttpCall,
  claim: SignatureClaim,
  credentials: SigningCredentials,
  now: number,
): Promise<string | undefined> {
  const longDate = call.headers["x-amz-date"];
  const signedAt = typeof longDate === "string" ? timeOf(longDate) : undefined;
  if (typeof longDate !== "string" || signedAt === undefined) {
    return "AWS authentication requires a valid Date or x-amz-date header";
  }
  if (!longDate.startsWith(claim.day)) {
    return `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${claim.day}' != '${longDate.slice(0, 8)}', from '${longDate}'.`;
  }
  if (signedAt < now - tolerance) {
    return `Signature expired: ${longDate} is now earlier than ${stamp(now - tolerance)} (${stamp(now)} - 15 min.)`;
  }
  if (signedAt > now + tolerance) {
    return `Signature not yet current: ${longDate} is still later than ${stamp(now + tolerance)} (${stamp(now)} + 15 min.)`;
  }
  const missing = mustBeSigned(call).find((name) => !claim.signedHeaders.includes(name));
  if (missing !== undefined)
    return `'${missing === "host" ? "Host" : missing}' must be a 'SignedHeader' in the AWS Authorization.`;
  const digest = call.headers["x-amz-content-sha256"];
  if (digest !== undefined && digest !== createHash("sha256").update(call.body).digest("hex")) return mismatch;
  return sameText(await signatureOf(call, claim, credentials, new Date(signedAt)), claim.signature)
    ? undefined
    : mismatch;
}

const mismatch =
  "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and " +
  "signing method. Consult the service documentation for details.";

/** The host and every x-amz- header. Source: IAM User Guide, "Create a signed AWS API request", canonical headers. */
function mustBeSigned({ headers }: HttpCall): string[] {
  return ["host", ...Object.keys(headers).filter((name) => name.startsWith("x-amz-"))];
}

async function signatureOf(
  { method, path, headers, body }: HttpCall,
  { signedHeaders, region, service }: SignatureClaim,
  { sessionToken, ...credentials }: SigningCredentials,
  signingDate: Date,
): Promise<string | undefined> {
  const signsToken = signedHeaders.includes("x-amz-security-token") && sessionToken !== undefined;
  const signer = new SignatureV4({
    credentials: { ...credentials, ...(signsToken && { sessionToken }) },
    region,
    service,
    sha256: Hash.bind(null, "sha256"),
    applyChecksum: false,
  });
  const { pathname, search, searchParams } = new URL(path, "http://localhost");
  const signed = await signer.sign(
    {
      method,
      protocol: "http:",
      hostname: "localhost",
      path: pathname,
      ...(search !== "" && { query: Object.fromEntries(searchParams) }),
      headers: Object.fromEntries(signedHeaders.map((name) => [name, String(headers[name] ?? "")])),
      body,
    },
    { signingDate, signableHeaders: new Set(signedHeaders) },
  );
  return signatureClaim(signed.headers["authorization"])?.signature;
}

function sameText(one: string | undefined, other: string): boolean {
  return one?.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));
}

/** @returns milliseconds since 1970, or undefined for a text that is no time in ISO 8601's basic form */
function timeOf(longDate: string): number | undefined {
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(longDate)?.slice(1).map(Number);
  const [year = 0, month = 0, day, hour, minute, second] = parts ?? [];
  return parts && Date.UTC(year, month - 1, day, hour, minute, second);
}

function stamp(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/[-:]|\.\d+/g, "");
}
