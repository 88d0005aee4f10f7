import {
  CreateAccountAssignmentCommand,
  DeleteAccountAssignmentCommand,
  DescribeAccountAssignmentCreationStatusCommand,
  DescribeAccountAssignmentDeletionStatusCommand,
  paginateListAccountAssignments,
  paginateListAccountAssignmentsForPrincipal,
  SSOAdminClient,
} from "@aws-sdk/client-sso-admin";
import { clientConfiguration, type Connection } from "../aws/connection";
import { allInParallel } from "../aws/inParallel";
import { type Patience, waitFor } from "../aws/waitFor";
import { type Assignment, identity } from "./assignmentKeys";

/** Enough to reach AWS's 20 calls a second, at the tenth to fifth of a second that one takes, and hardly more. */
const readersAtOnce = 4;

/** The progress of an assignment in the making. */
interface Progress {
  readonly Status?: string;
  readonly RequestId?: string;
  readonly FailureReason?: string;
}

/** Whether AWS has accepted what then failed here: it may still come true. */
export function isUnderWay(error: Error): boolean {
  return (error as { underWay?: boolean }).underWay === true;
}

/** Reads, makes and deletes assignments of one permission set; what is there, or gone, already is no error. */
export class PermissionSetAssignments {
  private readonly client: SSOAdminClient;
  private readonly InstanceArn: string;
  private readonly PermissionSetArn: string;
  private readonly patience: Patience;

  constructor(connection: Connection, instanceArn: string, permissionSetArn: string, patience: Patience) {
    this.client = new SSOAdminClient(clientConfiguration(connection));
    this.InstanceArn = instanceArn;
    this.PermissionSetArn = permissionSetArn;
    this.patience = patience;
  }

  /** @returns the identities of the assignments of these accounts and principals that exist; a few more may be among them. */
  async existing(assignments: readonly Assignment[]): Promise<string[]> {
    try {
      return await this.listByPrincipal(assignments);
    } catch (error) {
      // By principal is a call a hundred accounts, but works in the management account only, and for principals that are still there.
      if (
        ["AccessDeniedException", "ResourceNotFoundException", "ValidationException"].includes((error as Error).name)
      ) {
        return this.listByAccount(assignments);
      }
      throw error;
    }
  }

  /** Makes an assignment and waits until AWS has provisioned it. */
  async create(assignment: Assignment): Promise<void> {
    const { InstanceArn } = this;
    const answer = await this.client.send(new CreateAccountAssignmentCommand(this.request(assignment)));
    await this.finish(answer.AccountAssignmentCreationStatus, async (AccountAssignmentCreationRequestId) => {
      const command = new DescribeAccountAssignmentCreationStatusCommand({
        InstanceArn,
        AccountAssignmentCreationRequestId,
      });
      return (await this.client.send(command)).AccountAssignmentCreationStatus;
    });
  }

  /** Deletes an assignment and waits until AWS has taken it back. */
  async delete(assignment: Assignment): Promise<void> {
    const { InstanceArn } = this;
    try {
      const answer = await this.client.send(new DeleteAccountAssignmentCommand(this.request(assignment)));
      await this.finish(answer.AccountAssignmentDeletionStatus, async (AccountAssignmentDeletionRequestId) => {
        const command = new DescribeAccountAssignmentDeletionStatusCommand({
          InstanceArn,
          AccountAssignmentDeletionRequestId,
        });
        return (await this.client.send(command)).AccountAssignmentDeletionStatus;
      });
    } catch (error) {
      // Deleting what somebody else has just deleted fails too; what counts is that it is gone.
      if (isUnderWay(error as Error) || (await this.existing([assignment])).includes(identity(assignment))) {
        throw error;
      }
    }
  }

  private request({ accountId, principalType, principalId }: Assignment) {
    const { InstanceArn, PermissionSetArn } = this;
    const target = { TargetId: accountId, TargetType: "AWS_ACCOUNT" } as const;
    return { InstanceArn, PermissionSetArn, ...target, PrincipalType: principalType, PrincipalId: principalId };
  }

  private async finish(
    started: Progress | undefined,
    ask: (requestId: string) => Promise<Progress | undefined>,
  ): Promise<void> {
    const requestId = started?.RequestId ?? "";
    let progress = started;
    const done = await waitFor(async () => {
      progress = progress?.Status === "IN_PROGRESS" ? await ask(requestId) : progress;
      return progress?.Status === "IN_PROGRESS" ? undefined : progress;
    }, this.patience).catch((error: unknown) => {
      throw Object.assign(error as Error, { underWay: true });
    });
    if (done === undefined) {
      const message = `AWS did not finish within ${this.patience.atMost / 1000} seconds (request ${requestId})`;
      throw Object.assign(new Error(message), { underWay: true });
    }
    if (done.Status !== "SUCCEEDED") {
      throw new Error(`AWS said ${done.Status ?? "nothing"}: ${done.FailureReason ?? "no reason given"}`);
    }
  }

  private async listByPrincipal(assignments: readonly Assignment[]): Promise<string[]> {
    const found: string[] = [];
    const principals = new Map(assignments.map((one) => [one.principalId, one]));
    await allInParallel(readersAtOnce, [...principals.values()], async ({ principalType, principalId }) => {
      const query = { InstanceArn: this.InstanceArn, PrincipalId: principalId, PrincipalType: principalType };
      for await (const page of paginateListAccountAssignmentsForPrincipal({ client: this.client }, query)) {
        for (const { AccountId = "", PermissionSetArn, PrincipalId } of page.AccountAssignments ?? []) {
          // A user's list also has what comes through groups.
          if (PermissionSetArn === this.PermissionSetArn && PrincipalId === principalId) {
            found.push(identity({ accountId: AccountId, principalType, principalId }));
          }
        }
      }
    });
    return found;
  }

  private async listByAccount(assignments: readonly Assignment[]): Promise<string[]> {
    const { InstanceArn, PermissionSetArn } = this;
    const found: string[] = [];
    const accountIds = new Set(assignments.map(({ accountId }) => accountId));
    await allInParallel(readersAtOnce, [...accountIds], async (AccountId) => {
      const query = { InstanceArn, PermissionSetArn, AccountId };
      try {
        for await (const page of paginateListAccountAssignments({ client: this.client }, query)) {
          for (const { PrincipalType, PrincipalId = "" } of page.AccountAssignments ?? []) {
            const principalType = PrincipalType ?? "GROUP";
            found.push(identity({ accountId: AccountId, principalType, principalId: PrincipalId }));
          }
        }
      } catch (error) {
        if ((error as Error).name !== "ResourceNotFoundException") {
          throw error; // without the permission set there are no assignments of it
        }
      }
    });
    return found;
  }
}
