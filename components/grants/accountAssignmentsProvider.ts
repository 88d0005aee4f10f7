import type { dynamic } from "@pulumi/pulumi";
import { type Connection, connectionFrom } from "../aws/connection";
import { inParallel } from "../aws/inParallel";
import type { Patience } from "../aws/waitFor";
import { type AssignmentMaps, assignmentOf, identity } from "./assignmentKeys";
import { PermissionSetAssignments } from "./permissionSetAssignments";

/** What is recorded equals what was asked for: an assignment has no property of its own. */
export interface AccountAssignmentsInputs extends AssignmentMaps {
  readonly instanceArn: string;
  readonly permissionSetArn: string;
}

/**
 * All assignments of one permission set as one resource, identified by the permission set's ARN. A thin shell that Pulumi
 * serialises into the state; it has no `diff`, so the engine compares inputs and a preview shows the lines that changed.
 * Assignments that exist are adopted; those of others are left alone.
 */
export class AccountAssignmentsProvider implements dynamic.ResourceProvider<
  AccountAssignmentsInputs,
  AccountAssignmentsInputs
> {
  private connection?: Connection;
  private readonly patience: Patience;

  constructor(patience: Patience = { firstPause: 500, longestPause: 5_000, atMost: 600_000 }) {
    this.patience = patience;
  }

  configure({ config }: dynamic.ConfigureRequest): Promise<void> {
    this.connection = connectionFrom(config);
    return Promise.resolve();
  }

  async create(inputs: AccountAssignmentsInputs): Promise<dynamic.CreateResult<AccountAssignmentsInputs>> {
    const outs = await this.change({ ...inputs, assignments: {} }, inputs);
    return { id: inputs.permissionSetArn, outs };
  }

  async read(id: string, props?: AccountAssignmentsInputs): Promise<dynamic.ReadResult<AccountAssignmentsInputs>> {
    if (props === undefined) {
      throw new Error("Account assignments cannot be imported: declare them, and the ones that exist are adopted.");
    }
    const { instanceArn, permissionSetArn, accounts, principals } = props;
    const keys = Object.keys(props.assignments);
    const existing = await this.api(props).existing(keys.map((key) => assignmentOf(key, props)));
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
   * Makes what is wanted and missing, then deletes what is recorded and no longer wanted: nobody loses access in between.
   *
   * @throws an error that Pulumi records as "exists, but not as wanted", with exactly the assignments that exist.
   */
  private async change(
    olds: AccountAssignmentsInputs,
    news: AccountAssignmentsInputs,
  ): Promise<AccountAssignmentsInputs> {
    const api = this.api(news);
    const wanted = entries(news);
    const unwanted = entries(olds).filter(({ id }) => wanted.every((entry) => entry.id !== id));
    const existing = await api.existing([...wanted, ...unwanted].map(({ assignment }) => assignment));
    const missing = wanted.filter(({ id }) => !existing.includes(id));
    const leftover = unwanted.filter(({ id }) => existing.includes(id));
    const failedToCreate = await inParallel(5, missing, ({ assignment }) => api.create(assignment));
    const failedToDelete = await inParallel(5, leftover, ({ assignment }) => api.delete(assignment));
    const reasons = [
      ...failedToCreate.map(({ item, error }) => `"${item.key}" was not assigned. ${error.message}`),
      ...failedToDelete.map(({ item, error }) => `"${item.key}" was not taken back. ${error.message}`),
    ];
    if (reasons.length === 0) {
      const { instanceArn, permissionSetArn, assignments, accounts, principals } = news;
      return { instanceArn, permissionSetArn, assignments, accounts, principals };
    }
    const absent = failedToCreate.map(({ item }) => item.key);
    const present = wanted.map(({ key }) => key).filter((key) => !absent.includes(key));
    const properties = {
      ...news, // with __provider, without which the resource could be neither read nor deleted again
      assignments: assigned([...present, ...failedToDelete.map(({ item }) => item.key)]),
      accounts: { ...olds.accounts, ...news.accounts },
      principals: { ...olds.principals, ...news.principals },
    };
    const error = new Error(
      `${reasons.join("\n")}\nRun the update again once the reasons are gone; it goes on from here.`,
    );
    throw Object.keys(properties.assignments).length === 0
      ? error
      : Object.assign(error, { id: news.permissionSetArn, properties, reasons });
  }

  private api({ instanceArn, permissionSetArn }: AccountAssignmentsInputs): PermissionSetAssignments {
    if (this.connection === undefined) {
      throw new Error("The provider of account assignments was not configured.");
    }
    return new PermissionSetAssignments(this.connection, instanceArn, permissionSetArn, this.patience);
  }
}

function entries(maps: AssignmentMaps) {
  return Object.keys(maps.assignments).map((key) => {
    const assignment = assignmentOf(key, maps);
    return { key, assignment, id: identity(assignment) };
  });
}

function assigned(keys: readonly string[]): Record<string, string> {
  return Object.fromEntries(keys.map((key) => [key, "assigned"]));
}
