import type { Analyzer } from "./analyzer";
import { ComponentSteps } from "./componentSteps";
import { DefaultProviders } from "./defaultProviders";
import { carryOut, deletionSteps } from "./deletions";
import type { Goal, ReadGoal } from "./goal";
import type { Operation } from "./operation";
import { Policies } from "./policies";
import type { PropertyMap } from "./propertyValues";
import type { Registrations } from "./registrations";
import type { ResourceHooks } from "./resourceHooks";
import type { ResourceState } from "./resourceState";
import { resourceOf, type Step } from "./step";
import { StepGenerator } from "./stepGenerator";
import { StepQueue } from "./stepQueue";
import { Transforms } from "./transforms";
import { stackType } from "./urn";

/** One run of the program: its requests become steps, decided one after the other and carried out several at once. */
export class ProgramRun implements Registrations {
  readonly hooks: ResourceHooks;
  readonly transforms: Transforms;
  private readonly generator: StepGenerator;
  private readonly policies: Policies;
  private readonly defaultProviders: DefaultProviders;
  private readonly queue: StepQueue;
  private readonly components: ComponentSteps;
  private stack: { state: ResourceState; outputs?: PropertyMap } | undefined;
  private finishing: Promise<void> | undefined;

  constructor(
    private readonly operation: Operation,
    analyzers: Promise<readonly Analyzer[]>,
  ) {
    const { context, emit, options, preview, providers, snapshot } = operation;
    this.hooks = context.hooks;
    this.transforms = new Transforms(operation.callbacks);
    this.queue = new StepQueue(operation);
    this.components = new ComponentSteps(context);
    this.policies = new Policies(analyzers, preview, emit);
    this.generator = new StepGenerator(
      options.project,
      snapshot.base,
      context.deleting,
      providers,
      this.policies,
      preview,
      emit,
    );
    this.defaultProviders = new DefaultProviders(options.project, (goal) => this.register(goal));
  }

  register(goal: Goal): Promise<ResourceState> {
    return this.queue.attempt(`${goal.type} "${goal.name}"`, async () => {
      let claim = await this.queue.decide(() => this.generator.claim(goal));
      const importing = this.generator.importing(claim);
      await this.queue.execute(importing);
      const [imported] = importing;
      if (imported !== undefined) {
        claim = { ...claim, old: resourceOf(imported), imported: true };
      }
      const { state, steps } = await this.queue.decide(() => this.generator.generate(claim));
      await this.queue.execute(steps);
      if (!goal.custom) {
        steps.forEach((step) => this.components.note(state.urn, step));
      }
      if (goal.type === stackType) {
        this.stack = { state };
      }
      return state;
    });
  }

  read(goal: ReadGoal): Promise<ResourceState> {
    return this.queue.attempt(`${goal.type} "${goal.name}"`, async () => {
      const { state, steps } = await this.queue.decide(() => this.generator.generateRead(goal));
      await this.queue.execute(steps);
      return state;
    });
  }

  /** What comes after a failure is not kept, nor what came while a decision was being made that has failed: as in Pulumi, one queue. */
  registerOutputs(urn: string, outputs: PropertyMap): Promise<void> {
    return this.queue.attempt(urn, async () => {
      const isStack = await this.queue.decide(() => this.noteOutputs(urn, outputs));
      if (!isStack) {
        await this.components.ended(urn);
      }
    });
  }

  goalOf(urn: string): Goal | undefined {
    return this.generator.decisions.goals.get(urn);
  }

  defaultProvider(packageName: string, version: string): Promise<string> {
    return this.defaultProviders.get(packageName, version);
  }

  async invoke(token: string, provider: string, args: PropertyMap) {
    return this.operation.providers.get(provider).invoke(token, args);
  }

  finish(): Promise<void> {
    this.finishing ??= this.deleteAndJudge();
    return this.finishing;
  }

  /** The stack's outputs are what the program says in the end; after a failure it may not have come to say all of them. */
  setStackOutputs(): void {
    if (this.stack?.outputs !== undefined) {
      const { outputs, state } = this.stack;
      state.outputs = this.operation.failed ? { ...state.outputs, ...outputs } : outputs;
      this.operation.snapshot.write();
    }
  }

  idle(): Promise<void> {
    return this.queue.idle();
  }

  fail(error: unknown, what: string): Promise<never> {
    return this.queue.fail(error, what);
  }

  /** @returns whether they are the stack's own, which take effect at the end. */
  private noteOutputs(urn: string, outputs: PropertyMap): boolean {
    const state = this.generator.decisions.registered.get(urn);
    if (state === undefined) {
      throw new Error(`outputs for ${urn}, which is not registered`);
    }
    if (this.stack?.state === state) {
      this.stack.outputs = outputs;
      return true;
    }
    state.outputs = outputs;
    this.operation.snapshot.write();
    return false;
  }

  /** What is left to do once the program has said everything: deletions, then the policies on the whole stack. */
  private async deleteAndJudge(): Promise<void> {
    const { context, snapshot } = this.operation;
    if (this.operation.failed) {
      return;
    }
    const { decisions } = this.generator;
    const isKept = (old: ResourceState) => decisions.isRegistered(old);
    const leftovers = deletionSteps(snapshot.base, isKept, context.deleting);
    const done = await carryOut(
      this.operation,
      leftovers.filter((step) => !this.isDone(step)),
    );
    if (done) {
      this.setStackOutputs();
      await this.generator.analyzeStack(this.stack?.state.urn ?? "");
      this.operation.failed ||= this.generator.sawError || this.policies.violated;
    }
  }

  /** Whether a deletion has made room for a replacement already, and nothing is left of it but to say so. */
  private isDone({ old, op }: Step): boolean {
    const { deletedEarly } = this.generator.decisions;
    return old !== undefined && deletedEarly.has(old) && op !== "remove-pending-replace";
  }
}
