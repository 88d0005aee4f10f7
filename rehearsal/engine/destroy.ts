import { carryOut, deletionSteps } from "./deletions";
import { operate, type OperationOptions, type OperationResult } from "./operation";

/** Deletes everything the state holds, dependents first; the program is not run. */
export function destroy(options: OperationOptions): Promise<OperationResult> {
  return deleteAll(options, false);
}

/** Shows what `destroy` would delete, and fails when something protected is in its way. */
export function previewDestroy(options: OperationOptions): Promise<OperationResult> {
  return deleteAll(options, true);
}

function deleteAll(options: OperationOptions, preview: boolean): Promise<OperationResult> {
  return operate("destroy", preview, options, async (operation) => {
    const { context, fail, snapshot } = operation;
    const hooked = snapshot.base.filter(
      ({ resourceHooks: { BeforeDelete, AfterDelete } = {} }) => BeforeDelete ?? AfterDelete,
    );
    for (const { resourceHooks, urn } of hooked) {
      const names = [...(resourceHooks?.BeforeDelete ?? []), ...(resourceHooks?.AfterDelete ?? [])].join(", ");
      fail(new Error(`Resource has delete hooks registered, but the program is not running. Hooks: ${names}`), urn);
    }
    if (hooked.length > 0) {
      return;
    }
    const steps = deletionSteps(snapshot.base, () => false, context.deleting);
    await carryOut(operation, steps);
  });
}
