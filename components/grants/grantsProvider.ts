import type { dynamic } from "@pulumi/pulumi";
import type { Patience } from "../aws/waitFor";
import { type AccountAssignmentsInputs, AccountAssignmentsProvider } from "./accountAssignmentsProvider";

/** What AssignmentCounts is asked for and records. */
export interface AssignmentCountsInputs {
  /** How many assignments the stack has of each permission set, by its name. */
  readonly counts: Readonly<Record<string, number>>;
}

type Inputs = AccountAssignmentsInputs | AssignmentCountsInputs;

/**
 * The provider of AccountAssignments and of AssignmentCounts. One for both, because only what has the same provider meets in one
 * object, and all removals of a stack are to be added up by one guard.
 */
export class GrantsProvider implements dynamic.ResourceProvider<Inputs, Inputs> {
  private readonly assignments: AccountAssignmentsProvider;

  constructor(patience?: Patience) {
    this.assignments = new AccountAssignmentsProvider(patience);
  }

  configure(request: dynamic.ConfigureRequest): Promise<void> {
    return this.assignments.configure(request);
  }

  /** Refuses, at preview already, what would lock people out. */
  async check(olds: Partial<Inputs>, news: Inputs): Promise<dynamic.CheckResult<Inputs>> {
    if (!isCounts(news)) {
      return this.assignments.check(olds as Partial<AccountAssignmentsInputs>, news);
    }
    const before = isCounts(olds) ? Object.entries(olds.counts) : [];
    const gone = before.filter(([name, count]) => count > 0 && (news.counts[name] ?? 0) === 0);
    const objections = await this.assignments.removalGuard.objectionsToWholeSets(Object.fromEntries(gone));
    return { inputs: news, failures: objections.map((reason) => ({ property: "", reason })) };
  }

  create(inputs: Inputs): Promise<dynamic.CreateResult<Inputs>> {
    return isCounts(inputs)
      ? Promise.resolve({ id: "assignment-counts", outs: { counts: inputs.counts } })
      : this.assignments.create(inputs);
  }

  read(id: string, props?: Inputs): Promise<dynamic.ReadResult<Inputs>> {
    return isCounts(props)
      ? Promise.resolve({ id, inputs: { counts: props.counts }, props: { counts: props.counts } })
      : this.assignments.read(id, props);
  }

  update(id: string, olds: Inputs, news: Inputs): Promise<dynamic.UpdateResult<Inputs>> {
    return isCounts(olds) || isCounts(news)
      ? Promise.resolve({ outs: isCounts(news) ? { counts: news.counts } : news })
      : this.assignments.update(id, olds, news);
  }

  delete(id: string, props: Inputs): Promise<void> {
    return isCounts(props) ? Promise.resolve() : this.assignments.delete(id, props);
  }
}

/** What both kinds of resources are made with: Pulumi serialises it once. */
export const grantsProvider = new GrantsProvider();

function isCounts(inputs: Partial<Inputs> | undefined): inputs is AssignmentCountsInputs {
  return inputs !== undefined && "counts" in inputs;
}
