import pLimit from "p-limit";
import { operate, type OperationOptions, type OperationResult } from "./operation";
import { makeStep } from "./step";

/** Brings the state to what the providers find; the program is not run and nothing but the state is written. */
export function refresh(options: OperationOptions): Promise<OperationResult> {
  return operate("refresh", false, options, async ({ executor, fail, parallel, snapshot }) => {
    const limit = pLimit(parallel);
    const steps = snapshot.base.map((resource) => makeStep("refresh", resource, undefined));
    executor.plan(steps);
    await Promise.all(
      steps.map((step) => limit(() => executor.execute(step).catch((error: unknown) => fail(error, step.old?.urn)))),
    );
  });
}
