import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import type { ClientConfiguration } from "./awsConfiguration";
import { operationError } from "./awsError";

export interface CallerIdentity {
  accountId: string;
  arn: string;
  userId: string;
}

/** Who the configured credentials belong to: both AWS plugins ask STS. */
export async function callerIdentity(configuration: ClientConfiguration): Promise<CallerIdentity> {
  const client = new STSClient(configuration);
  try {
    const { Account = "", Arn = "", UserId = "" } = await client.send(new GetCallerIdentityCommand({}));
    return { accountId: Account, arn: Arn, userId: UserId };
  } catch (error) {
    throw operationError("STS", "GetCallerIdentity", error);
  } finally {
    client.destroy();
  }
}
