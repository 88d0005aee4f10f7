import type { IncomingHttpHeaders } from "node:http";
import { accountOf } from "./arn";
import { AwsError } from "./awsError";
import type { Organization } from "./organization";
import type { Caller, Service } from "./service";
import { sessionOf } from "./temporaryCredentials";

/** Who calls, and the Region that the call is for. */
export interface Authentication {
  caller: Caller;
  region: string;
}

const authorization =
  /^AWS4-HMAC-SHA256 Credential=(?<key>[^/]+)\/\d{8}\/(?<region>[^/]+)\/(?<service>[^/]+)\/aws4_request\b/;

/**
 * Tells the caller and the Region from a call's Signature Version 4. Which access key, Region and service it was signed for is
 * checked; the signature itself is not.
 * @throws AwsError when it is unsigned, signed with an unknown access key or for another service
 */
export function authenticate(
  headers: IncomingHttpHeaders,
  service: Service,
  callers: Organization["callers"],
): Authentication {
  const scope = authorization.exec(headers.authorization ?? "")?.groups;
  const query = service.protocol === "query";
  if (scope === undefined) {
    throw new AwsError(
      query ? "MissingAuthenticationToken" : "MissingAuthenticationTokenException",
      "Missing Authentication Token: the call is not signed with AWS Signature Version 4.",
      {},
      query ? 403 : 400,
    );
  }
  const caller = callerOf(String(scope.key), headers["x-amz-security-token"], callers);
  if (caller === undefined) {
    throw new AwsError(
      query ? "InvalidClientTokenId" : "UnrecognizedClientException",
      "The security token included in the request is invalid.",
      {},
      query ? 403 : 400,
    );
  }
  if (scope.service !== service.signingName) {
    throw new AwsError(
      query ? "SignatureDoesNotMatch" : "InvalidSignatureException",
      `Credential should be scoped to correct service: '${service.signingName}'.`,
      {},
      query ? 403 : 400,
    );
  }
  return { caller: { ...caller, account: accountOf(caller.arn) }, region: String(scope.region) };
}

/** One of the organization's callers, or a role's session that STS gave credentials. */
function callerOf(
  accessKeyId: string,
  token: string | string[] | undefined,
  callers: Organization["callers"],
): Organization["callers"][number] | undefined {
  if (typeof token !== "string") return callers.find((caller) => caller.accessKeyId === accessKeyId);
  const arn = sessionOf(accessKeyId, token);
  return arn === undefined ? undefined : { accessKeyId, secretAccessKey: "", arn };
}

/** Who calls an operation that takes no signature: nobody yet. */
export const nobody: Authentication = {
  caller: { accessKeyId: "", secretAccessKey: "", arn: "", account: "" },
  region: "",
};
