import type { dynamic } from "@pulumi/pulumi";
import { checkedConnection } from "../aws/checkEndpoints";
import type { Connection } from "../aws/connection";
import { inParallel } from "../aws/inParallel";
import type { Patience } from "../aws/waitFor";
import { safetyFrom } from "../safety";
import { type Assignment, type AssignmentMaps, assignmentOf, identity, separator } from "./assignmentKeys";
import { isUnderWay, PermissionSetAssignments } from "./permissionSetAssignments";
import { type Phase, RemovalGuard } from "./removalGuard";

/** What is recorded equals what was asked for: an assignment has no property of its own. */
export interface AccountAssignmentsInputs extends AssignmentMaps {
  readonly instanceArn: string;
  readonly permissionSetArn: string;
}

/**
 * All assignments of one permission set as one resource, identified by the permission set's ARN. It has no `diff`, so the
 * engine compares inputs and a preview shows the lines that changed. Assignments that exist are adopted; those of others are
 * left alone.
 */
export class AccountAssignmentsProvider implements dynamic.ResourceProvider<
  AccountAssignmentsInputs,
  AccountAssignmentsInputs
> {
  private connection?: Promise<Connection>;
  private guard?: Promise<RemovalGuard>;
  private readonly patience: Patience;

  constructor(patience: Patience = { firstPause: 500, longestPause: 5_000, atMost: 600_000 }) {
    this.patience = patience;
  }

  async configure({ config }: dynamic.ConfigureRequest): Promise<void> {
    this.connection = checkedConnection(config);
    this.guard = this.connection.then((connection) => new RemovalGuard(connection, safetyFrom(config)));
    await this.guard;
  }

  get connected(): Promise<Connection> {
    if (this.connection === undefined) {
      throw notConfigured();
    }
    return this.connection;
  }

  /** What adds up the removals of all permission sets of the stack. */
  get removalGuard(): Promise<RemovalGuard> {
    if (this.guard === undefined) {
      throw notConfigured();
    }
    return this.guard;
  }

  /** Refuses, at preview already, what would lock people out. Of a resource that goes as a whole StackRecord tells. */
  async check(
    olds: Partial<AccountAssignmentsInputs>,
    news: AccountAssignmentsInputs,
  ): Promise<dynamic.CheckResult<AccountAssignmentsInputs>> {
    if (!isComplete(olds) || !isComplete(news)) {
      return { inputs: news };
    }
    // An ARN that a preview does not know yet is no other permission set, unless the instance is another one.
    const isReplaced =
      isAnother(olds.instanceArn, news.instanceArn) || isAnother(olds.permissionSetArn, news.permissionSetArn);
    const kept = isReplaced ? [] : entries(news);
    const objections = await this.objections("check", olds, without(entries(olds), kept));
    // Without a property, whose whole value Pulumi would print.
    return { inputs: news, failures: objections.map((reason) => ({ property: "", reason })) };
  }

  async create(inputs: AccountAssignmentsInputs): Promise<dynamic.CreateResult<AccountAssignmentsInputs>> {
    try {
      const outs = await this.change({ ...inputs, assignments: {} }, inputs);
      return { id: inputs.permissionSetArn, outs };
    } catch (error) {
      const { message, properties } = error as Error & { properties?: AccountAssignmentsInputs };
      // Where nothing was made there is nothing to put on record.
      throw Object.keys(properties?.assignments ?? {}).length > 0 ? error : new Error(message);
    }
  }

  async read(id: string, props?: AccountAssignmentsInputs): Promise<dynamic.ReadResult<AccountAssignmentsInputs>> {
    if (props === undefined) {
      throw new Error("Account assignments cannot be imported: declare them, and the ones that exist are adopted.");
    }
    const { instanceArn, permissionSetArn, accounts, principals } = props;
    const keys = Object.keys(props.assignments);
    const existing = await (await this.api(props)).existing(keys.map((key) => assignmentOf(key, props)));
    const left = keys.filter((key) => existing.includes(identity(assignmentOf(key, props))));
    const inputs = { instanceArn, permissionSetArn, assignments: assigned(left), accounts, principals };
    return { id, inputs, props: inputs };
  }

  async update(
    _id: string,
    olds: AccountAssignmentsInputs,
    news: AccountAssignmentsInputs,
  ): Promise<dynamic.UpdateResult<AccountAssignmentsInputs>> {
    return { outs: await this.change(olds, news) };
  }

  async delete(_id: string, props: AccountAssignmentsInputs): Promise<void> {
    await this.change(props, { ...props, assignments: {} });
  }

  /**
   * Makes what is wanted and missing, then, if all of that has worked, deletes what is recorded and no longer wanted: nobody
   * loses access in between, and a failure takes it from nobody.
   *
   * @throws an error that Pulumi records as "exists, but not as wanted", with the assignments that exist or may come to.
   */
  private async change(
    olds: AccountAssignmentsInputs,
    news: AccountAssignmentsInputs,
  ): Promise<AccountAssignmentsInputs> {
    const api = await this.api(news);
    const wanted = entries(news);
    const unwanted = without(entries(olds), wanted);
    const existing = await api.existing([...wanted, ...unwanted].map(({ assignment }) => assignment));
    const missing = wanted.filter(({ id }) => !existing.includes(id));
    const leftover = unwanted.filter(({ id }) => existing.includes(id));
    const objections = await this.objections("change", news, leftover);
    if (objections.length > 0) {
      throw new Error(`Nothing of this permission set was changed.\n${objections.join("\n")}`);
    }
    const failedToCreate = await inParallel(5, missing, ({ assignment }) => api.create(assignment));
    // Who could not be given the permission set does not cost anybody else what they have.
    const toDelete = failedToCreate.length === 0 ? leftover : [];
    const failedToDelete = await inParallel(5, toDelete, ({ assignment }) => api.delete(assignment));
    if (failedToCreate.length + failedToDelete.length === 0) {
      const { instanceArn, permissionSetArn, assignments, accounts, principals } = news;
      return { instanceArn, permissionSetArn, assignments, accounts, principals };
    }
    const reasons = [
      ...failedToCreate.map(({ item, error }) => `"${item.key}" was not assigned. ${saidBy(error)}`),
      ...failedToDelete.map(({ item, error }) => `"${item.key}" was not taken back. ${saidBy(error)}`),
      // Pulumi shows the reasons, and not the error's own message.
      "Run the update again once the reasons are gone; it goes on from here.",
    ];
    // What AWS has accepted it may still finish: better on record, and looked for again, than forgotten.
    const absent = failedToCreate.filter(({ error }) => !isUnderWay(error)).map(({ item }) => item.key);
    const present = wanted.filter(({ key }) => !absent.includes(key));
    const kept = failedToCreate.length === 0 ? failedToDelete.map(({ item }) => item) : leftover;
    throw Object.assign(new Error(reasons.join("\n")), {
      id: news.permissionSetArn,
      // With __provider, without which the resource could be neither read nor deleted again.
      properties: { ...news, ...recorded(news, present, kept) },
      reasons,
    });
  }

  private async objections(
    phase: Phase,
    { instanceArn, permissionSetArn }: AccountAssignmentsInputs,
    removed: readonly Entry[],
  ): Promise<string[]> {
    return (await this.removalGuard).objections(phase, { instanceArn, permissionSetArn, removed });
  }

  private async api({ instanceArn, permissionSetArn }: AccountAssignmentsInputs): Promise<PermissionSetAssignments> {
    return new PermissionSetAssignments(await this.connected, instanceArn, permissionSetArn, this.patience);
  }
}

