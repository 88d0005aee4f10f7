import { DescribePermissionSetCommand, paginateListPermissionSets, SSOAdminClient } from "@aws-sdk/client-sso-admin";
import { clientConfiguration, type Connection } from "./connection";
import { allInParallel } from "./inParallel";
import { lookUp } from "./lookUp";

/** The instance of IAM Identity Center that a reader is about. */
export interface ReadInstance {
  readonly arn: string;
  /** While they are off the instance has none, and AWS refuses to look. */
  readonly permissionSetsEnabled: boolean;
}

/** Reads the permission sets of one instance of IAM Identity Center. */
export class PermissionSetReader {
  private readonly client: SSOAdminClient;
  private readonly instanceArn: string;
  private readonly hasAny: boolean;

  constructor(connection: Connection, { arn, permissionSetsEnabled }: ReadInstance) {
    this.client = new SSOAdminClient(clientConfiguration(connection));
    this.instanceArn = arn;
    this.hasAny = permissionSetsEnabled;
  }

  /** @returns the name of a permission set, or undefined when the instance does not have it. */
  async nameOf(permissionSetArn: string): Promise<string | undefined> {
    if (!this.hasAny) {
      return undefined;
    }
    const command = new DescribePermissionSetCommand({
      InstanceArn: this.instanceArn,
      PermissionSetArn: permissionSetArn,
    });
    return lookUp("sso:DescribePermissionSet", async () => {
      try {
        return (await this.client.send(command)).PermissionSet?.Name;
      } catch (error) {
        if ((error as Error).name === "ResourceNotFoundException") {
          return undefined;
        }
        throw error;
      }
    });
  }

  /**
   * Looks for permission sets by name. AWS has no such query: it lists ARNs, a hundred a call, and tells the name of one of
   * them a call, so this ends as soon as every name is found.
   *
   * @returns the ARNs by name, of all permission sets that were seen; where one of `names` is not among them, that is all there are.
   */
  async find(names: readonly string[]): Promise<Readonly<Record<string, string>>> {
    const seen = new Map<string, string>();
    const isDone = () => names.every((name) => seen.has(name));
    if (isDone() || !this.hasAny) {
      return {};
    }
    await allInParallel(10, await this.arns(), async (arn) => {
      const name = isDone() ? undefined : await this.nameOf(arn);
      if (name !== undefined) {
        seen.set(name, arn);
      }
    });
    return Object.fromEntries(seen);
  }

  /** The ARNs of all of them. */
  async arns(): Promise<string[]> {
    if (!this.hasAny) {
      return [];
    }
    return lookUp("sso:ListPermissionSets", async () => {
      const arns: string[] = [];
      const query = { InstanceArn: this.instanceArn };
      for await (const page of paginateListPermissionSets({ client: this.client }, query)) {
        arns.push(...(page.PermissionSets ?? []));
      }
      return arns;
    });
  }
}
