import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { clientConfiguration, type Connection } from "./connection";
import { lookUp } from "./lookUp";

/** The account that the AWS SDK's calls of this program act as. */
export async function callerAccount(connection: Connection): Promise<string> {
  const sts = new STSClient(clientConfiguration(connection));
  const { Account } = await lookUp("sts:GetCallerIdentity", () => sts.send(new GetCallerIdentityCommand()));
  return Account ?? "";
}
