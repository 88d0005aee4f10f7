import pLimit from "p-limit";
import { dependentsFirst } from "./dependencyOrder";
import { operate, type OperationOptions, type OperationResult } from "./operation";
import { makeStep, resourceOf } from "./step";

/** Deletes everything the state holds, dependents first; the program is not run. */
export function destroy(options: OperationOptions): Promise<OperationResult> {
  return operate("destroy", options, async ({ executor, fail, parallel, snapshot }) => {
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
