import type * as pulumi from "@pulumi/pulumi";
import type { Connection } from "../../components/aws/connection";

/**
 * A dynamic provider that has been given the stack's configuration, as Pulumi's provider process does before it asks for anything.
 *
 * @param others keys of the configuration beside the connection's.
 */
export async function configured<T extends pulumi.dynamic.ResourceProvider>(
  provider: T,
  connection: Connection,
  others: Readonly<Record<string, string>> = {},
): Promise<T> {
  await provider.configure?.({ config: configurationOf(connection, others) });
  return provider;
}

/** What a provider is configured with. */
export function configurationOf(
  connection: Connection,
  others: Readonly<Record<string, string>> = {},
): pulumi.dynamic.Config {
  const configuration: Record<string, string | undefined> = {
    "aws:region": connection.region,
    "aws:profile": connection.profile,
    ...others,
  };
  return {
    get: (key: string) => configuration[key],
    require: (key: string) => configuration[key] ?? `nothing for ${key}`,
  };
}
