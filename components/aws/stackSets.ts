import { CloudFormationClient, DescribeOrganizationsAccessCommand } from "@aws-sdk/client-cloudformation";
import { clientConfiguration, type Connection } from "./connection";
import { lookUp } from "./lookUp";

/**
 * Whether StackSets may deploy to the accounts of the organization: trusted access, which CloudFormation itself has to have activated,
 * and not AWS Organizations alone. To be asked in the management account.
 *
 * Source: CloudFormation API reference, DescribeOrganizationsAccess (ENABLED, DISABLED, DISABLED_PERMANENTLY).
 */
export async function mayDeployToOrganization(connection: Connection): Promise<boolean> {
  const client = new CloudFormationClient(clientConfiguration(connection));
  const access = () => client.send(new DescribeOrganizationsAccessCommand({ CallAs: "SELF" }));
  const { Status } = await lookUp("cloudformation:DescribeOrganizationsAccess", access);
  return Status === "ENABLED";
}
