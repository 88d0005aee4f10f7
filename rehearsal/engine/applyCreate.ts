import type { ResourceState } from "./resourceState";
import { markSecretOutputs } from "./secretOutputs";
import { known, type Step } from "./step";
import { providerOf, recording, type StepContext } from "./stepContext";
import { isProviderType } from "./urn";

/** Makes a resource, for the first time or in place of an old one. */
export async function applyCreate(context: StepContext, { old, new: made, pendingDelete }: Step): Promise<void> {
  const { hooks, preview, providers, snapshot } = context;
  const next = known(made);
  await hooks.run("BeforeCreate", next, { newInputs: next.inputs });
  // One that was deleted to make room for this one leaves the state only now.
  const superseded = old?.pendingReplacement === true ? old : undefined;
  await recording(context, "creating", next, superseded, async () => {
    if (isProviderType(next.type)) {
      next.id = await providers.create(next, next.inputs, preview);
      next.outputs = next.inputs;
    } else if (next.custom) {
      const provider = await providerOf(context, next);
      await hooks.retrying("create", next, { newInputs: next.inputs }, async () => {
        const { id, outputs } = await provider.create(next, next.inputs, preview, next.customTimeouts?.create);
        next.id = id;
        next.outputs = outputs;
      });
    }
    next.created = next.modified = new Date().toISOString();
  });
  if (old !== undefined && pendingDelete === true) {
    old.delete = true;
    snapshot.write();
  }
  if (next.custom) {
    await afterHooks(context, "AfterCreate", next, { newInputs: next.inputs, newOutputs: next.outputs });
  }
}

/** Changes a resource in place. */
export async function applyUpdate(context: StepContext, step: Step): Promise<void> {
  const { hooks, preview, providers } = context;
  const [old, next] = [known(step.old), known(step.new)];
  carryOver(next, old);
  const properties = { newInputs: next.inputs, oldInputs: old.inputs, oldOutputs: old.outputs };
  await hooks.run("BeforeUpdate", next, properties);
  await recording(context, "updating", next, old, async () => {
    if (isProviderType(next.type)) {
      await providers.configure(next, known(next.id), next.inputs);
      next.outputs = next.inputs;
    } else if (next.custom) {
      const provider = await providerOf(context, next);
      const options = { preview, ignoreChanges: next.ignoreChanges ?? [], timeout: next.customTimeouts?.update };
      try {
        await hooks.retrying("update", next, properties, async () => {
          next.outputs = await provider.update(next, known(old.id), old, next.inputs, options);
        });
      } catch (error) {
        // What failed half-way does not have the new inputs yet: with the old ones the next update tries again.
        next.inputs = old.inputs;
        throw error;
      }
    } else {
      next.outputs = old.outputs;
    }
    next.modified = new Date().toISOString();
  });
  if (next.custom) {
    await afterHooks(context, "AfterUpdate", next, { ...properties, newOutputs: next.outputs });
  }
}

/** Keeps a resource; what the program says of it beside its inputs may have changed. */
export async function applySame({ providers, snapshot }: StepContext, step: Step): Promise<void> {
  const [old, next] = [known(step.old), known(step.new)];
  carryOver(next, old);
  next.outputs = old.outputs;
  markSecretOutputs(next);
  if (isProviderType(next.type)) {
    await providers.configure(next, known(old.id), old.inputs);
  }
  snapshot.end(undefined, { add: next, remove: old });
}

/**
 * Runs the hooks that follow a step. The step is done and stays on record whatever they say; a failure is the operation's.
 */
export async function afterHooks(
  { failAfterStep, hooks }: StepContext,
  ...call: Parameters<StepContext["hooks"]["run"]>
): Promise<void> {
  await hooks.run(...call).catch((error: unknown) => failAfterStep(error, call[1].urn));
}

/** What a resource keeps when it is neither created nor deleted. */
function carryOver(next: ResourceState, { id, created, modified }: ResourceState): void {
  Object.assign(next, {
    ...(id !== undefined && { id }),
    ...(created !== undefined && { created }),
    ...(modified !== undefined && { modified }),
  });
}
