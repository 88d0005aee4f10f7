import { GetUserIdCommand, IdentitystoreClient } from "@aws-sdk/client-identitystore";
import {
  DescribeInstanceCommand,
  DescribePermissionSetCommand,
  paginateListAccountAssignmentsForPrincipal,
  SSOAdminClient,
} from "@aws-sdk/client-sso-admin";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { clientConfiguration, type Connection } from "../aws/connection";
import { deniedAction } from "../aws/deniedAction";
import { sourceCredentials } from "../aws/sourceCredentials";
import { type Assignment, identity } from "./assignmentKeys";

/** A session that somebody got by IAM Identity Center: in which account, with which permission set. */
export interface PortalSession {
  readonly accountId: string;
  readonly permissionSet: string;
  readonly userName: string;
}

/** A session that would lose what it stands on, or may. */
export interface LostSession extends PortalSession {
  /** Whether it cannot be told whose assignments these are. */
  readonly isUncertain?: true;
  /** The action that the caller is not allowed, where AWS has named one, and that would tell. */
  readonly untoldWithout?: string;
}

/**
 * The session behind a caller's ARN, or undefined when it is none of IAM Identity Center's. The role that IAM Identity Center
 * makes for a permission set is called AWSReservedSSO_NAME_SUFFIX, its sessions are called after the user.
 */
export function portalSession(arn: string): PortalSession | undefined {
  const [, accountId, permissionSet, userName] =
    /^arn:[^:]+:sts::(\d{12}):assumed-role\/AWSReservedSSO_(.+)_[^_/]+\/(.+)$/.exec(arn) ?? [];
  return accountId === undefined || permissionSet === undefined || userName === undefined
    ? undefined
    : { accountId, permissionSet, userName };
}

/** Tells when the assignment behind the caller's own session would go. Only reads. */
export class OwnAccess {
  private readonly connection: Connection;
  private readonly client: SSOAdminClient;

  constructor(connection: Connection) {
    this.connection = connection;
    this.client = new SSOAdminClient(clientConfiguration(connection));
  }

  /**
   * @param removed assignments of the permission set that are about to go.
   * @returns the caller's session, when it has no other assignment to stand on (as far as can be told).
   */
  async lostBy(
    InstanceArn: string,
    PermissionSetArn: string,
    removed: readonly Assignment[],
  ): Promise<LostSession | undefined> {
    const session = await this.session();
    const there = removed.filter(({ accountId }) => accountId === session?.accountId);
    if (session === undefined || there.length === 0) {
      return undefined;
    }
    const described = await orNothing(
      this.client.send(new DescribePermissionSetCommand({ InstanceArn, PermissionSetArn })),
      ["ResourceNotFoundException"], // gone: nobody has it
    );
    if (described?.PermissionSet?.Name !== session.permissionSet) {
      return undefined;
    }
    const going = there.map(identity);
    try {
      const held = await this.held(InstanceArn, PermissionSetArn, session);
      return held.length > 0 && held.every((id) => going.includes(id)) ? session : undefined;
    } catch (error) {
      // Where AWS does not tell (a delegated administrator may not ask), each one may be the caller's.
      const { name, message } = error as Error;
      if (!["AccessDeniedException", "ResourceNotFoundException", "ValidationException"].includes(name)) {
        throw error;
      }
      const needed = deniedAction(message);
      return { ...session, isUncertain: true, ...(needed !== undefined && { untoldWithout: needed }) };
    }
  }

  /** The caller's own session, also where the stack goes on as roles that are assumed from it, by aws:assumeRoles or by profiles. */
  async session(): Promise<PortalSession | undefined> {
    const { region } = this.connection;
    const source = await sourceCredentials(this.connection.profile);
    const sts = new STSClient({ ...clientConfiguration({ region }), ...source });
    const { Arn = "" } = await sts.send(new GetCallerIdentityCommand());
    return portalSession(Arn);
  }

  /** The assignments of the permission set that the session's user has in its account, directly or by a group. */
  private async held(
    InstanceArn: string,
    permissionSetArn: string,
    { accountId, userName }: PortalSession,
  ): Promise<string[]> {
    const { IdentityStoreId } = await this.client.send(new DescribeInstanceCommand({ InstanceArn }));
    const AlternateIdentifier = { UniqueAttribute: { AttributePath: "userName", AttributeValue: userName } };
    const { UserId } = await new IdentitystoreClient(clientConfiguration(this.connection)).send(
      new GetUserIdCommand({ IdentityStoreId, AlternateIdentifier }),
    );
    const query = {
      InstanceArn,
      PrincipalId: UserId,
      PrincipalType: "USER",
      Filter: { AccountId: accountId },
    } as const;
    const found: string[] = [];
    for await (const page of paginateListAccountAssignmentsForPrincipal({ client: this.client }, query)) {
      for (const { PermissionSetArn, PrincipalId = "", PrincipalType = "GROUP" } of page.AccountAssignments ?? []) {
        if (PermissionSetArn === permissionSetArn) {
          found.push(identity({ accountId, principalType: PrincipalType, principalId: PrincipalId }));
        }
      }
    }
    return found;
  }
}

async function orNothing<T>(answer: Promise<T>, errors: readonly string[]): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (errors.includes((error as Error).name)) {
      return undefined;
    }
    throw error;
  }
}
