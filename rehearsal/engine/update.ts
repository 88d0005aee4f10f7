import * as grpc from "@grpc/grpc-js";
import pLimit, { type LimitFunction } from "p-limit";
import { Analyzer } from "./analyzer";
import { dependentsFirst } from "./dependencyOrder";
import type { ResourceState } from "./deployment";
import { operate, type Operation, type OperationOptions, type OperationResult } from "./operation";
import { runProgram } from "./program";
import type { PropertyMap } from "./propertyValues";
import type { Registrations } from "./resourceMonitor";
import { Bail, CheckFailed, type Goal, StepGenerator } from "./stepGenerator";
import { resourceOf, type Step } from "./step";
import { providerReference, stackType } from "./urn";

/** Shows what `up` would do; nothing is written, neither to the state nor, by any provider, to AWS. */
export function preview(options: OperationOptions): Promise<OperationResult> {
  return operate("update", true, options, deploy);
}

/** Takes the stack to what the program asks for. */
export function up(options: OperationOptions): Promise<OperationResult> {
  return operate("update", false, options, deploy);
}

async function deploy(operation: Operation): Promise<void> {
  const { address, emit, options, parallel } = operation;
  const { environment, project } = options;
  const print = (message: string) => {
    emit({ kind: "stdoutEvent", message });
  };
  // The packs start while the program does; nothing is decided before they are ready to judge it.
  const analyzers = Promise.all(
    options.policyPacks.map((pack) => Analyzer.start(pack, project, operation.preview, address, environment, print)),
  );
  const run = new ProgramRun(operation, analyzers);
  operation.registrations = run;
  try {
    const [failure] = await Promise.all([
      runProgram(project, {
        address,
        preview: operation.preview,
        parallel,
        environment,
        onStdout: print,
        onStderr: print,
      }),
      // A pack that does not start has failed the operation by the time the program's first request is answered.
      analyzers.catch((error: unknown) => {
        operation.fail((error as Error).message);
      }),
    ]);
    if (failure !== undefined && (failure !== "" || !operation.failed)) {
      operation.fail(failure);
    }
    if (!operation.failed) {
      await run.finish();
    }
  } finally {
    const started = await analyzers.catch(() => []);
    await Promise.all(started.map((analyzer) => analyzer.stop()));
  }
}

/** One run of the program: its requests become steps, decided one after the other and carried out several at once. */
class ProgramRun implements Registrations {
  private readonly generator: StepGenerator;
  private readonly deciding = pLimit(1);
  private readonly executing: LimitFunction;
  private readonly defaultProviders = new Map<string, Promise<string>>();
  private stackUrn = "";

  constructor(
    private readonly operation: Operation,
    analyzers: Promise<readonly Analyzer[]>,
  ) {
    const { emit, options, preview, providers, snapshot } = operation;
    this.executing = pLimit(operation.parallel);
    this.generator = new StepGenerator(options.project, snapshot.base, providers, analyzers, preview, emit);
  }

  async register(goal: Goal): Promise<ResourceState> {
    const importing = await this.attempt(goal, () => Promise.resolve(this.generator.importing(goal)));
    if (importing !== undefined) {
      await this.executing(() => this.attempt(goal, () => this.operation.executor.execute(importing)));
      this.generator.adopt(resourceOf(importing));
    }
    const { state, steps } = await this.deciding(() => this.attempt(goal, () => this.generator.generate(goal)));
    for (const step of steps) {
      await this.executing(() => this.attempt(goal, () => this.operation.executor.execute(step)));
    }
    if (goal.type === stackType) {
      this.stackUrn = state.urn;
    }
    return state;
  }

  registerOutputs(urn: string, outputs: PropertyMap): void {
    const state = this.generator.registered.get(urn);
    if (state === undefined) {
      throw new Error(`outputs for ${urn}, which is not registered`);
    }
    state.outputs = outputs;
    this.operation.snapshot.write();
  }

  defaultProvider(packageName: string, version: string): Promise<string> {
    const name = version === "" ? "default" : `default_${version.replaceAll(/[.+-]/g, "_")}`;
    const key = `${packageName}::${name}`;
    const known = this.defaultProviders.get(key) ?? this.registerDefaultProvider(packageName, name, version);
    this.defaultProviders.set(key, known);
    return known;
  }

  async invoke(token: string, provider: string, args: PropertyMap) {
    return this.operation.providers.get(provider).invoke(token, args);
  }

  /** What is left to do once the program has said everything: deletions, then the policies on the whole stack. */
  async finish(): Promise<void> {
    const { executor, failed, snapshot } = this.operation;
    if (failed) {
      return;
    }
    const limit = pLimit(this.operation.parallel);
    const leftovers = this.generator.leftovers(snapshot.base);
    try {
      await dependentsFirst(leftovers, resourceOf, (step: Step) =>
        limit(() => executor.execute(step).catch((error: unknown) => this.fail(error, resourceOf(step).urn))),
      );
    } catch {
      return;
    }
    await this.generator.analyzeStack(this.stackUrn);
    if (this.generator.sawError) {
      this.operation.failed = true;
    }
  }

  private async registerDefaultProvider(packageName: string, name: string, version: string): Promise<string> {
    const { config } = this.operation.options.project;
    // Dynamic providers are given the whole configuration, others that of their package.
    const own = Object.entries(config).flatMap(([key, value]): [string, string][] => {
      const [namespace, ...rest] = key.split(":");
      return packageName === "pulumi-nodejs"
        ? [[key, value]]
        : namespace === packageName
          ? [[rest.join(":"), value]]
          : [];
    });
    const state = await this.register({
      type: `pulumi:providers:${packageName}`,
      name,
      custom: true,
      parent: "",
      properties: { ...Object.fromEntries(own), ...(version !== "" && { version }) },
      dependencies: [],
      propertyDependencies: {},
      provider: "",
      protect: false,
      replaceOnChanges: [],
      importId: "",
    });
    return providerReference(state.urn, state.id ?? "");
  }

  /** Once anything has failed the program is told that the engine is shutting down: nothing new begins. */
  private async attempt<T>(goal: Goal, act: () => Promise<T>): Promise<T> {
    if (this.operation.failed) {
      throw shuttingDown();
    }
    try {
      return await act();
    } catch (error) {
      return this.fail(error, `${goal.type} "${goal.name}"`);
    }
  }

  fail(error: unknown, what: string): never {
    this.operation.failed = true;
    const messages = error instanceof CheckFailed ? error.messages : [(error as Error).message];
    for (const message of error instanceof Bail ? [] : messages) {
      this.operation.fail(message, what);
    }
    throw shuttingDown();
  }
}

function shuttingDown(): Error {
  return Object.assign(new Error("resource monitor shut down"), { code: grpc.status.UNAVAILABLE });
}
