import { ProtectedError } from "./applyDelete";
import { dependentsFirst } from "./dependencyOrder";
import type { Operation } from "./operation";
import type { ResourceState } from "./resourceState";
import { makeDeleteStep, makeStep, resourceOf, type Step } from "./step";

/** Deletes what of the state is not kept, and what replacements have left behind. */
export function deletionSteps(
  base: readonly ResourceState[],
  isKept: (resource: ResourceState) => boolean,
  deleting: Set<string>,
): Step[] {
  const condemned = base.filter((old) => old.delete === true || !isKept(old));
  for (const { urn } of condemned) {
    deleting.add(urn);
  }
  return condemned.map((old) =>
    old.delete !== true && old.pendingReplacement === true
      ? makeStep("remove-pending-replace", old, undefined)
      : makeDeleteStep(old, old.delete === true),
  );
}

/**
 * Carries deletions out, dependents first. What is protected stays, with all that it stands on; the others go on.
 * @returns whether all of them are done.
 */
export async function carryOut(
  { executor, fail, parallel }: Pick<Operation, "executor" | "fail" | "parallel">,
  steps: readonly Step[],
): Promise<boolean> {
  executor.plan(steps);
  const run = (step: Step) =>
    executor.execute(step).catch((error: unknown) => {
      fail(error, resourceOf(step).urn);
      throw error;
    });
  const isHarmless = (error: unknown) => error instanceof ProtectedError;
  return dependentsFirst(steps, resourceOf, run, { isHarmless, parallel }).then(
    () => true,
    () => false, // and the user has been told why
  );
}