/** What exists after a failure, as maps: wanted ones under their names, kept ones under names that are free for their ids. */
function recorded(news: AssignmentMaps, present: readonly Entry[], kept: readonly Entry[]): AssignmentMaps {
  const accounts: Record<string, string> = { ...news.accounts };
  const principals: Record<string, string> = { ...news.principals };
  const keptKeys = kept.map(({ key, assignment: { accountId, principalId, principalType } }) => {
    const [account = "", principal = ""] = key.split(separator);
    const byId = `${principalType === "GROUP" ? "group" : "user"} ${principalId}`;
    return named(accounts, account, accountId, accountId) + separator + named(principals, principal, principalId, byId);
  });
  return { assignments: assigned([...present.map(({ key }) => key), ...keptKeys]), accounts, principals };
}

/** Puts an id under its name, or under another where the name has come to mean somebody else. */
function named(ids: Record<string, string>, name: string, id: string, otherName: string): string {
  const free = ids[name] === undefined || ids[name] === id ? name : otherName;
  ids[free] = id;
  return free;
}

function notConfigured(): Error {
  return new Error("The provider of account assignments was not configured.");
}

function saidBy({ message, name }: Error): string {
  return name === "Error" ? message : `${name}: ${message}`;
}

interface Entry {
  readonly key: string;
  readonly assignment: Assignment;
  /** The same for the same assignment, whatever it is called now. */
  readonly id: string;
}

/** Whether it is what the provider has recorded or been asked for, and not unknown at preview or about to be made. */
function isComplete(inputs: Partial<AccountAssignmentsInputs>): inputs is AccountAssignmentsInputs {
  return [inputs.assignments, inputs.accounts, inputs.principals].every((map) => typeof map === "object");
}

/** Whether an ARN that is known by now has changed. */
function isAnother(old: string, next: string): boolean {
  return next.startsWith("arn:") && next !== old;
}

function without(all: readonly Entry[], kept: readonly Entry[]): Entry[] {
  return all.filter(({ id }) => kept.every((entry) => entry.id !== id));
}

function entries(maps: AssignmentMaps): Entry[] {
  return Object.keys(maps.assignments).map((key) => {
    const assignment = assignmentOf(key, maps);
    return { key, assignment, id: identity(assignment) };
  });
}

function assigned(keys: readonly string[]): Record<string, string> {
  return Object.fromEntries(keys.map((key) => [key, "assigned"]));
}
