import { accountOf } from "./arn";
import { AwsError } from "./awsError";
import type { Contents } from "./contents";
import type { Organization } from "./organization";
import type { HttpCall } from "./protocol";
import type { Caller, Service } from "./service";
import { startedSession } from "./sessions";
import { signatureClaim, signatureProblem } from "./signature";

/** Who calls, and the Region that the call is for. */
export interface Authentication {
  caller: Caller;
  region: string;
}

/** What a call is checked against. */
export interface Known {
  callers: Organization["callers"];
  contents: Pick<Contents, "sessions">;
  /** In milliseconds since 1970. */
  now: number;
  /** The same on the clocks of callers. */
  wall: number;
}

/**
 * Tells the caller and the Region from a call's Signature Version 4, which must be right: made with the caller's secret key for
 * this service, and at this time.
 *
 * @throws AwsError that says what is wrong with it. Its type depends on the protocol; for the query protocol's see "Common
 * errors" of the IAM and STS API references, for those of the JSON protocols the same of IAM Identity Center's and Organizations'.
 */
export async function authenticate(call: HttpCall, service: Service, known: Known): Promise<Authentication> {
  const query = service.protocol === "query";
  const refused = (json: string, inQuery: string, message: string) =>
    new AwsError(query ? inQuery : json, message, {}, query ? 403 : 400);
  const claim = signatureClaim(call.headers.authorization);
  if (claim === undefined && (call.headers.authorization ?? "") !== "") {
    throw refused(
      "IncompleteSignatureException",
      "IncompleteSignature",
      "The Authorization header is not one of AWS Signature Version 4: it needs Credential, SignedHeaders and Signature.",
    );
  }
  if (claim === undefined) {
    throw refused(
      "MissingAuthenticationTokenException",
      "MissingAuthenticationToken",
      "Missing Authentication Token: the call is not signed with AWS Signature Version 4.",
    );
  }
  const token = call.headers["x-amz-security-token"];
  const caller = callerOf(claim.accessKeyId, token, known);
  if (caller === undefined) {
    throw refused(
      "UnrecognizedClientException",
      "InvalidClientTokenId",
      "The security token included in the request is invalid.",
    );
  }
  const wrong =
    claim.service === service.signingName
      ? await signatureProblem(call, claim, caller, known.wall)
      : `Credential should be scoped to correct service: '${service.signingName}'.`;
  if (wrong !== undefined) throw refused("InvalidSignatureException", "SignatureDoesNotMatch", wrong);
  if (caller.expiration !== undefined && caller.expiration <= known.now) {
    throw refused("ExpiredTokenException", "ExpiredToken", "The security token included in the request is expired");
  }
  const { accessKeyId, secretAccessKey, arn } = caller;
  return { caller: { accessKeyId, secretAccessKey, arn, account: accountOf(arn) }, region: claim.region };
}

/** One of the organization's callers, or a role's session that STS gave credentials. */
function callerOf(
  accessKeyId: string,
  token: string | string[] | undefined,
  { callers, contents }: Known,
): (Organization["callers"][number] & { sessionToken?: string; expiration?: number }) | undefined {
  return typeof token === "string"
    ? startedSession(accessKeyId, token, contents)
    : callers.find((caller) => caller.accessKeyId === accessKeyId);
}

/** Who calls an operation that takes no signature: nobody yet. */
export const nobody: Authentication = {
  caller: { accessKeyId: "", secretAccessKey: "", arn: "", account: "" },
  region: "",
};
