import type { dynamic } from "@pulumi/pulumi";
import { StandardRetryStrategy } from "@smithy/core/retry";
import type { RetryStrategyV2 } from "@smithy/types";

/** Where and as whom AWS is called: the `aws:` section of the stack's configuration. */
export interface Connection {
  /** The Region that every call goes to, which is the instance's primary Region. */
  readonly region: string;
  /** A profile of the shared AWS configuration files; without one the SDK's default credential chain decides. */
  readonly profile?: string;
}

/** The connection of a dynamic provider, whose `configure` is given the stack's whole configuration. */
export function connectionFrom(config: dynamic.Config): Connection {
  const profile = config.get("aws:profile");
  return { region: config.require("aws:region"), ...(profile !== undefined && { profile }) };
}

/**
 * The constructor argument of every AWS SDK client of this project. Credentials come from the SDK's default chain, and
 * AWS_ENDPOINT_URL and its per-service forms are honoured by the SDK itself.
 */
export function clientConfiguration(connection: Connection): {
  region: string;
  profile?: string;
  maxAttempts: number;
  retryStrategy: RetryStrategyV2;
} {
  const maxAttempts = 8;
  const { region, profile } = connection;
  return { region, ...(profile && { profile }), maxAttempts, retryStrategy: retryConflictsToo(maxAttempts) };
}

/**
 * The SDK's standard strategy (jittered exponential backoff, a budget of retries a client), which also tries again after a
 * ConflictException: IAM Identity Center answers so while an earlier write to the same object is still going on.
 */
function retryConflictsToo(maxAttempts: number): RetryStrategyV2 {
  const strategy = new StandardRetryStrategy(maxAttempts);
  const refresh = strategy.refreshRetryTokenForRetry.bind(strategy);
  // Not a class of its own: Pulumi, which serialises this for dynamic providers, overlooks what a class extends.
  strategy.refreshRetryTokenForRetry = (token, failure) =>
    refresh(token, failure.error?.name === "ConflictException" ? { ...failure, errorType: "THROTTLING" } : failure);
  return strategy;
}
