import { fromNodeProviderChain, fromTemporaryCredentials } from "@aws-sdk/credential-providers";
import type { dynamic } from "@pulumi/pulumi";
import { StandardRetryStrategy } from "@smithy/core/retry";
import type { AwsCredentialIdentityProvider, RetryErrorInfo, RetryStrategyV2, StandardRetryToken } from "@smithy/types";

/** A role that is assumed before anything else is called. */
export interface AssumeRole {
  readonly roleArn: string;
  /** What CloudTrail shows; "identity-aware-sessions" unless given. */
  readonly sessionName?: string;
  readonly externalId?: string;
}

/** Where and as whom AWS is called: the `aws:` section of the stack's configuration. */
export interface Connection {
  /** The Region that every call goes to, which is the instance's primary Region. */
  readonly region: string;
  /** A profile of the shared AWS configuration files; without one the SDK's default credential chain decides. */
  readonly profile?: string;
  /** The role to act as, assumed with the profile's credentials or else the chain's. */
  readonly assumeRole?: AssumeRole;
}

/**
 * The connection of a dynamic provider, whose `configure` is given the stack's whole configuration: the same as the program's,
 * which has read it from the same keys. Of `aws:assumeRoles` the settings allow one entry.
 */
export function connectionFrom(config: dynamic.Config): Connection {
  const profile = config.get("aws:profile");
  const [assumeRole] = JSON.parse(config.get("aws:assumeRoles") ?? "[]") as AssumeRole[];
  return {
    region: config.require("aws:region"),
    ...(profile !== undefined && { profile }),
    ...(assumeRole !== undefined && { assumeRole }),
  };
}

/** The role's session as AWS's own APIs, and both of Pulumi's AWS packages, name its members. */
export function roleSession({ roleArn, sessionName = "identity-aware-sessions", externalId }: AssumeRole) {
  return { roleArn, sessionName, ...(externalId !== undefined && { externalId }) };
}

/**
 * The constructor argument of every AWS SDK client of this project. Credentials come from the SDK's default chain
 * (environment, web identity, profile, ...), or from the role assumed with them; AWS_ENDPOINT_URL and its per-service forms
 * are honoured by the SDK itself.
 */
export function clientConfiguration(connection: Connection): {
  region: string;
  profile?: string;
  credentials?: AwsCredentialIdentityProvider;
  maxAttempts: number;
  retryStrategy: RetryStrategyV2;
} {
  const maxAttempts = 8;
  const { region, profile, assumeRole } = connection;
  return {
    region,
    ...(profile && { profile }),
    ...(assumeRole && { credentials: assumed(assumeRole, connection) }),
    maxAttempts,
    retryStrategy: new RetryingConflicts(maxAttempts),
  };
}

function assumed(role: AssumeRole, { region, profile }: Connection): AwsCredentialIdentityProvider {
  const { roleArn, sessionName, externalId } = roleSession(role);
  return fromTemporaryCredentials({
    // Said here, because without it a client's `profile` would not be what the role is assumed with.
    masterCredentials: fromNodeProviderChain({ clientConfig: { region }, ...(profile && { profile }) }),
    clientConfig: { region },
    params: { RoleArn: roleArn, RoleSessionName: sessionName, ...(externalId && { ExternalId: externalId }) },
  });
}

/**
 * The SDK's standard strategy (jittered exponential backoff, a budget of retries a client), which also tries again after a
 * ConflictException: IAM Identity Center answers so while an earlier write to the same object is still going on.
 */
class RetryingConflicts extends StandardRetryStrategy {
  override refreshRetryTokenForRetry(token: StandardRetryToken, failure: RetryErrorInfo): Promise<StandardRetryToken> {
    const conflict = failure.error?.name === "ConflictException";
    return super.refreshRetryTokenForRetry(token, conflict ? { ...failure, errorType: "THROTTLING" } : failure);
  }
}
