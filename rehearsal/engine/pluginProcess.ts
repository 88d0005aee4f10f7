import { once } from "node:events";
import { createInterface } from "node:readline";
import { type EngineChild, startChild, stopChild } from "./childProcess";
import { ShuttingDown } from "./shuttingDown";

/** How to start a plugin: what Pulumi finds as `pulumi-resource-NAME` on PATH. */
export interface PluginCommand {
  command: string;
  args: readonly string[];
  cwd: string;
}

/** Node's arguments for the processes that @pulumi/pulumi ships beside the program's. */
export const startQuickly = ["--require", require.resolve("../../start-quickly.js")] as const;

/**
 * A plugin's process: like Pulumi's own it is given the engine's address and prints the port it serves on as its first
 * line (docs of pulumirpc.ResourceProvider and pulumirpc.Analyzer).
 */
export class PluginProcess {
  private constructor(
    readonly address: string,
    private readonly child: EngineChild,
  ) {}

  /**
   * @param onOutput takes what the plugin prints besides its port, a line at a time.
   * @param end ends the process while it has not begun to serve.
   * @throws Error when the process ends, or prints something else, before it serves; ShuttingDown when it is ended before.
   */
  static async start(
    name: string,
    { command, args, cwd }: PluginCommand,
    environment: NodeJS.ProcessEnv,
    onOutput: (line: string) => void,
    end: AbortSignal = new AbortController().signal,
  ): Promise<PluginProcess> {
    if (end.aborted) {
      throw new ShuttingDown();
    }
    const child = startChild(command, args, { cwd, env: environment });
    const complaints: string[] = [];
    createInterface({ input: child.stderr }).on("line", (line) => {
      complaints.push(line);
      onOutput(line);
    });
    const stdout = createInterface({ input: child.stdout });
    const stop = () => void stopChild(child);
    end.addEventListener("abort", stop);
    const port = await Promise.race([
      once(stdout, "line").then(([line]) => line as string),
      once(child, "exit").then(([code]) => {
        throw end.aborted
          ? new ShuttingDown()
          : new Error(`plugin ${name} ended with exit code ${String(code)} before it served\n${complaints.join("\n")}`);
      }),
    ]).finally(() => {
      end.removeEventListener("abort", stop);
    });
    stdout.on("line", onOutput);
    if (!/^\d+$/.test(port)) {
      await stopChild(child);
      throw new Error(`plugin ${name} printed "${port}" where its port was expected`);
    }
    return new PluginProcess(`127.0.0.1:${port}`, child);
  }

  stop(): Promise<void> {
    return stopChild(this.child);
  }
}
