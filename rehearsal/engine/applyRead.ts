import { InitializationError } from "./pluginError";
import { equal, unknownValue } from "./propertyValues";
import { known, type Step } from "./step";
import { providerOf, recording, type StepContext } from "./stepContext";

/** Looks at a resource that somebody else manages, also at preview. */
export async function applyRead(context: StepContext, { old, new: found, op }: Step): Promise<void> {
  const next = known(found);
  const id = known(next.id);
  const replaced = op === "read-replacement";
  await recording(context, "reading", next, replaced ? undefined : old, async () => {
    if (id !== unknownValue) {
      const provider = await providerOf(context, next);
      // Its inputs are all that is known of it so far; Pulumi sends them as its state, too.
      const state = { inputs: next.inputs, outputs: next.inputs };
      const read = await provider.read(next, id, state, next.customTimeouts?.read);
      if (read === undefined) {
        throw new Error(`resource '${id}' does not exist`);
      }
      Object.assign(next, { id: read.id, outputs: read.outputs });
    }
    if (old !== undefined) {
      const isChanged = !equal(next.inputs, old.inputs) || !equal(next.outputs, old.outputs);
      Object.assign(next, {
        ...(old.created !== undefined && { created: old.created }),
        ...(isChanged
          ? { modified: new Date().toISOString() }
          : old.modified !== undefined && { modified: old.modified }),
      });
    }
    if (old !== undefined && replaced) {
      old.delete = true;
    }
  });
}

/** Takes over a resource that exists: what is read becomes its state. */
export async function applyImport(context: StepContext, { old, new: taken, op }: Step): Promise<void> {
  const next = known(taken);
  const id = known(next.importID);
  await recording(context, "importing", next, undefined, async () => {
    const provider = await providerOf(context, next);
    const nothing = { inputs: {}, outputs: {} };
    const read = await provider.read(next, id, nothing, next.customTimeouts?.read).catch((error: unknown) => {
      if (!(error instanceof InitializationError)) {
        throw error;
      }
      next.initErrors = error.reasons;
      return { id: error.id, inputs: error.inputs, outputs: error.outputs };
    });
    if (read === undefined) {
      throw new Error(`resource '${id}' does not exist`);
    }
    if (read.inputs === undefined) {
      throw new Error(`the provider of ${next.urn} does not support importing resources`);
    }
    const now = new Date().toISOString();
    Object.assign(next, { id: read.id, inputs: read.inputs, outputs: read.outputs, created: now, modified: now });
    if (op === "import-replacement") {
      known(old).delete = true;
    }
  });
}
