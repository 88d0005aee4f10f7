import type { STSClientConfig } from "@aws-sdk/client-sts";
import type { z } from "zod";
import type { PropertyMap } from "./propertyValues";
import type { CheckFailure } from "./providerPlugin";

/** A provider's configuration as Pulumi passes it on: flat, structured values as JSON strings. */
export type Configuration = ReadonlyMap<string, string>;

/** What the clients of both AWS plugins take from their configuration. */
export type ClientConfiguration = Pick<
  STSClientConfig,
  "region" | "profile" | "credentials" | "endpoint" | "maxAttempts" | "retryMode"
>;

const understood = ["region", "profile", "accessKey", "secretKey", "token", "endpoints", "skipCredentialsValidation"];

/**
 * What of a provider's configuration its stand-in would have to obey, but can't.
 * @param ignored keys that make no difference to what the stand-in does.
 */
export function unsupportedConfiguration(
  packageName: string,
  configuration: PropertyMap,
  ignored: readonly string[],
): CheckFailure[] {
  return Object.keys(configuration)
    .filter((key) => key !== "version" && !understood.includes(key) && !ignored.includes(key))
    .map((key) => ({
      property: key,
      reason: `the stand-in for the ${packageName} plugin does not support "${key}"; it supports ${understood.join(", ")}`,
    }));
}

/**
 * The AWS SDK's client configuration. What it leaves open (credentials, endpoint), the SDK takes from the environment.
 * @param endpoint from the provider's `endpoints`, which has a form of its own in each package.
 */
export function clientConfiguration(configuration: Configuration, endpoint: string | undefined): ClientConfiguration {
  const profile = configuration.get("profile");
  const accessKeyId = configuration.get("accessKey");
  const secretAccessKey = configuration.get("secretKey");
  const sessionToken = configuration.get("token");
  const region = regionOf(configuration);
  return {
    ...(region !== undefined && { region }),
    ...(profile !== undefined && { profile }),
    ...(accessKeyId !== undefined &&
      secretAccessKey !== undefined && {
        credentials: { accessKeyId, secretAccessKey, ...(sessionToken !== undefined && { sessionToken }) },
      }),
    ...(endpoint !== undefined && { endpoint }),
    // As both plugins: many attempts, and slower ones while AWS throttles.
    maxAttempts: 25,
    retryMode: "adaptive",
  };
}

export function regionOf(configuration: Configuration): string | undefined {
  return configuration.get("region") ?? process.env["AWS_REGION"] ?? process.env["AWS_DEFAULT_REGION"];
}

/** Both plugins ask AWS who the credentials belong to, unless they are told not to. */
export function skipsCredentialsValidation(configuration: Configuration): boolean {
  const skip = configuration.get("skipCredentialsValidation") ?? process.env["AWS_SKIP_CREDENTIALS_VALIDATION"];
  return skip === "true";
}

/**
 * A structured value of the configuration.
 * @throws Error when it is not JSON of that form.
 */
export function structured<Value>(
  configuration: Configuration,
  key: string,
  form: z.ZodType<Value>,
): Value | undefined {
  const json = configuration.get(key);
  if (json === undefined) {
    return undefined;
  }
  try {
    return form.parse(JSON.parse(json));
  } catch (error) {
    throw new Error(`"${key}" in the provider's configuration is malformed: ${(error as Error).message}`, {
      cause: error,
    });
  }
}
