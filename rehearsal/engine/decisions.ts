import type { OldResources } from "./aliases";
import type { Goal } from "./goal";
import type { ResourceState } from "./resourceState";
import { parseProviderReference } from "./urn";

/** What an update has decided so far, one resource after the other. */
export class Decisions {
  /** Every resource that the program has registered or read, as it will be. */
  readonly registered = new Map<string, ResourceState>();
  readonly goals = new Map<string, Goal>();
  /** The URNs of what is replaced. */
  readonly replaced = new Set<string>();
  /** What is deleted before the end already, to make room for replacements. */
  readonly deletedEarly = new Set<ResourceState>();

  constructor(
    readonly base: readonly ResourceState[],
    readonly olds: OldResources,
    /** The URNs of what is deleted, or is about to be. */
    readonly deleting: Set<string>,
  ) {}

  /** Whether the program still asks for a resource of the state, perhaps under another name. */
  isRegistered({ urn }: ResourceState): boolean {
    return this.registered.has(this.olds.renamed.get(urn) ?? urn);
  }

  providerOf({ provider }: ResourceState): ResourceState | undefined {
    if (provider === undefined) {
      return undefined;
    }
    const { urn } = parseProviderReference(provider);
    return this.registered.get(urn) ?? this.olds.get(urn);
  }
}
