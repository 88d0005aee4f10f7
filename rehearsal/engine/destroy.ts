import pLimit from "p-limit";
import { dependentsFirst } from "./dependencyOrder";
import { operate, type OperationOptions, type OperationResult } from "./operation";
import { makeStep, resourceOf } from "./step";

/** Deletes everything the state holds, dependents first; the program is not run. */
export function destroy(options: OperationOptions): Promise<OperationResult> {
  return deleteAll(options, false);
}

/** Shows what `destroy` would delete, and fails when something protected is in its way. */
export function previewDestroy(options: OperationOptions): Promise<OperationResult> {
  return deleteAll(options, true);
}

function deleteAll(options: OperationOptions, preview: boolean): Promise<OperationResult> {
  return operate("destroy", preview, options, async ({ executor, fail, parallel, snapshot }) => {
    const limit = pLimit(parallel);
    const steps = snapshot.base.map((resource) => makeStep("delete", resource, undefined));
    await dependentsFirst(steps, resourceOf, (step) =>
      limit(() =>
        executor.execute(step).catch((error: unknown) => {
          fail((error as Error).message, resourceOf(step).urn);
          throw error;
        }),
      ),
    ).catch(() => undefined);
  });
}
