import * as aws from "@pulumi/aws";
import * as awsNative from "@pulumi/aws-native";
import * as pulumi from "@pulumi/pulumi";
import type { Connection } from "./connection";

/** The stack's own providers of @pulumi/aws and @pulumi/aws-native, by package as a component's options take them. */
export interface Providers extends Record<string, pulumi.ProviderResource> {
  readonly aws: aws.Provider;
  readonly "aws-native": awsNative.Provider;
}

/**
 * Declares both providers, with the same Region and credentials, and waits until the engine has them: so the policy pack
 * has judged them even when what comes next refuses to go on.
 */
export async function registerProviders(connection: Connection): Promise<Providers> {
  const region = connection.region as awsNative.Region;
  const providers = {
    aws: new aws.Provider("aws", connection),
    "aws-native": new awsNative.Provider("aws-native", { ...connection, region }),
  };
  const urns = pulumi.all(Object.values(providers).map(({ urn }) => urn));
  await new Promise<void>((resolve) => urns.apply(() => resolve()));
  return providers;
}
