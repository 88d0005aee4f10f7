import type { ResourceState } from "./resourceState";
import { parseProviderReference } from "./urn";

/** The URNs a resource stands on: parent, provider and everything it depends on. */
export function dependenciesOf(resource: ResourceState): Set<string> {
  return new Set([
    ...(resource.parent === undefined ? [] : [resource.parent]),
    ...(resource.provider === undefined ? [] : [parseProviderReference(resource.provider).urn]),
    ...(resource.dependencies ?? []),
    ...Object.values(resource.propertyDependencies ?? {}).flat(),
    ...(resource.deletedWith === undefined ? [] : [resource.deletedWith]),
    ...(resource.replaceWith ?? []),
  ]);
}

/**
 * Runs a task for every item as soon as those for the items whose resources depend on it are done: the order in which
 * things may be deleted. Once a task fails no further one starts; those under way are waited for.
 * @param isHarmless tells the failures that stop nothing but what the failed resource stands on.
 * @throws the first failure.
 */
export async function dependentsFirst<Item>(
  items: readonly Item[],
  resourceOf: (item: Item) => ResourceState,
  run: (item: Item) => Promise<void>,
  isHarmless: (error: unknown) => boolean = () => false,
): Promise<void> {
  /** Whether the item's resource is out of the way. */
  const tasks = new Map<Item, Promise<boolean>>();
  let failure: { error: unknown } | undefined;
  let stopped = false;
  const start = (item: Item): Promise<boolean> => {
    const { urn } = resourceOf(item);
    const dependents = items.filter((other) => other !== item && dependenciesOf(resourceOf(other)).has(urn));
    const task =
      tasks.get(item) ??
      Promise.all(dependents.map(start)).then(async (areGone) => {
        if (stopped || areGone.includes(false)) {
          return false;
        }
        try {
          await run(item);
          return true;
        } catch (error) {
          failure ??= { error };
          stopped ||= !isHarmless(error);
          return false;
        }
      });
    tasks.set(item, task);
    return task;
  };
  await Promise.all(items.map(start));
  if (failure !== undefined) {
    throw failure.error;
  }
}

/**
 * The resources without what points at others that are not among them. As Pulumi's own, the pruning forgets on the way which
 * properties depend on nothing.
 */
export function withoutDangling(resources: readonly ResourceState[]): ResourceState[] {
  const present = new Set(resources.map(({ urn }) => urn));
  if (resources.every((resource) => referencesOf(resource).every((urn) => present.has(urn)))) {
    return [...resources];
  }
  return resources.map((resource) => {
    const { parent, dependencies, propertyDependencies, deletedWith, replaceWith, ...rest } = resource;
    const left = Object.entries(propertyDependencies ?? {})
      .map(([property, urns]) => [property, urns.filter((urn) => present.has(urn))] as const)
      .filter(([, urns]) => urns.length > 0);
    return {
      ...rest,
      ...(parent !== undefined && present.has(parent) && { parent }),
      ...(dependencies !== undefined && { dependencies: dependencies.filter((urn) => present.has(urn)) }),
      ...(deletedWith !== undefined && present.has(deletedWith) && { deletedWith }),
      ...(replaceWith !== undefined && { replaceWith: replaceWith.filter((urn) => present.has(urn)) }),
      ...(left.length > 0 && { propertyDependencies: Object.fromEntries(left) }),
    };
  });
}

/** All that a resource points at but its provider, without which it could not be kept at all. */
function referencesOf(resource: ResourceState): string[] {
  const withoutProvider = { ...resource };
  delete withoutProvider.provider;
  return [...dependenciesOf(withoutProvider)];
}
