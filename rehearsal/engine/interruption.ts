import type { PendingOperation } from "./resourceState";
import { resourceOf, type Step } from "./step";
import { isDefaultProvider, nameOf } from "./urn";

/** What to tell the user of steps that an earlier operation began and did not see the end of, in Pulumi's words. */
export function pendingOperationsWarning(operations: readonly PendingOperation[], stateFile: string): string {
  return [
    `Attempting to deploy or update resources with ${operations.length} pending operations from previous deployment.`,
    ...operations.map(({ resource, type }) => `  * ${resource.urn}, interrupted while ${type}`),
    "These resources are in an unknown state because the engine was interrupted while waiting for changes to these " +
      "resources to complete. A refresh shows what became of them, except for those that were being created: look whether " +
      `they exist, import them if so, and take them out of pending_operations in ${stateFile}`,
  ].join("\n");
}

/** What to tell the user of an operation that was stopped at a safe point, beside that it was: what of it is not done. */
export function interruptionReport(kind: string, outstanding: Iterable<Step>): string {
  const steps = [...outstanding].filter(
    ({ op, ...step }) => op !== "replace" && !isDefaultProvider(urnOf({ op, ...step })),
  );
  const names = steps.map((step) => `${step.op} ${nameOf(urnOf(step))}`);
  return [
    `What was under way is finished and on record; what is counted below is done.`,
    names.length > 0 ? `Decided, but not begun: ${names.join(", ")}.` : "Nothing was waiting to be begun.",
    `Run ${kind === "update" || kind === "preview" ? "it" : `the ${kind}`} again to go on.`,
  ].join("\n");
}

function urnOf(step: Step): string {
  return resourceOf(step).urn;
}
