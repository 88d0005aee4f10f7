import { withoutDangling } from "./dependencyOrder";
import { normalizeUrns } from "./normalizeUrns";
import type { StateFile } from "./deployment";
import type { PendingOperation, ResourceState } from "./resourceState";

/**
 * The stack's resources while an operation runs: those it has settled, in the order in which they were, then those of
 * the state before that it has not come to yet. Every change is written at once, so that whatever ends the process, the
 * file says what exists and which step was under way.
 */
export class Snapshot {
  private readonly settled: ResourceState[] = [];
  private readonly gone = new Set<ResourceState>();
  private readonly replaced = new Map<ResourceState, ResourceState>();
  private readonly pending: Set<PendingOperation>;

  /**
   * @param interrupted creations of which nothing is known; they stay on record until somebody has looked, as in Pulumi.
   * @param file is left out for previews, which write nothing.
   */
  constructor(
    readonly base: readonly ResourceState[],
    interrupted: readonly PendingOperation[],
    private readonly file: StateFile | undefined,
  ) {
    this.pending = new Set(interrupted);
  }

  /** A resource that is gone takes with it what others say of depending on it. */
  get resources(): ResourceState[] {
    const rest = this.base.filter((resource) => !this.gone.has(resource));
    const all = [...this.settled, ...rest.map((resource) => this.replaced.get(resource) ?? resource)];
    return withoutDangling(normalizeUrns(all));
  }

  begin(type: PendingOperation["type"], resource: ResourceState): PendingOperation {
    const operation: PendingOperation = { type, resource };
    this.pending.add(operation);
    this.write();
    return operation;
  }

  /** Ends a step: `add` now exists (in place of `remove`, where both are given); without either nothing came of it. */
  end(operation: PendingOperation | undefined, change: { add?: ResourceState; remove?: ResourceState }): void {
    if (operation !== undefined) {
      this.pending.delete(operation);
    }
    if (change.remove !== undefined) {
      this.remove(change.remove);
    }
    if (change.add !== undefined) {
      this.settled.push(change.add);
    }
    this.write();
  }

  /** Puts a resource's new state where the old one stands: for refreshes, which must not change the order. */
  replace(old: ResourceState, next: ResourceState): void {
    this.replaced.set(old, next);
    this.write();
  }

  write(): void {
    this.file?.save(this.resources, [...this.pending]);
  }

  private remove(resource: ResourceState): void {
    const index = this.settled.indexOf(resource);
    if (index >= 0) {
      this.settled.splice(index, 1);
    } else {
      this.gone.add(resource);
    }
  }
}
