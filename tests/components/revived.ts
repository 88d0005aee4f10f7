import * as pulumi from "@pulumi/pulumi";
import { createRequire } from "node:module";
import type { Connection } from "../../components/aws/connection";

// What Pulumi's own dynamic provider process runs a serialised provider with.
const requireFromString = createRequire(require.resolve("@pulumi/pulumi"))("require-from-string") as (
  text: string,
) => unknown;

/** The text that a dynamic provider lies in the state as. */
export async function serialized(provider: pulumi.dynamic.ResourceProvider): Promise<string> {
  // The argument only says that secrets may be captured; Pulumi passes it for dynamic providers, but keeps it out of its types.
  const options = { allowSecrets: true } as pulumi.runtime.SerializeFunctionArgs;
  return (await pulumi.runtime.serializeFunction(() => provider, options)).text;
}

/**
 * A provider as it runs in Pulumi's provider process: from its serialised text, configured with the stack's configuration.
 *
 * @param others keys of the configuration beside the connection's.
 */
export async function revived<T extends pulumi.dynamic.ResourceProvider>(
  provider: T,
  connection: Connection,
  others: Readonly<Record<string, string>> = {},
): Promise<T> {
  const copy = await deserialized(provider);
  await copy.configure?.({ config: configurationOf(connection, others) });
  return copy;
}

const texts = new WeakMap<pulumi.dynamic.ResourceProvider, Promise<string>>();

/** A provider from its serialised text, not configured yet. The same provider's text is made once, as Pulumi does. */
export async function deserialized<T extends pulumi.dynamic.ResourceProvider>(provider: T): Promise<T> {
  const text = texts.get(provider) ?? serialized(provider);
  texts.set(provider, text);
  const { handler } = requireFromString(await text) as { handler: () => T };
  return handler();
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
