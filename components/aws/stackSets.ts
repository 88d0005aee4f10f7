import {
  CloudFormationClient,
  DescribeOrganizationsAccessCommand,
  DescribeStackSetCommand,
  paginateListStackInstances,
  paginateListStackSets,
} from "@aws-sdk/client-cloudformation";
import { clientConfiguration, type Connection } from "./connection";
import { lookUp } from "./lookUp";

/** What a StackSet has deployed to one account and Region. */
export interface StackInstance {
  /** The account's id, twelve digits. */
  readonly account: string;
  /** The id of the unit, or the root, by which the account came to it. */
  readonly organizationalUnit: string;
  /** CURRENT, or why the account does not have the StackSet's template: OUTDATED, INOPERABLE. */
  readonly status: string;
  readonly statusReason?: string | undefined;
}

/** Reads StackSets of the caller's account, in the connection's Region: to be asked in the management account. */
export class StackSetReader {
  private readonly client: CloudFormationClient;

  constructor(connection: Connection) {
    this.client = new CloudFormationClient(clientConfiguration(connection));
  }

  /**
   * Whether StackSets may deploy to the accounts of the organization: trusted access, which CloudFormation itself has to have
   * activated, and not AWS Organizations alone.
   *
   * Source: CloudFormation API reference, DescribeOrganizationsAccess (ENABLED, DISABLED, DISABLED_PERMANENTLY).
   */
  async mayDeployToOrganization(): Promise<boolean> {
    const access = () => this.client.send(new DescribeOrganizationsAccessCommand({ CallAs: "SELF" }));
    const { Status } = await lookUp("cloudformation:DescribeOrganizationsAccess", access);
    return Status === "ENABLED";
  }

  /** The names of those in use that are described so. */
  async namesOf(description: string): Promise<string[]> {
    return lookUp("cloudformation:ListStackSets", async () => {
      const names: string[] = [];
      const input = { Status: "ACTIVE", CallAs: "SELF" } as const;
      for await (const { Summaries = [] } of paginateListStackSets({ client: this.client }, input)) {
        const those = Summaries.filter(({ Description }) => Description === description);
        names.push(...those.flatMap(({ StackSetName }) => StackSetName ?? []));
      }
      return names.sort();
    });
  }

  async templateBody(StackSetName: string): Promise<string> {
    const { StackSet } = await lookUp("cloudformation:DescribeStackSet", () =>
      this.client.send(new DescribeStackSetCommand({ StackSetName, CallAs: "SELF" })),
    );
    return StackSet?.TemplateBody ?? "";
  }

  /** In the order of the accounts' ids; none where there is no such StackSet. */
  async instances(StackSetName: string): Promise<StackInstance[]> {
    return lookUp("cloudformation:ListStackInstances", async () => {
      const instances: StackInstance[] = [];
      const pages = paginateListStackInstances({ client: this.client }, { StackSetName, CallAs: "SELF" });
      try {
        for await (const { Summaries = [] } of pages) {
          instances.push(
            ...Summaries.map(({ Account, OrganizationalUnitId, Status, StatusReason }) => ({
              account: Account ?? "",
              organizationalUnit: OrganizationalUnitId ?? "",
              status: Status ?? "",
              statusReason: StatusReason,
            })),
          );
        }
      } catch (error) {
        if ((error as Error).name === "StackSetNotFoundException") {
          return [];
        }
        throw error;
      }
      return instances.sort((one, other) => one.account.localeCompare(other.account));
    });
  }
}
