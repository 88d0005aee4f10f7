import pLimit from "p-limit";
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
 * Runs a task for every item in the order in which things may be deleted, as Pulumi does it (deploy.stepGenerator.ScheduleDeletes):
 * those that stand on most first, and only when all of them are done those that stand on less. Once a task fails no further
 * one starts; those under way are waited for.
 * @param isHarmless tells the failures that stop nothing but what the failed resource stands on.
 * @param parallel is how many tasks run at once.
 * @throws the first failure.
 */
export async function dependentsFirst<Item>(
  items: readonly Item[],
  resourceOf: (item: Item) => ResourceState,
  run: (item: Item) => Promise<void>,
  {
    isHarmless = () => false,
    parallel = Infinity,
  }: { isHarmless?: (error: unknown) => boolean; parallel?: number } = {},
): Promise<void> {
  const foundations = foundationsOf(items, resourceOf);
  const kept = new Set<Item>();
  const limit = pLimit(parallel);
  let failure: { error: unknown } | undefined;
  let stopped = false;
  const attempt = async (item: Item) => {
    if (stopped) {
      return;
    }
    try {
      await run(item);
    } catch (error) {
      failure ??= { error };
      stopped ||= !isHarmless(error);
      keep(item);
    }
  };
  const keep = (item: Item) => {
    kept.add(item);
    foundations
      .get(item)
      ?.filter((foundation) => !kept.has(foundation))
      .forEach(keep);
  };
  for (const level of levels(items, foundations)) {
    await Promise.all(level.filter((item) => !kept.has(item)).map((item) => limit(() => attempt(item))));
  }
  if (failure !== undefined) {
    throw failure.error;
  }
}

/** What each item stands on, of the items. */
function foundationsOf<Item>(
  items: readonly Item[],
  resourceOf: (item: Item) => ResourceState,
): ReadonlyMap<Item, readonly Item[]> {
  const byUrn = Map.groupBy(items, (item) => resourceOf(item).urn);
  return new Map(
    items.map((item) => {
      const urns = [...dependenciesOf(resourceOf(item))];
      return [item, urns.flatMap((urn) => byUrn.get(urn) ?? []).filter((other) => other !== item)];
    }),
  );
}

/** The items by how many stand below them one upon the other, most first. */
function levels<Item>(items: readonly Item[], foundations: ReadonlyMap<Item, readonly Item[]>): Item[][] {
  const heights = new Map<Item, number>();
  const heightOf = (item: Item): number => {
    const height =
      heights.get(item) ?? Math.max(0, ...(foundations.get(item) ?? []).map((below) => heightOf(below) + 1));
    heights.set(item, height);
    return height;
  };
  const byHeight = Map.groupBy(items, heightOf);
  return [...byHeight.keys()].sort((a, b) => b - a).map((height) => byHeight.get(height) ?? []);
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
