import type { Decisions } from "./decisions";
import { dependentReplacements } from "./dependentReplacements";
import type { DiffResult } from "./providerDiff";
import type { ProviderRegistry } from "./providerRegistry";
import type { ResourceState } from "./resourceState";
import { makeDeleteStep, makeStep, type Step } from "./step";

/**
 * The steps of a replacement: the new one first and the old one deleted at the end of the update, unless there can't be
 * two at once. Then the old one goes first, after what can't do without it.
 */
export async function replacementSteps(
  decisions: Decisions,
  providers: ProviderRegistry,
  old: ResourceState,
  next: ResourceState,
  diff: DiffResult,
): Promise<Step[]> {
  decisions.replaced.add(next.urn);
  if (!diff.deleteBeforeReplace) {
    // One that an interrupted update has deleted already has nothing left to delete.
    const keys = { ...diff, pendingDelete: old.pendingReplacement !== true };
    return [makeStep("create-replacement", old, next, keys), makeStep("replace", old, next, diff)];
  }
  const { deletedEarly, deleting } = decisions;
  const steps: Step[] = [];
  for (const dependent of (await dependentReplacements(decisions, providers, old)).reverse()) {
    if (deletedEarly.has(dependent)) {
      continue;
    }
    if (dependent.protect === true && dependent.delete !== true) {
      throw new Error(
        `unable to replace resource "${dependent.urn}" as part of replacing "${old.urn}" ` +
          "as it is currently marked for protection. To unprotect the resource, remove the `protect` flag from the " +
          `resource in your Pulumi program and run \`pulumi up\`, or use the command:\n\`pulumi state unprotect '${dependent.urn}'\``,
      );
    }
    steps.push(makeDeleteStep(dependent, dependent.delete !== true, dependent.delete !== true));
    deletedEarly.add(dependent);
    deleting.add(dependent.urn);
  }
  if (old.pendingReplacement !== true) {
    steps.push(makeDeleteStep(old, true, true));
    deleting.add(old.urn);
  }
  return [...steps, ...recreation(old, next, diff)];
}

/** The steps that make a resource again which has been deleted to make room. */
export function recreation(old: ResourceState, next: ResourceState, diff: Partial<DiffResult> = {}): Step[] {
  return [makeStep("replace", old, next, diff), makeStep("create-replacement", old, next, diff)];
}
