import type { Decisions } from "./decisions";
import type { Goal } from "./goal";
import { covers, parsePath } from "./propertyPath";
import { containsUnknown, equal, type PropertyMap, type PropertyValue, withoutSecrets } from "./propertyValues";
import { decide, type DiffResult } from "./providerDiff";
import type { ProviderRegistry } from "./providerRegistry";
import type { ResourceState } from "./resourceState";
import { isProviderType, parseProviderReference } from "./urn";

/** By this path `replaceOnChanges` can name that a resource could not be finished. */
const initErrorPath = "#initerror";

/** What is different about a resource, and whether it therefore has to be replaced (deploy.stepGenerator.diff). */
export async function diffResource(
  decisions: Decisions,
  providers: ProviderRegistry,
  old: ResourceState,
  next: ResourceState,
  { replaceOnChanges }: Pick<Goal, "replaceOnChanges">,
): Promise<DiffResult> {
  if (isTriggered(old.replacementTrigger, next.replacementTrigger)) {
    return replacing("replacementTrigger");
  }
  if ((next.replaceWith ?? []).some((urn) => decisions.replaced.has(urn))) {
    return replacing("replaceWith");
  }
  if (decisions.replaced.has(next.deletedWith ?? "")) {
    return replacing("deletedWith");
  }
  if (await providerMustReplace(decisions, providers, old, next)) {
    return replacing("provider");
  }
  const diff = await judge(providers, next, old, next.inputs, next.ignoreChanges);
  return applyReplaceOnChanges(diff, replaceOnChanges, (old.initErrors ?? []).length > 0);
}

/** The provider's judgement; where it has none (or there is no provider), the inputs are compared. */
export async function judge(
  providers: ProviderRegistry,
  identity: ResourceState,
  old: ResourceState,
  inputs: PropertyMap,
  ignoreChanges: readonly string[] = [],
): Promise<DiffResult> {
  let diff: DiffResult | undefined;
  if (isProviderType(identity.type)) {
    diff = await providers.diff(identity, old.inputs, inputs);
  } else if (identity.custom) {
    const provider = providers.get(identity.provider ?? "");
    diff = await provider.diff(identity, old.id ?? "", old, inputs, ignoreChanges);
  }
  return decide(diff, old.inputs, inputs, ignoreChanges);
}

/** The judgement with what the program wants to be a reason for a replacement. */
export function applyReplaceOnChanges(
  diff: DiffResult,
  replaceOnChanges: readonly string[],
  hasInitErrors: boolean,
): DiffResult {
  if (diff.changes === "none" && !hasInitErrors) {
    return diff;
  }
  const patterns = replaceOnChanges.map(parsePath);
  const isNamed = (path: string) => patterns.some((pattern) => covers(pattern, parsePath(path)));
  const byDetail = [...diff.detail]
    .filter(([path, replaces]) => replaces || isNamed(path))
    .map(([path]) => parsePath(path)[0] ?? path);
  const byKey = diff.changedKeys.filter((key) => patterns.some((pattern) => covers(pattern, [key])));
  const byInitErrors = hasInitErrors && patterns.some((pattern) => covers(pattern, [initErrorPath]));
  return {
    ...diff,
    changes: byInitErrors ? "some" : diff.changes,
    replaceKeys: [...new Set([...diff.replaceKeys, ...byDetail, ...byKey, ...(byInitErrors ? [initErrorPath] : [])])],
  };
}

/** What is not known yet is taken for changed. */
function isTriggered(old: PropertyValue = null, next: PropertyValue = null): boolean {
  const [before, after] = [withoutSecrets(old), withoutSecrets(next)];
  if (containsUnknown(before) || containsUnknown(after)) {
    return true;
  }
  return before !== null && after !== null && !equal(before, after);
}

function replacing(key: string): DiffResult {
  return { changes: "some", changedKeys: [], detail: new Map(), replaceKeys: [key], deleteBeforeReplace: false };
}

/** A resource moves to another provider unless that one says it can't manage what the old one made. */
async function providerMustReplace(
  { olds, registered }: Decisions,
  providers: ProviderRegistry,
  old: ResourceState,
  next: ResourceState,
): Promise<boolean> {
  if (old.provider === next.provider) {
    return false;
  }
  if (old.provider === undefined || next.provider === undefined) {
    return true;
  }
  const [before, after] = [parseProviderReference(old.provider).urn, parseProviderReference(next.provider).urn];
  if (olds.renamed.get(before) === after) {
    return false;
  }
  const [oldConfiguration, newConfiguration] = [olds.get(before), registered.get(after)];
  if (oldConfiguration === undefined || newConfiguration === undefined) {
    return true;
  }
  const provider = providers.get(next.provider);
  const { replaceKeys } = await provider.diffConfig(after, oldConfiguration.inputs, newConfiguration.inputs);
  return replaceKeys.length > 0;
}
