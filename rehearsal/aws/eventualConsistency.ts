import type { Contents, Instance, MadeByCalls } from "./contents";

/** Operations that look at what calls have made; those that follow something asynchronous see it as it is. */
const looks = /^(List|Get|Describe)(?!.*(Status|StackSetOperation|StackSetOperationResults)$)/;

/**
 * What reading calls see of what other calls made: what there was `lag` milliseconds ago. Writing calls, and those that ask how far
 * something is, see it as it is.
 */
export class EventualConsistency {
  private versions: { until: number; seen: Seen }[] = [];

  constructor(
    private readonly contents: Contents,
    private readonly lag: number,
  ) {}

  /** What a call of an operation works on. @param now in milliseconds */
  contentsFor(operation: string, now: number): Contents {
    if (this.lag === 0) return this.contents;
    this.versions = this.versions.filter(({ until }) => until > now - this.lag);
    if (!looks.test(operation)) {
      this.versions.push({ until: now, seen: seen(this.contents) });
      return this.contents;
    }
    const [oldest] = this.versions;
    // Apart from the version, or who looks would go on with what an instance changes, which goes on once it shows.
    return oldest ? { ...this.contents, ...structuredClone(oldest.seen) } : this.contents;
  }
}

type Seen = Partial<MadeByCalls> & { instances: Instance[] };

/** Not the count of what was made, nor what is followed by its status. */
function seen(contents: Contents): Seen {
  const { instances, permissionSets, accountAssignments, applications, provisionedPermissionSets } = contents;
  const { iamPolicies, rolePolicyAttachments, userPolicyAttachments, groupPolicyAttachments, stackSets } = contents;
  return structuredClone({
    instances,
    permissionSets,
    accountAssignments,
    applications,
    provisionedPermissionSets,
    iamPolicies,
    rolePolicyAttachments,
    userPolicyAttachments,
    groupPolicyAttachments,
    stackSets,
  });
}
