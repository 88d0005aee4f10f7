import { fromEnv } from "@aws-sdk/credential-providers";
import { parseKnownFiles } from "@smithy/core/config";
import type { AwsCredentialIdentityProvider } from "@smithy/types";

/** What a client of the SDK is told to sign in with; nothing: what it finds by itself. */
export interface SourceCredentials {
  readonly profile?: string;
  readonly credentials?: AwsCredentialIdentityProvider;
}

/**
 * The credentials that a chain of profiles begins with: those of the person or machine behind the roles which the chain assumes by
 * role_arn and source_profile or credential_source. The SDK goes the same way.
 *
 * @param profile where the chain ends; without one AWS_PROFILE, or the default profile unless the environment has credentials.
 * @returns `profile` itself where nothing is assumed.
 */
export async function sourceCredentials(profile: string | undefined): Promise<SourceCredentials> {
  const named = profile ?? process.env["AWS_PROFILE"];
  if (named === undefined && process.env["AWS_ACCESS_KEY_ID"] !== undefined) {
    return {};
  }
  const profiles = await parseKnownFiles({});
  const chain = [named ?? "default"];
  for (;;) {
    const last = chain.at(-1) ?? "";
    const { role_arn: role, source_profile: source, credential_source: from } = profiles[last] ?? {};
    // Of the others, those of a machine or a container, nobody has signed in to.
    if (role !== undefined && source === undefined && from === "Environment") {
      return { credentials: fromEnv() };
    }
    // A profile that names itself has the credentials beside the role; any other circle the SDK refuses.
    if (role === undefined || source === undefined || chain.includes(source)) {
      return chain.length > 1 ? { profile: last } : profile === undefined ? {} : { profile };
    }
    chain.push(source);
  }
}
