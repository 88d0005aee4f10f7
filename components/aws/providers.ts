import type { Region } from "@pulumi/aws-native";
import { Provider as AwsNativeProvider } from "@pulumi/aws-native/provider";
import { Provider as AwsProvider } from "@pulumi/aws/provider";
import * as pulumi from "@pulumi/pulumi";
import { type Connection, roleSession } from "./connection";

/** The stack's own providers of @pulumi/aws and @pulumi/aws-native, by package as a component's options take them. */
export interface Providers extends Record<string, pulumi.ProviderResource> {
  readonly aws: AwsProvider;
  readonly "aws-native": AwsNativeProvider;
}

/**
 * Declares both providers, with the same Region and credentials, and waits until the engine has them: so the policy pack
 * has judged them even when what comes next refuses to go on.
 */
export async function registerProviders(connection: Connection): Promise<Providers> {
  const { region, profile, assumeRole } = connection;
  const from = profile === undefined ? {} : { profile };
  // A secret, so that the external id in it lies encrypted in the state.
  const role = assumeRole && pulumi.secret(roleSession(assumeRole));
  const providers = {
    aws: new AwsProvider("aws", { region, ...from, ...(role && { assumeRoles: [role] }) }),
    "aws-native": new AwsNativeProvider("aws-native", {
      region: region as Region,
      ...from,
      ...(role && { assumeRole: role }),
    }),
  };
  const urns = pulumi.all(Object.values(providers).map(({ urn }) => urn));
  await new Promise<void>((resolve) => urns.apply(() => resolve()));
  return providers;
}
