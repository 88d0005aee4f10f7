import type { IncomingHttpHeaders } from "node:http";
import { accountOf } from "./arn";
import { AwsError } from "./awsError";
import type { Organization } from "./organization";
import type { Caller, Service } from "./service";

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
  const caller = callers.find(({ accessKeyId }) => accessKeyId === scope.key);
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
