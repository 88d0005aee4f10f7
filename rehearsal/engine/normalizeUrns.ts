import type { ResourceState } from "./resourceState";
import { makeUrn, nameOf, parseProviderReference, projectOf, providerReference } from "./urn";
import { qualifiedTypeOf, stackOf, stackType, typeOf } from "./urn";

/**
 * The resources under the names that they have now, wherever something names them: those that were found by an alias are
 * what the others in the state still call by the old name (deploy.Snapshot.NormalizeURNReferences).
 */
export function normalizeUrns(resources: readonly ResourceState[]): readonly ResourceState[] {
  const renamed = new Map<string, string>();
  for (const { aliases = [], parent, urn } of resources) {
    for (const alias of aliases) {
      renamed.set(alias, urn);
    }
    const parentNow = parent === undefined ? undefined : renamed.get(parent);
    if (parentNow !== undefined && qualifiedTypeOf(parentNow) !== stackType) {
      renamed.set(urn, makeUrn(stackOf(urn), projectOf(urn), parentNow, typeOf(urn), nameOf(urn)));
    }
  }
  return renamed.size === 0
    ? resources
    : resources.map((resource) => rename(resource, (urn) => renamed.get(urn) ?? urn));
}

function rename(resource: ResourceState, now: (urn: string) => string): ResourceState {
  const { dependencies, deletedWith, parent, propertyDependencies, provider, replaceWith } = resource;
  const renamed: ResourceState = {
    ...resource,
    urn: now(resource.urn),
    ...(parent !== undefined && { parent: now(parent) }),
    ...(dependencies !== undefined && { dependencies: dependencies.map(now) }),
    ...(deletedWith !== undefined && { deletedWith: now(deletedWith) }),
    ...(replaceWith !== undefined && { replaceWith: replaceWith.map(now) }),
    ...(provider !== undefined && { provider: renameProvider(provider, now) }),
    ...(propertyDependencies !== undefined && {
      propertyDependencies: Object.fromEntries(
        Object.entries(propertyDependencies).map(([property, urns]) => [property, urns.map(now)]),
      ),
    }),
  };
  delete renamed.aliases; // nobody is called by it any more
  return renamed;
}

function renameProvider(reference: string, now: (urn: string) => string): string {
  const { urn, id } = parseProviderReference(reference);
  return providerReference(now(urn), id);
}
