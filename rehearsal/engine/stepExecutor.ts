import { applyCreate, applySame, applyUpdate } from "./applyCreate";
import { applyDelete } from "./applyDelete";
import { applyImport, applyRead } from "./applyRead";
import { applyRefresh } from "./applyRefresh";
import type { ChangeCounts, EngineEvent, OperationType } from "./events";
import { asPreviewFailure, Interrupted } from "./failures";
import { equal } from "./propertyValues";
import { describe, known, resourceOf, type Step } from "./step";
import type { StepContext } from "./stepContext";
import { isDefaultProvider } from "./urn";

/** Carries steps out, or at preview foretells their outputs, and keeps the snapshot true around each. */
export class StepExecutor {
  readonly counts: ChangeCounts = {};
  /** What has been decided and is not done. */
  readonly outstanding = new Set<Step>();
  private readonly underWay = new Set<Promise<void>>();

  constructor(
    private readonly context: StepContext,
    private readonly isInterrupted: () => boolean,
    private readonly emit: (event: EngineEvent) => void,
  ) {}

  /** Tells of steps before they are carried out. */
  plan(steps: readonly Step[]): void {
    steps.forEach((step) => this.outstanding.add(step));
  }

  /** Resolves when no step is under way. */
  async idle(): Promise<void> {
    while (this.underWay.size > 0) {
      await Promise.allSettled(this.underWay);
    }
  }

  /** @throws Error with the plugin's message; the event that tells of it has been emitted by then. */
  async execute(step: Step): Promise<void> {
    if (this.isInterrupted()) {
      throw new Interrupted();
    }
    const execution = this.carryOut(step);
    this.underWay.add(execution);
    try {
      await execution;
      this.outstanding.delete(step);
    } finally {
      this.underWay.delete(execution);
    }
  }

  private async carryOut(step: Step): Promise<void> {
    // The user has not asked for default providers and is not told of them.
    const isInternal = step.op === "remove-pending-replace" || isDefaultProvider(resourceOf(step).urn);
    const emit = isInternal ? () => undefined : this.emit;
    emit({ kind: "resourcePreEvent", step: describe(step) });
    const started = performance.now();
    try {
      await this.apply(step);
    } catch (error) {
      emit({ kind: "resOpFailedEvent", step: describe(step), message: (error as Error).message });
      throw this.context.preview ? asPreviewFailure(error) : error;
    }
    if (!isInternal && counts(step)) {
      this.counts[step.op] = (this.counts[step.op] ?? 0) + 1;
    }
    emit({ kind: "resOutputsEvent", step: describe(step), seconds: (performance.now() - started) / 1000 });
  }

  private async apply(step: Step): Promise<void> {
    switch (step.op) {
      case "same":
        return applySame(this.context, step);
      case "create":
      case "create-replacement":
        return applyCreate(this.context, step);
      case "update":
        return applyUpdate(this.context, step);
      case "delete":
      case "delete-replaced":
      case "discard":
      case "discard-replaced":
        return applyDelete(this.context, step);
      case "read":
      case "read-replacement":
        return applyRead(this.context, step);
      case "import":
      case "import-replacement":
        return applyImport(this.context, step);
      case "refresh":
        return applyRefresh(this.context, step);
      case "remove-pending-replace":
        // Was deleted to make room for a replacement that the program no longer asks for.
        this.context.snapshot.end(undefined, { remove: known(step.old) });
        return;
      case "replace":
        // Only says that the steps around it belong together.
        return;
    }
  }
}

/** Steps that a replacement consists of; it is counted once. */
const parts: ReadonlySet<OperationType> = new Set<OperationType>([
  "create-replacement",
  "delete-replaced",
  "discard-replaced",
  "read-replacement",
  "import-replacement",
]);

/** Reading again what is as it was is not worth mentioning (engine.shouldRecordReadStep). */
function counts({ op, old, new: next }: Step): boolean {
  return op === "read" ? old !== undefined && next !== undefined && !equal(old.outputs, next.outputs) : !parts.has(op);
}
