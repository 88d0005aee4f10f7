import type { dynamic } from "@pulumi/pulumi";
import type { Patience } from "../aws/waitFor";
import { withoutStack } from "../withoutStack";
import { type AccountAssignmentsInputs, AccountAssignmentsProvider } from "./accountAssignmentsProvider";
import {
  kept,
  setsThatAreDeleted,
  type StackRecordInputs,
  transitionProblems,
  wholeSetsThatGo,
} from "./stackRecordRules";
import { usedByOthers } from "./usedByOthers";

type Inputs = AccountAssignmentsInputs | StackRecordInputs;

/**
 * The provider of AccountAssignments and of StackRecord. One for both, because only what has the same provider meets in one
 * object, and all removals of a stack are to be added up by one guard.
 */
export class GrantsProvider implements dynamic.ResourceProvider<Inputs, Inputs> {
  private readonly assignments: AccountAssignmentsProvider;
  private instanceArn?: string | undefined;

  constructor(patience?: Patience) {
    this.assignments = new AccountAssignmentsProvider(patience);
  }

  configure(request: dynamic.ConfigureRequest): Promise<void> {
    const { config } = request;
    const instance = JSON.parse(config.get("identity-aware-sessions:instance") ?? "{}") as { arn?: string };
    this.instanceArn = instance.arn;
    return this.assignments.configure(request);
  }

  /** Refuses, at preview already, what would lock people out. */
  async check(olds: Partial<Inputs>, news: Inputs): Promise<dynamic.CheckResult<Inputs>> {
    if (!isRecord(news)) {
      return this.assignments.check(olds as Partial<AccountAssignmentsInputs>, news);
    }
    const { protect } = (await this.assignments.removalGuard).safety;
    if (!isRecord(olds)) {
      return { inputs: kept({}, news, protect) };
    }
    const inputs = kept(olds, news, protect);
    const objections = await withoutStack(() => this.objections(olds, inputs));
    const reasons = [...objections, ...transitionProblems(olds, news)];
    return { inputs, failures: reasons.map((reason) => ({ property: "", reason })) };
  }

  create(inputs: Inputs): Promise<dynamic.CreateResult<Inputs>> {
    return isRecord(inputs)
      ? Promise.resolve({ id: "stack-record", outs: recorded(inputs) })
      : this.assignments.create(inputs);
  }

  read(id: string, props?: Inputs): Promise<dynamic.ReadResult<Inputs>> {
    return isRecord(props)
      ? Promise.resolve({ id, inputs: recorded(props), props: recorded(props) })
      : withoutStack(() => this.assignments.read(id, props));
  }

  update(id: string, olds: Inputs, news: Inputs): Promise<dynamic.UpdateResult<Inputs>> {
    return isRecord(olds) || isRecord(news)
      ? Promise.resolve({ outs: isRecord(news) ? recorded(news) : news })
      : this.assignments.update(id, olds, news);
  }

  /** The record goes first when a stack is destroyed: what is refused here leaves everything as it is. */
  async delete(id: string, props: Inputs): Promise<void> {
    if (!isRecord(props)) {
      await withoutStack(() => this.assignments.delete(id, props));
      return;
    }
    await withoutStack(async () => {
      const objections = await this.objections(props, { ...props, permissionSets: {} }, true);
      if (objections.length > 0) {
        throw new Error(
          `Nothing that this stack has on record was destroyed. Where its last update failed, run \`pulumi up\` first.\n${objections.join("\n")}`,
        );
      }
    });
  }

  private async objections(olds: StackRecordInputs, news: StackRecordInputs, isDestroy = false): Promise<string[]> {
    const guard = await this.assignments.removalGuard;
    const deleted = setsThatAreDeleted(olds, news);
    const lockedOut = await guard.objectionsToWholeSets(wholeSetsThatGo(olds, news), Object.keys(deleted), isDestroy);
    const connection = await this.assignments.connected;
    return [...lockedOut, ...(await usedByOthers(connection, this.instanceArn, deleted))];
  }
}

function isRecord(inputs: Partial<Inputs> | undefined): inputs is StackRecordInputs {
  return inputs !== undefined && "permissionSets" in inputs;
}

/** Nothing else that came with the inputs. */
function recorded({
  permissionSets,
  switch: itsSwitch,
  organizationalUnits,
  ...others
}: StackRecordInputs): StackRecordInputs {
  return {
    permissionSets,
    switch: itsSwitch,
    ...(organizationalUnits !== undefined && { organizationalUnits }),
    ...(others.protected !== undefined && { protected: others.protected }),
  };
}
