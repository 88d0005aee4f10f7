import type { PendingOperation, ResourceState } from "./deployment";
import type { ChangeCounts, EngineEvent } from "./events";
import { InitializationError } from "./pluginError";
import { decide } from "./providerDiff";
import type { ProviderRegistry } from "./providerRegistry";
import type { Snapshot } from "./snapshot";
import { describe, resourceOf, type Step } from "./step";
import { isDefaultProvider, isProviderType } from "./urn";

/** Carries steps out, or at preview foretells their outputs, and keeps the snapshot true around each. */
export class StepExecutor {
  readonly counts: ChangeCounts = {};

  constructor(
    private readonly snapshot: Snapshot,
    private readonly providers: ProviderRegistry,
    private readonly preview: boolean,
    private readonly emit: (event: EngineEvent) => void,
  ) {}

  /** @throws Error with the plugin's message; the event that tells of it has been emitted by then. */
  async execute(step: Step): Promise<void> {
    // The user has not asked for default providers and is not told of them.
    const emit = isDefaultProvider(resourceOf(step).urn) ? () => undefined : this.emit;
    emit({ kind: "resourcePreEvent", step: describe(step) });
    const started = performance.now();
    try {
      await this.apply(step);
    } catch (error) {
      emit({ kind: "resOpFailedEvent", step: describe(step), message: (error as Error).message });
      throw error;
    }
    if (emit === this.emit && !parts.has(step.op)) {
      this.counts[step.op] = (this.counts[step.op] ?? 0) + 1;
    }
    emit({ kind: "resOutputsEvent", step: describe(step), seconds: (performance.now() - started) / 1000 });
  }

  private async apply(step: Step): Promise<void> {
    switch (step.op) {
      case "same":
        return this.same(known(step.old), known(step.new));
      case "create":
      case "create-replacement":
        return this.create(known(step.new), step.old);
      case "update":
        return this.update(known(step.old), known(step.new));
      case "delete":
      case "delete-replaced":
        return this.delete(known(step.old), step.op === "delete");
      case "import":
        return this.import(known(step.new));
      case "refresh":
        return this.refresh(step, known(step.old));
      case "replace":
        // Only says that the steps around it belong together.
        return;
    }
  }

  private async same(old: ResourceState, next: ResourceState): Promise<void> {
    Object.assign(next, carriedOver(old), { outputs: old.outputs });
    if (isProviderType(next.type)) {
      await this.providers.configure(next, known(old.id), old.inputs);
    }
    this.snapshot.end(undefined, { add: next, remove: old });
  }

  private async create(next: ResourceState, replaced: ResourceState | undefined): Promise<void> {
    next.created = next.modified = new Date().toISOString();
    await this.recording("creating", next, undefined, async () => {
      if (isProviderType(next.type)) {
        next.id = await this.providers.create(next, next.inputs, this.preview);
        next.outputs = next.inputs;
      } else if (next.custom) {
        const { id, outputs } = await this.providerOf(next).create(next, next.inputs, this.preview);
        next.id = id;
        next.outputs = outputs;
      }
    });
    if (replaced !== undefined) {
      replaced.delete = true;
      this.snapshot.write();
    }
  }

  private async update(old: ResourceState, next: ResourceState): Promise<void> {
    Object.assign(next, carriedOver(old), { modified: new Date().toISOString() });
    await this.recording("updating", next, old, async () => {
      if (isProviderType(next.type)) {
        await this.providers.configure(next, known(next.id), next.inputs);
        next.outputs = next.inputs;
      } else if (next.custom) {
        next.outputs = await this.providerOf(next).update(next, known(old.id), old, next.inputs, this.preview);
      } else {
        next.outputs = old.outputs;
      }
    });
  }

  private async delete(old: ResourceState, refuseProtected: boolean): Promise<void> {
    if (old.protect === true && refuseProtected) {
      throw new Error(
        `resource "${old.urn}" cannot be deleted because it is protected. Remove \`protect\` from it in the program ` +
          "(here: safety.protect in the stack's configuration), update the stack, then delete it",
      );
    }
    if (this.preview) {
      return;
    }
    const operation = this.snapshot.begin("deleting", old);
    try {
      if (old.custom && !isProviderType(old.type)) {
        const provider = await this.providers.load(known(old.provider), this.snapshot.resources);
        await provider.delete(old, known(old.id), old);
      }
    } catch (error) {
      this.snapshot.end(operation, {});
      throw error;
    }
    this.snapshot.end(operation, { remove: old });
  }

  /** Takes over a resource that exists: what is read becomes its state. */
  private async import(next: ResourceState): Promise<void> {
    const id = known(next.importID);
    const read = await this.providerOf(next).read(next, id, { inputs: {}, outputs: {} });
    if (read === undefined) {
      throw new Error(`resource '${id}' does not exist`);
    }
    if (read.inputs === undefined) {
      throw new Error(`the provider of ${next.urn} does not support importing resources`);
    }
    const now = new Date().toISOString();
    Object.assign(next, { id: read.id, inputs: read.inputs, outputs: read.outputs, created: now, modified: now });
    this.snapshot.end(undefined, { add: next });
  }

  /**
   * Reads a resource and turns the step into what that comes to: same, update or delete. As in Pulumi it is the inputs
   * that decide: would an update of an unchanged program find something to do?
   */
  private async refresh(step: Step, old: ResourceState): Promise<void> {
    step.op = "same";
    step.new = old;
    if (!old.custom || isProviderType(old.type)) {
      return;
    }
    const provider = await this.providers.load(known(old.provider), this.snapshot.base);
    const read = await provider.read(old, known(old.id), old);
    if (read === undefined) {
      step.op = "delete";
      delete step.new;
      this.snapshot.end(undefined, { remove: old });
      return;
    }
    const next = { ...old, id: read.id, inputs: read.inputs ?? old.inputs, outputs: read.outputs };
    const diff = decide(await provider.diff(next, next.id, next, old.inputs), next.inputs, old.inputs);
    step.new = next;
    step.op = diff.changes === "some" ? "update" : "same";
    step.changedKeys = diff.changedKeys;
    this.snapshot.replace(old, next);
  }

  /** Runs `act` as a pending operation; a resource that exists but isn't finished is kept, with the reasons. */
  private async recording(
    type: PendingOperation["type"],
    next: ResourceState,
    old: ResourceState | undefined,
    act: () => Promise<void>,
  ): Promise<void> {
    const operation = this.snapshot.begin(type, next);
    const change = { add: next, ...(old !== undefined && { remove: old }) };
    try {
      await act();
    } catch (error) {
      if (error instanceof InitializationError) {
        next.id = error.id;
        next.outputs = error.outputs;
        next.inputs = error.inputs ?? next.inputs;
        next.initErrors = error.reasons;
        this.snapshot.end(operation, change);
      } else {
        this.snapshot.end(operation, {});
      }
      throw error;
    }
    this.snapshot.end(operation, change);
  }

  private providerOf(resource: ResourceState) {
    return this.providers.get(known(resource.provider));
  }
}

/** Steps that a replacement consists of; it is counted once. */
const parts: ReadonlySet<string> = new Set(["create-replacement", "delete-replaced"]);

/** What a resource keeps when it is neither created nor deleted. */
function carriedOver({ id, created, modified }: ResourceState): Partial<ResourceState> {
  return {
    ...(id !== undefined && { id }),
    ...(created !== undefined && { created }),
    ...(modified !== undefined && { modified }),
  };
}

function known<T>(value: T | undefined): T {
  if (value === undefined) {
    throw new Error("the engine lost track of a resource: a step lacks the state that it works on");
  }
  return value;
}
