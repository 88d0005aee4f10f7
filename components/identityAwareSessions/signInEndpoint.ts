import { partition } from "@aws-sdk/core/client";
import type { EndpointParameters, EndpointV2 } from "@smithy/types";

/** What the endpoint depends on. */
export interface SignInEndpointParameters extends EndpointParameters {
  readonly Region?: string;
  /** What the SDK found configured: AWS_ENDPOINT_URL_SIGNIN, AWS_ENDPOINT_URL or an endpoint_url of the profile. */
  readonly Endpoint?: string;
}

/**
 * The endpoint of the AWS Sign-In control plane in a Region, with the name and Region that requests to it are signed for.
 * The host name is that of the AWS SDK's own sign-in endpoint rules (rule IsControlPlane: api.aws in partition aws,
 * api.amazonwebservices.com.cn in aws-cn, the partition's dual-stack suffix elsewhere, which in the first two is just that).
 * Those rules pass over a configured endpoint; here it wins, as it does for every other service.
 */
export function signInEndpoint({ Region: region, Endpoint: endpoint }: SignInEndpointParameters): EndpointV2 {
  if (region === undefined) {
    throw new Error("The AWS Sign-In client has no Region. Set aws:region in the stack's configuration.");
  }
  return {
    url: new URL(endpoint ?? `https://signin.${region}.${partition(region).dualStackDnsSuffix}`),
    properties: { authSchemes: [{ name: "sigv4", signingName: "signin", signingRegion: region, properties: {} }] },
  };
}
