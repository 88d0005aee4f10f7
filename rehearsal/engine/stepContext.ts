import { InitializationError } from "./pluginError";
import type { Provider } from "./provider";
import type { ProviderRegistry } from "./providerRegistry";
import type { ResourceHooks } from "./resourceHooks";
import type { PendingOperation, ResourceState } from "./resourceState";
import { markSecretOutputs } from "./secretOutputs";
import type { Snapshot } from "./snapshot";
import { known } from "./step";

/** What steps work with when they are carried out. */
export interface StepContext {
  readonly snapshot: Snapshot;
  readonly providers: ProviderRegistry;
  readonly preview: boolean;
  readonly hooks: ResourceHooks;
  /** The URNs of what this operation deletes, or is about to. */
  readonly deleting: Set<string>;
  readonly warn: (message: string, urn: string) => void;
  /** Fails the operation because of something that came after a step which itself succeeded. */
  readonly failAfterStep: (error: unknown, urn: string) => void;
}

/**
 * Runs a part of a step as a pending operation of the state; a resource that exists but isn't finished is kept, with the
 * reasons.
 */
export async function recording(
  { snapshot }: StepContext,
  type: PendingOperation["type"],
  next: ResourceState,
  old: ResourceState | undefined,
  act: () => Promise<void>,
): Promise<void> {
  const operation = snapshot.begin(type, next);
  const change = { add: next, ...(old !== undefined && { remove: old }) };
  try {
    await act();
  } catch (error) {
    if (error instanceof InitializationError) {
      Object.assign(next, { id: error.id, outputs: error.outputs, initErrors: error.reasons });
      markSecretOutputs(next);
      snapshot.end(operation, change);
    } else {
      snapshot.end(operation, {});
    }
    throw error;
  }
  markSecretOutputs(next);
  snapshot.end(operation, change);
}

/** The provider of a resource: one that the program has registered, or else that of the state. */
export function providerOf({ providers, snapshot }: StepContext, resource: ResourceState): Promise<Provider> {
  return providers.load(known(resource.provider), snapshot.base);
}
