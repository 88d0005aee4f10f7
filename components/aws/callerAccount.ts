import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { clientConfiguration, type Connection } from "./connection";
import { lookUp } from "./lookUp";

/** Whom AWS takes the AWS SDK's calls of this program to come from. */
export interface Caller {
  /** Twelve digits. */
  readonly account: string;
  /** Of a user, or of a role's session. */
  readonly arn: string;
}

export async function callerIdentity(connection: Connection): Promise<Caller> {
  const sts = new STSClient(clientConfiguration(connection));
  const { Account = "", Arn = "" } = await lookUp("sts:GetCallerIdentity", () =>
    sts.send(new GetCallerIdentityCommand()),
  );
  return { account: Account, arn: Arn };
}

/** The account that the AWS SDK's calls of this program act as. */
export async function callerAccount(connection: Connection): Promise<string> {
  return (await callerIdentity(connection)).account;
}
