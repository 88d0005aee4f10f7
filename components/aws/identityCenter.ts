import {
  DescribeInstanceAccessControlAttributeConfigurationCommand,
  DescribeInstanceCommand,
  type DescribeInstanceResponse,
  type InstanceMetadata,
  ListPermissionSetsCommand,
  paginateListInstances,
  SSOAdminClient,
} from "@aws-sdk/client-sso-admin";
import { clientConfiguration, type Connection } from "./connection";
import { lookUp } from "./lookUp";

/** Reads the instances of IAM Identity Center. */
export class IdentityCenterReader {
  private readonly connection: Connection;
  private readonly client: SSOAdminClient;

  constructor(connection: Connection) {
    this.connection = connection;
    this.client = new SSOAdminClient(clientConfiguration(connection));
  }

  /** The instances that the caller's account sees in the Region, be it their primary or an additional one. */
  async instances(): Promise<InstanceMetadata[]> {
    return lookUp("sso:ListInstances", () => listed(this.client));
  }

  /**
   * The instances that the caller's account sees, wherever they are; none when AWS does not tell. ListInstances has the member
   * RegionScope for it (API reference), which the newest client for JavaScript does not have yet, so it is put into the request.
   */
  async instancesOfAllRegions(): Promise<InstanceMetadata[]> {
    const client = new SSOAdminClient(clientConfiguration(this.connection));
    client.middlewareStack.add(
      (next) => (args) => {
        const request = args.request as { body: string | Uint8Array };
        const body = typeof request.body === "string" ? request.body : new TextDecoder().decode(request.body);
        const input = JSON.parse(body) as object;
        request.body = JSON.stringify({ ...input, RegionScope: "ALL_REGIONS" });
        return next(args);
      },
      { step: "serialize", priority: "low" }, // once the body is written, before it is measured and signed
    );
    return listed(client).catch(() => []);
  }

  async describe(instanceArn: string): Promise<DescribeInstanceResponse> {
    return lookUp("sso:DescribeInstance", () =>
      this.client.send(new DescribeInstanceCommand({ InstanceArn: instanceArn })),
    );
  }

  /**
   * Whether AWS lets the caller read permission sets, which it does in the accounts that administer the instance only. Where
   * permission sets are off it does not tell: the operation is then not supported for the instance, whoever asks.
   */
  async mayReadPermissionSets(instanceArn: string): Promise<boolean> {
    const command = new ListPermissionSetsCommand({ InstanceArn: instanceArn, MaxResults: 1 });
    return lookUp("sso:ListPermissionSets", async () => {
      try {
        await this.client.send(command);
        return true;
      } catch (error) {
        switch ((error as Error).name) {
          case "AccessDeniedException":
            return false;
          case "ValidationException":
            return true;
          default:
            throw error;
        }
      }
    });
  }

  /** The attributes for access control by key, or undefined while they are off. */
  async accessControlAttributes(instanceArn: string): Promise<Record<string, string[]> | undefined> {
    const command = new DescribeInstanceAccessControlAttributeConfigurationCommand({ InstanceArn: instanceArn });
    return lookUp("sso:DescribeInstanceAccessControlAttributeConfiguration", async () => {
      try {
        const { InstanceAccessControlAttributeConfiguration: configuration } = await this.client.send(command);
        const attributes = configuration?.AccessControlAttributes ?? [];
        return Object.fromEntries(attributes.map(({ Key = "", Value }) => [Key, Value?.Source ?? []]));
      } catch (error) {
        if ((error as Error).name === "ResourceNotFoundException") {
          return undefined;
        }
        throw error;
      }
    });
  }
}

async function listed(client: SSOAdminClient): Promise<InstanceMetadata[]> {
  const instances: InstanceMetadata[] = [];
  for await (const page of paginateListInstances({ client }, {})) {
    instances.push(...(page.Instances ?? []));
  }
  return instances;
}
