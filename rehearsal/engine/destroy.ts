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
    const { context, snapshot } = operation;
    const steps = deletionSteps(snapshot.base, () => false, context.deleting);
    await carryOut(operation, steps);
  });
}
