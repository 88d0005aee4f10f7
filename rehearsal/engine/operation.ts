import { availableParallelism } from "node:os";
import * as grpc from "@grpc/grpc-js";
import { type PendingOperation, StateFile } from "./deployment";
import { serve } from "./engineServer";
import type { ChangeCounts, EngineEvent, OperationKind } from "./events";
import type { PluginCommand } from "./pluginProcess";
import type { Project } from "./project";
import type { PropertyMap } from "./propertyValues";
import { ProviderRegistry } from "./providerRegistry";
import type { Registrations } from "./resourceMonitor";
import { grpcOptions } from "./rpc";
import { Snapshot } from "./snapshot";
import { StepExecutor } from "./stepExecutor";
import { stackType } from "./urn";

export interface OperationOptions {
  project: Project;
  /** File of the stack's state, in the form of `pulumi stack export`. */
  stateFile: string;
  /** Under which the state's secrets are encrypted. */
  passphrase: string;
  /** How to start the plugin of each package, as Pulumi finds `pulumi-resource-NAME` on PATH. */
  plugins: Readonly<Record<string, PluginCommand>>;
  /** Folders of policy packs. */
  policyPacks: readonly string[];
  environment: NodeJS.ProcessEnv;
  /** Steps at once; four a processor unless given, as Pulumi's own default. */
  parallel?: number;
  onEvent: (event: EngineEvent) => void;
}

export interface OperationResult {
  succeeded: boolean;
  counts: ChangeCounts;
  /** The stack's outputs. */
  outputs: PropertyMap;
}

/** What every kind of operation works with. */
export interface Operation {
  readonly options: OperationOptions;
  readonly preview: boolean;
  readonly parallel: number;
  /** Where the program and the policy packs reach the engine. */
  readonly address: string;
  readonly snapshot: Snapshot;
  readonly providers: ProviderRegistry;
  readonly executor: StepExecutor;
  /** Takes the program's requests; operations that run no program have none. */
  registrations: Registrations | undefined;
  failed: boolean;
  readonly emit: (event: EngineEvent) => void;
  /** Tells the user of an error, which fails the operation. */
  readonly fail: (message: string, urn?: string) => void;
}

/** The frame of every operation: state, engine service, providers and summary around what `run` does. */
export async function operate(
  kind: OperationKind,
  preview: boolean,
  options: OperationOptions,
  run: (operation: Operation) => Promise<void>,
): Promise<OperationResult> {
  const started = performance.now();
  const operation = await open(preview, options);
  operation.emit({
    kind: "preludeEvent",
    operation: kind,
    preview,
    project: options.project.name,
    stack: options.project.stack,
  });
  try {
    await run(operation);
  } catch (error) {
    operation.fail((error as Error).message);
  } finally {
    await operation.close();
  }
  const { executor, failed, snapshot } = operation;
  const seconds = (performance.now() - started) / 1000;
  operation.emit({ kind: "summaryEvent", operation: kind, preview, counts: executor.counts, failed, seconds });
  const stack = snapshot.resources.find(({ type }) => type === stackType);
  return { succeeded: !failed, counts: executor.counts, outputs: stack?.outputs ?? {} };
}

async function open(preview: boolean, options: OperationOptions): Promise<Operation & { close(): Promise<void> }> {
  const file = new StateFile(options.stateFile, options.passphrase);
  const { resources, pendingOperations } = file.load();
  const server = new grpc.Server(grpcOptions);
  const address = await serve(server, {
    log: (severity, message, urn) => {
      if (severity === "error") {
        operation.fail(message, urn);
      } else {
        emit({ kind: "diagnosticEvent", severity, message, ...(urn !== undefined && { urn }) });
      }
    },
    registrations: () => operation.registrations,
  });
  const { onEvent: emit, project } = options;
  const interrupted = pendingOperations.filter(({ type }) => type === "creating");
  const snapshot = new Snapshot(resources, interrupted, preview ? undefined : file);
  const plugins = { ...options.plugins, "pulumi-nodejs": dynamicProvider(project) };
  const providers = new ProviderRegistry(plugins, address, options.environment, (message) => {
    emit({ kind: "diagnosticEvent", severity: "info", message });
  });
  const operation = {
    options,
    preview,
    parallel: options.parallel ?? 4 * availableParallelism(),
    address,
    snapshot,
    providers,
    executor: new StepExecutor(snapshot, providers, preview, emit),
    registrations: undefined as Registrations | undefined,
    failed: false,
    emit,
    fail: (message: string, urn?: string) => {
      operation.failed = true;
      emit({ kind: "diagnosticEvent", severity: "error", message, ...(urn !== undefined && { urn }) });
    },
    async close() {
      await providers.stop();
      server.forceShutdown();
    },
  };
  for (const { type, resource } of pendingOperations) {
    const message = `the last operation was interrupted while ${type} ${resource.urn}. ${advice(type, options.stateFile)}`;
    emit({ kind: "diagnosticEvent", severity: "warning", message, urn: resource.urn });
  }
  return operation;
}

function advice(type: PendingOperation["type"], stateFile: string): string {
  return type === "creating"
    ? `Look whether it exists, import it if so, and take it out of pending_operations in ${stateFile}`
    : "A refresh shows what became of it";
}

/** Dynamic resources are run by the process that @pulumi/pulumi ships for them. */
function dynamicProvider(project: Project): PluginCommand {
  const entry = require.resolve("@pulumi/pulumi/cmd/dynamic-provider", { paths: [project.directory] });
  return { command: process.execPath, args: [entry], cwd: project.directory };
}
