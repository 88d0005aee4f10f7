import type { STSClientConfig } from "@aws-sdk/client-sts";
import { fromEnv, fromNodeProviderChain, fromTemporaryCredentials } from "@aws-sdk/credential-providers";
import { z } from "zod";
import type { PropertyMap } from "./propertyValues";
import type { CheckFailure } from "./providerPlugin";

/** A provider's configuration as Pulumi passes it on: flat, structured values as JSON strings. */
export type Configuration = ReadonlyMap<string, string>;

/** What the clients of both AWS plugins take from their configuration. */
export type ClientConfiguration = Pick<
  STSClientConfig,
  "region" | "profile" | "credentials" | "endpoint" | "maxAttempts" | "retryMode"
>;

const understood = [
  ...["region", "profile", "accessKey", "secretKey", "token", "endpoints", "skipCredentialsValidation"],
  ...["assumeRole", "assumeRoles"],
];

const Role = z.strictObject({
  roleArn: z.string(),
  sessionName: z.string().optional(),
  externalId: z.string().optional(),
});

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
  const staticCredentials = accessKeyId !== undefined &&
    secretAccessKey !== undefined && {
      credentials: { accessKeyId, secretAccessKey, ...(sessionToken !== undefined && { sessionToken }) },
    };
  return {
    ...(region !== undefined && { region }),
    ...(profile !== undefined && { profile }),
    ...withRoles(rolesOf(configuration), staticCredentials || ofEnvironment(profile), region, profile),
    ...(endpoint !== undefined && { endpoint }),
    // As both plugins: many attempts, and slower ones while AWS throttles.
    maxAttempts: 25,
    retryMode: "adaptive",
  };
}

/**
 * Keys in the environment come before AWS_PROFILE to the AWS SDK for Go, which both plugins are made with, and after it to the one
 * for JavaScript (aws-sdk-go-v2, config/resolve_credentials.go; credential-provider-node's default provider).
 */
function ofEnvironment(profile: string | undefined): Pick<ClientConfiguration, "credentials"> {
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = process.env;
  return profile === undefined && accessKeyId && secretAccessKey ? { credentials: fromEnv() } : {};
}

/** @pulumi/aws takes a chain of roles, @pulumi/aws-native one. */
function rolesOf(configuration: Configuration): z.output<typeof Role>[] {
  const one = structured(configuration, "assumeRole", Role);
  return one === undefined ? (structured(configuration, "assumeRoles", z.array(Role)) ?? []) : [one];
}

/** Each role is assumed with the credentials of the one before, the first with those of the configuration. */
function withRoles(
  roles: readonly z.output<typeof Role>[],
  start: Pick<ClientConfiguration, "credentials">,
  region: string | undefined,
  profile: string | undefined,
): Pick<ClientConfiguration, "credentials"> {
  const clientConfig = region === undefined ? {} : { region };
  return roles.reduce(({ credentials }, { roleArn, sessionName, externalId }) => {
    const masterCredentials =
      credentials ?? fromNodeProviderChain({ clientConfig, ...(profile !== undefined && { profile }) });
    const params = { RoleArn: roleArn, RoleSessionName: sessionName, ExternalId: externalId };
    return { credentials: fromTemporaryCredentials({ masterCredentials, clientConfig, params }) };
  }, start);
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
