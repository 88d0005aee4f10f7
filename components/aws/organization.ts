import {
  type Account as OrganizationsAccount,
  DescribeOrganizationCommand,
  OrganizationsClient,
  paginateListAccounts,
  paginateListDelegatedAdministrators,
  paginateListOrganizationalUnitsForParent,
  paginateListParents,
  paginateListRoots,
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

/** An organizational unit, or the root. */
export interface OrganizationalUnit {
  readonly id: string;
  readonly name: string;
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

  /** The root of the organization, of which there is one. */
  async root(): Promise<OrganizationalUnit> {
    return lookUp("organizations:ListRoots", async () => {
      for await (const { Roots: [root] = [] } of paginateListRoots({ client: this.client }, {})) {
        if (root?.Id !== undefined) {
          return { id: root.Id, name: root.Name ?? "Root" };
        }
      }
      throw new Error("the organization has no root");
    });
  }

  /** The organizational units right below a unit or the root. */
  async unitsIn(parentId: string): Promise<OrganizationalUnit[]> {
    return lookUp("organizations:ListOrganizationalUnitsForParent", async () => {
      const units: OrganizationalUnit[] = [];
      for await (const page of paginateListOrganizationalUnitsForParent(
        { client: this.client },
        { ParentId: parentId },
      )) {
        units.push(...(page.OrganizationalUnits ?? []).map(({ Id = "", Name = "" }) => ({ id: Id, name: Name })));
      }
      return units;
    });
  }

  /** The ids of the units that an account or a unit lies in, from the nearest up to the root. */
  async unitsAbove(accountOrUnitId: string): Promise<string[]> {
    return lookUp("organizations:ListParents", async () => {
      const above: string[] = [];
      for (let child: string | undefined = accountOrUnitId; child !== undefined;) {
        let parent: string | undefined;
        for await (const { Parents = [] } of paginateListParents({ client: this.client }, { ChildId: child })) {
          parent ??= Parents[0]?.Id;
        }
        if (parent !== undefined) above.push(parent);
        child = parent?.startsWith("r-") === true ? undefined : parent;
      }
      return above;
    });
  }
}
