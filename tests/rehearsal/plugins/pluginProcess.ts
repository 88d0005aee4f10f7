import { type ChildProcess, spawn, type StdioOptions } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import * as grpc from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";

export const projectFolder = join(__dirname, "../../..");

/** A stand-in as a process of its own, started and called as Pulumi's engine does. */
export class PluginProcess {
  private constructor(
    readonly child: ChildProcess,
    readonly port: number,
    readonly client: ResourceProviderClient,
  ) {}

  static async start(
    entry: string,
    {
      environment = {},
      args = [],
      stdin = "pipe",
      cwd = projectFolder,
    }: {
      environment?: NodeJS.ProcessEnv;
      args?: string[];
      stdin?: "pipe" | "ignore";
      cwd?: string;
    } = {},
  ): Promise<PluginProcess> {
    const stdio: StdioOptions = [stdin, "pipe", "inherit"];
    const child = spawn(process.execPath, [...pluginCommand(entry), ...args], {
      cwd,
      env: { ...withoutAws(process.env), ...environment },
      stdio,
    });
    if (child.stdout === null) {
      throw new Error("the plugin has no standard output");
    }
    const [line] = (await once(createInterface({ input: child.stdout }), "line")) as [string];
    const port = Number(line);
    const client = new ResourceProviderClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
    return new PluginProcess(child, port, client);
  }

  /** Waits for the process to end by itself. */
  async ended(): Promise<{ code: number | null; signal: NodeJS.Signals | null }> {
    if (this.child.exitCode === null && this.child.signalCode === null) {
      await once(this.child, "exit");
    }
    this.client.close();
    return { code: this.child.exitCode, signal: this.child.signalCode };
  }

  async stop(): Promise<void> {
    this.child.kill("SIGKILL");
    await this.ended();
  }
}

/** node's arguments for a plugin's entry file (`aws.ts`). */
export function pluginCommand(entry: string): string[] {
  return ["--require", join(projectFolder, "register-swc.js"), join(projectFolder, "rehearsal/plugins", entry)];
}

/** One unary call as a promise: `call((done) => client.check(request, done))`. */
export function call<Response>(
  start: (done: (error: grpc.ServiceError | null, response: Response) => void) => unknown,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    start((error, response) => {
      if (error === null) {
        resolve(response);
      } else {
        reject(error);
      }
    });
  });
}

/** So that no test depends on, or uses, what the machine is signed in to. */
function withoutAws(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(environment).filter(([key]) => !key.startsWith("AWS_"));
  return { ...Object.fromEntries(kept), AWS_CONFIG_FILE: "/dev/null", AWS_SHARED_CREDENTIALS_FILE: "/dev/null" };
}
