import * as aws from "@pulumi/aws";
import { RunError } from "@pulumi/pulumi";
import { callerAccount } from "./callerAccount";
import type { Connection } from "./connection";
import { lookUp } from "./lookUp";

/**
 * Checks that Pulumi's AWS provider and the AWS SDK of this program act as the same account.
 *
 * @throws RunError when they do not, for then a stack would be half in one account and half in another.
 */
export async function checkCaller(connection: Connection, provider: aws.Provider): Promise<void> {
  const [ofProvider, ofSdk] = await Promise.all([
    lookUp("sts:GetCallerIdentity", () => aws.getCallerIdentity({}, { provider })),
    callerAccount(connection),
  ]);
  if (ofProvider.accountId !== ofSdk) {
    throw new RunError(
      "The parts of this stack act as different accounts. Nothing was changed.\n" +
        `  found:   Pulumi's AWS provider acts as ${ofProvider.accountId}, the AWS SDK as ${ofSdk}\n` +
        "  allowed: one account, the organization's management account or a delegated administrator\n" +
        "  to do:   give both the same credentials, in the environment or by aws:profile",
    );
  }
}
