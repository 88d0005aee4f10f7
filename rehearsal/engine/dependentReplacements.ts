import type { Decisions } from "./decisions";
import { dependenciesOf } from "./dependencyOrder";
import { unknownValue } from "./propertyValues";
import type { ProviderRegistry } from "./providerRegistry";
import { applyReplaceOnChanges, judge } from "./resourceDiff";
import type { ResourceState } from "./resourceState";
import { parseProviderReference } from "./urn";

/**
 * The resources of the state that can't outlive the deletion of `root` before its replacement: those that would have to
 * be replaced once what they were given by it is no longer known, dependents last
 * (deploy.stepGenerator.calculateDependentReplacements). What the program has registered already can't depend on it.
 */
export async function dependentReplacements(
  decisions: Decisions,
  providers: ProviderRegistry,
  root: ResourceState,
): Promise<ResourceState[]> {
  const start = decisions.base.indexOf(root);
  if (start < 0) {
    return []; // At preview an imported resource is not in the state.
  }
  const affected = new Set([root.urn]);
  const replacing = new Set([root.urn]);
  const found: ResourceState[] = [];
  for (const candidate of decisions.base.slice(start + 1)) {
    if (decisions.isRegistered(candidate) || !dependsOn(candidate, affected)) {
      continue;
    }
    affected.add(candidate.urn);
    if (await mustBeReplaced(decisions, providers, candidate, replacing)) {
      replacing.add(candidate.urn);
      found.push(candidate);
    }
  }
  const cascading = [...decisions.olds.values()].filter(
    (old) => !found.includes(old) && (old.deletedWith === root.urn || old.replaceWith?.includes(root.urn) === true),
  );
  return [...found, ...cascading];
}

async function mustBeReplaced(
  { base }: Decisions,
  providers: ProviderRegistry,
  resource: ResourceState,
  replacing: ReadonlySet<string>,
): Promise<boolean> {
  if (!resource.custom || resource.external === true) {
    return false;
  }
  const provider = resource.provider === undefined ? "" : parseProviderReference(resource.provider).urn;
  if (replacing.has(provider) || replacing.has(resource.deletedWith ?? "")) {
    return true;
  }
  const { propertyDependencies = {} } = resource;
  const lost = Object.keys(resource.inputs).filter((property) =>
    (propertyDependencies[property] ?? []).some((urn) => replacing.has(urn)),
  );
  if (lost.length === 0) {
    return false;
  }
  if (resource.provider !== undefined) {
    await providers.load(resource.provider, base);
  }
  const inputs = { ...resource.inputs, ...Object.fromEntries(lost.map((property) => [property, unknownValue])) };
  const diff = await judge(providers, resource, resource, inputs, resource.ignoreChanges);
  return applyReplaceOnChanges(diff, resource.replaceOnChanges ?? [], false).replaceKeys.length > 0;
}

/** Children are not meant: what happens to a parent is no matter of theirs. */
function dependsOn(resource: ResourceState, urns: ReadonlySet<string>): boolean {
  const withoutParent = { ...resource };
  delete withoutParent.parent;
  return [...dependenciesOf(withoutParent)].some((urn) => urns.has(urn));
}
