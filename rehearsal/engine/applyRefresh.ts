import { InitializationError } from "./pluginError";
import { decide } from "./providerDiff";
import { equal } from "./propertyValues";
import type { ResourceState } from "./resourceState";
import { markSecretOutputs } from "./secretOutputs";
import { known, type Step } from "./step";
import { providerOf, type StepContext } from "./stepContext";
import { isProviderType } from "./urn";

/**
 * Reads a resource and turns the step into what that comes to: same, update or delete. As in Pulumi it is the inputs
 * that decide: would an update of an unchanged program find something to do?
 */
export async function applyRefresh(context: StepContext, step: Step): Promise<void> {
  const { snapshot, warn } = context;
  const old = known(step.old);
  step.op = "same";
  step.new = old;
  if (old.propertyDependencies !== undefined) {
    // As Pulumi's own, a refresh forgets on the way which properties depend on nothing.
    const left = Object.entries(old.propertyDependencies).filter(([, urns]) => urns.length > 0);
    old.propertyDependencies = Object.fromEntries(left);
  }
  if (!old.custom || isProviderType(old.type) || old.pendingReplacement === true) {
    return;
  }
  const provider = await providerOf(context, old);
  const read = await provider.read(old, known(old.id), old, old.customTimeouts?.read).catch((error: unknown) => {
    // A resource that is there but unwell is refreshed all the same; the next update tries to bring it in order.
    if (!(error instanceof InitializationError)) {
      throw error;
    }
    warn(`Refreshed resource is in an unhealthy state:\n* ${error.reasons.join("\n* ")}`, old.urn);
    return { id: error.id, inputs: error.inputs, outputs: error.outputs, initErrors: error.reasons };
  });
  if (read === undefined) {
    step.op = "delete";
    delete step.new;
    snapshot.end(undefined, { remove: old });
    return;
  }
  const next: ResourceState = { ...old, ...read, inputs: read.inputs ?? old.inputs };
  if (!("initErrors" in read)) {
    delete next.initErrors;
  }
  markSecretOutputs(next);
  if (!equal(next.inputs, old.inputs) || !equal(next.outputs, old.outputs)) {
    next.modified = new Date().toISOString();
  }
  step.new = next;
  if (old.external === true) {
    step.op = equal(next.outputs, old.outputs) ? "same" : "update";
  } else {
    const ignored = old.ignoreChanges ?? [];
    const diff = decide(
      await provider.diff(next, known(next.id), next, old.inputs, ignored),
      next.inputs,
      old.inputs,
      ignored,
    );
    step.op = diff.changes === "some" ? "update" : "same";
    step.changedKeys = diff.changedKeys;
  }
  snapshot.replace(old, next);
}
