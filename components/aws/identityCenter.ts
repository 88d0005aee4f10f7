import {
  DescribeInstanceCommand,
  type DescribeInstanceResponse,
  type InstanceMetadata,
  paginateListInstances,
  SSOAdminClient,
} from "@aws-sdk/client-sso-admin";
import { clientConfiguration, type Connection } from "./connection";
import { lookUp } from "./lookUp";

/** Reads the instances of IAM Identity Center. */
export class IdentityCenterReader {
  private readonly client: SSOAdminClient;

  constructor(connection: Connection) {
    this.client = new SSOAdminClient(clientConfiguration(connection));
  }

  /** The instances that the caller's account sees in the Region; AWS lists none of other Regions. */
  async instances(): Promise<InstanceMetadata[]> {
    return lookUp("sso:ListInstances", async () => {
      const instances: InstanceMetadata[] = [];
      for await (const page of paginateListInstances({ client: this.client }, {})) {
        instances.push(...(page.Instances ?? []));
      }
      return instances;
    });
  }

  async describe(instanceArn: string): Promise<DescribeInstanceResponse> {
    return lookUp("sso:DescribeInstance", () =>
      this.client.send(new DescribeInstanceCommand({ InstanceArn: instanceArn })),
    );
  }
}
