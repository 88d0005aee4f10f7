import {
  type Account as OrganizationsAccount,
  DescribeOrganizationCommand,
  OrganizationsClient,
  paginateListAccounts,
  paginateListDelegatedAdministrators,
} from "@aws-sdk/client-organizations";
import { clientConfiguration, type Connection } from "./connection";
import { lookUp } from "./lookUp";

/** An account of the organization. */
export interface Account {
  /** Twelve digits. */
  readonly id: string;
  /** The display name, which need not be unique. */
  readonly name: string;
  /** ACTIVE, or why the account is not in use: PENDING_ACTIVATION, SUSPENDED, PENDING_CLOSURE, CLOSED. */
  readonly state: string;
}

/** Whether the account is in use. */
export function isActive({ state }: Account): boolean {
  return state === "ACTIVE";
}

/** Reads AWS Organizations. */
export class OrganizationReader {
  private readonly client: OrganizationsClient;

  constructor(connection: Connection) {
    this.client = new OrganizationsClient(clientConfiguration(connection));
  }

  /** @returns the management account's id, or undefined when the caller's account belongs to no organization. */
  async managementAccountId(): Promise<string | undefined> {
    return lookUp("organizations:DescribeOrganization", async () => {
      try {
        const { Organization } = await this.client.send(new DescribeOrganizationCommand());
        return Organization?.MasterAccountId;
      } catch (error) {
        if ((error as Error).name === "AWSOrganizationsNotInUseException") {
          return undefined;
        }
        throw error;
      }
    });
  }

  /**
   * The accounts that administer a service beside the management account, or undefined when AWS denies the question: only the
   * management account and delegated administrators of some service may ask it.
   *
   * @param servicePrincipal for example sso.amazonaws.com
   */
  async delegatedAdministrators(servicePrincipal: string): Promise<string[] | undefined> {
    return lookUp("organizations:ListDelegatedAdministrators", async () => {
      const ids: string[] = [];
      const input = { ServicePrincipal: servicePrincipal };
      try {
        for await (const page of paginateListDelegatedAdministrators({ client: this.client }, input)) {
          ids.push(...(page.DelegatedAdministrators ?? []).map(({ Id = "" }) => Id));
        }
        return ids;
      } catch (error) {
        if ((error as Error).name === "AccessDeniedException") {
          return undefined;
        }
        throw error;
      }
    });
  }

  /** Every account of the organization, also those that are suspended or being closed. */
  async accounts(): Promise<Account[]> {
    return lookUp("organizations:ListAccounts", async () => {
      const accounts: OrganizationsAccount[] = [];
      for await (const page of paginateListAccounts({ client: this.client }, {})) {
        accounts.push(...(page.Accounts ?? []));
      }
      // AWS retires Status for State; older endpoints know Status alone.
      return accounts.map(({ Id = "", Name = "", Status, State = Status ?? "ACTIVE" }) => ({
        id: Id,
        name: Name,
        state: State,
      }));
    });
  }
}
