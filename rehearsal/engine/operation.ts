import { availableParallelism } from "node:os";
import * as grpc from "@grpc/grpc-js";
import { Callbacks } from "./callbacks";
import { StateFile } from "./deployment";
import { serve } from "./engineServer";
import type { ChangeCounts, EngineEvent, OperationKind } from "./events";
import { messagesOf } from "./failures";
import { interruptionReport, pendingOperationsWarning } from "./interruption";
import { type PluginCommand, startQuickly } from "./pluginProcess";
import type { Project } from "./project";
import type { PropertyMap } from "./propertyValues";
import { ProviderRegistry } from "./providerRegistry";
import type { Registrations } from "./registrations";
import { ResourceHooks } from "./resourceHooks";
import { grpcOptions } from "./rpc";
import { ShuttingDown } from "./shuttingDown";
import { Snapshot } from "./snapshot";
import type { StepContext } from "./stepContext";
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
  /** Stops the operation at the next safe point: steps under way finish, none begins. */
  interrupt?: AbortSignal;
  /** Called whenever the state is about to be written, which is to say no more than what it is about has come to. */
  beforeSave?: () => void;
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
  readonly callbacks: Callbacks;
  readonly context: StepContext;
  readonly executor: StepExecutor;
  /** Aborted once the operation has failed or is interrupted, and nothing of it is under way any more: it ends the program. */
  readonly stopped: AbortSignal;
  readonly endProgram: () => void;
  /** Takes the program's requests; operations that run no program have none. */
  registrations: Registrations | undefined;
  failed: boolean;
  /**
   * Nothing new is begun: something of the engine's has failed, or it is interrupted. An error that the program or a provider merely
   * logs fails the operation, and what is registered besides goes on, as in Pulumi.
   */
  halted: boolean;
  readonly emit: (event: EngineEvent) => void;
  /** Tells the user of an error, which fails the operation. */
  readonly fail: (error: unknown, urn?: string) => void;
}

/** The frame of every operation: state, engine service, providers and summary around what `run` does. */
export async function operate(
  kind: OperationKind,
  preview: boolean,
  options: OperationOptions,
  run: (operation: Operation) => Promise<void>,
): Promise<OperationResult> {
  const started = performance.now();
  const operation = await open(kind, preview, options);
  const { emit, executor, fail, snapshot } = operation;
  try {
    await run(operation);
  } catch (error) {
    fail(error);
  } finally {
    await operation.close();
  }
  if (options.interrupt?.aborted === true) {
    const what = preview ? "preview" : kind;
    fail(new Error(`${what} canceled`));
    emit({ kind: "diagnosticEvent", severity: "info", message: interruptionReport(what, executor.outstanding) });
  }
  const { failed } = operation;
  const seconds = (performance.now() - started) / 1000;
  emit({ kind: "summaryEvent", operation: kind, preview, counts: executor.counts, failed, seconds });
  const stack = snapshot.resources.find(({ type }) => type === stackType);
  return { succeeded: !failed, counts: executor.counts, outputs: stack?.outputs ?? {} };
}

async function open(
  kind: OperationKind,
  preview: boolean,
  options: OperationOptions,
): Promise<Operation & { close(): Promise<void> }> {
  const { interrupt, onEvent: emit, project } = options;
  const file = new StateFile(options.stateFile, options.passphrase, options.beforeSave);
  const { resources, pendingOperations } = file.load();
  const say = (severity: "info" | "warning" | "error", message: string, urn?: string) => {
    emit({ kind: "diagnosticEvent", severity, message, ...(urn !== undefined && { urn }) });
  };
  const server = new grpc.Server(grpcOptions);
  const address = await serve(server, {
    log: (severity, message, urn) => {
      operation.failed ||= severity === "error";
      say(severity, message, urn);
    },
    registrations: () => operation.registrations,
  });
  const callbacks = new Callbacks();
  const warn = (message: string, urn: string) => say("warning", message, urn);
  const plugins = { ...options.plugins, "pulumi-nodejs": dynamicProvider(project) };
  const context: StepContext = {
    // Nobody knows what became of what was being created: it stays on record until somebody has looked, as in Pulumi.
    snapshot: new Snapshot(
      resources,
      pendingOperations.filter(({ type }) => type === "creating"),
      preview ? undefined : file,
    ),
    providers: new ProviderRegistry(plugins, address, options.environment, (message) => say("info", message)),
    preview,
    hooks: new ResourceHooks(callbacks, preview, warn),
    deleting: new Set(),
    warn,
    failAfterStep: (error, urn) => operation.fail(error, urn),
  };
  const stop = new AbortController();
  const operation = {
    options,
    preview,
    parallel: options.parallel ?? 4 * availableParallelism(),
    address,
    snapshot: context.snapshot,
    providers: context.providers,
    callbacks,
    context,
    executor: new StepExecutor(context, () => interrupt?.aborted === true, emit),
    stopped: stop.signal,
    endProgram: () => {
      stop.abort();
    },
    registrations: undefined as Registrations | undefined,
    failed: interrupt?.aborted === true,
    halted: interrupt?.aborted === true,
    emit,
    fail: (error: unknown, urn?: string) => {
      operation.failed = true;
      operation.halted = true;
      for (const message of error instanceof ShuttingDown ? [] : messagesOf(error)) {
        say("error", message, urn);
      }
    },
    async close() {
      interrupt?.removeEventListener("abort", onInterrupt);
      callbacks.close();
      await context.providers.stop();
      server.forceShutdown();
    },
  };
  const onInterrupt = () => {
    operation.failed = true;
    operation.halted = true;
    context.providers.endStarts();
    void (operation.registrations ?? operation.executor).idle().then(operation.endProgram);
  };
  interrupt?.addEventListener("abort", onInterrupt);
  emit({ kind: "preludeEvent", operation: kind, preview, project: project.name, stack: project.stack });
  // Of a refresh it is the very purpose to look what became of them.
  if (pendingOperations.length > 0 && !preview && kind !== "refresh") {
    say("warning", pendingOperationsWarning(pendingOperations, options.stateFile));
  }
  return operation;
}

/** Dynamic resources are run by the process that @pulumi/pulumi ships for them. */
function dynamicProvider(project: Project): PluginCommand {
  const entry = require.resolve("@pulumi/pulumi/cmd/dynamic-provider", { paths: [project.directory] });
  return { command: process.execPath, args: [...startQuickly, entry], cwd: project.directory };
}
