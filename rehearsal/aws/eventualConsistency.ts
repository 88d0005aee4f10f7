import type { Contents, MadeByCalls, SavedState } from "./contents";
import { savedState } from "./initialContents";

/** Operations that look at what calls have made; those that follow something asynchronous see it as it is. */
const looks = /^(List|Get|Describe)(?!.*Status$)/;

/**
 * What reading calls see of what other calls made: what there was `lag` milliseconds ago. Writing calls, and those that ask how far
 * something is, see it as it is.
 */
export class EventualConsistency {
  private versions: { until: number; made: Partial<MadeByCalls> }[] = [];

  constructor(
    private readonly contents: Contents,
    private readonly lag: number,
  ) {}

  /** What a call of an operation works on. @param now in milliseconds */
  contentsFor(operation: string, now: number): Contents {
    if (this.lag === 0) return this.contents;
    this.versions = this.versions.filter(({ until }) => until > now - this.lag);
    if (looks.test(operation)) return this.versions[0] ? { ...this.contents, ...this.versions[0].made } : this.contents;
    this.versions.push({ until: now, made: seen(savedState(this.contents)) });
    return this.contents;
  }
}

/** Not the count of what was made, nor the instances, which a saved state has only where they changed. */
function seen({ permissionSets, accountAssignments, applications, provisionedPermissionSets, ...rest }: SavedState) {
  const { iamPolicies, rolePolicyAttachments } = rest;
  return {
    permissionSets,
    accountAssignments,
    applications,
    provisionedPermissionSets,
    iamPolicies,
    rolePolicyAttachments,
  };
}
