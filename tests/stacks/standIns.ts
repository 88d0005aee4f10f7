import { EngineLog } from "../../rehearsal/plugins/engineLog";
import { AwsNativePlugin } from "../../rehearsal/plugins/awsNative";
import { AwsPlugin } from "../../rehearsal/plugins/aws";
import { CommandPlugin } from "../../rehearsal/plugins/command";
import { listen } from "../../rehearsal/plugins/providerServer";

/** The stand-ins for the plugins in the tests' process, which engines attach to: three processes less an operation. */
export interface StandIns {
  /** For PULUMI_DEBUG_PROVIDERS. */
  readonly ports: string;
  close(): void;
}

/** They act by the environment of this process, as it is while an engine asks them something. */
export async function startStandIns(): Promise<StandIns> {
  const plugins = [new AwsPlugin(), new AwsNativePlugin(), new CommandPlugin()];
  const servers = await Promise.all(
    plugins.map(async (plugin) => ({
      name: plugin.name,
      ...(await listen(plugin, new EngineLog(), new AbortController())),
    })),
  );
  return {
    ports: servers.map(({ name, port }) => `${name}:${port}`).join(","),
    close: () => servers.forEach(({ server }) => server.forceShutdown()),
  };
}
