import * as grpc from "@grpc/grpc-js";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { EngineLog } from "./engineLog";
import { endWithEngine } from "./lifetime";
import type { ProviderPlugin } from "./providerPlugin";
import { ProviderService } from "./providerService";

const millisecondsToEnd = 4000; // The real engine kills a plugin after 5 seconds.
const maximumMessageBytes = 400 * 1024 * 1024; // Pulumi's own limit.

/**
 * Serves a plugin the way Pulumi starts it: `plugin [flags] [engine address]`, on loopback, the port as the only line
 * on standard output. Ends when the engine cancels, interrupts or goes away.
 */
export async function serveProvider(plugin: ProviderPlugin): Promise<void> {
  const log = new EngineLog();
  log.connect(process.argv.slice(2).findLast((argument) => !argument.startsWith("-")) ?? "");

  const ended = new AbortController();
  const { server, port } = await listen(plugin, log, ended);
  ended.signal.addEventListener("abort", () => {
    // Aborted calls still answer; the process ends with the last answer.
    server.tryShutdown(() => process.exit(0));
    setTimeout(() => process.exit(1), millisecondsToEnd).unref();
  });
  endWithEngine(() => {
    ended.abort();
  });
  process.stdout.write(`${port}\n`);
}

/** Serves a plugin in this process, on loopback. @param ended is aborted once the engine cancels. */
export async function listen(
  plugin: ProviderPlugin,
  log: EngineLog,
  ended: AbortController,
): Promise<{ server: grpc.Server; port: number }> {
  const server = new grpc.Server({
    "grpc.max_receive_message_length": maximumMessageBytes,
    "grpc.max_send_message_length": maximumMessageBytes,
  });
  server.addService(ResourceProviderService, new ProviderService(plugin, log, ended).implementation());
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) => {
      if (error === null) {
        resolve(bound);
      } else {
        reject(error);
      }
    });
  });
  return { server, port };
}
