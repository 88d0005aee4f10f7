import { getAccountId } from "@pulumi/aws-native/getAccountId";
import type { Provider as AwsNativeProvider } from "@pulumi/aws-native/provider";
import { getCallerIdentity } from "@pulumi/aws/getCallerIdentity";
import type { Provider as AwsProvider } from "@pulumi/aws/provider";
import { RunError } from "@pulumi/pulumi";
import { callerAccount } from "./callerAccount";
import type { Connection } from "./connection";
import { lookUp } from "./lookUp";

/**
 * Checks that Pulumi's AWS providers and the AWS SDK of this program act as the same account. The dynamic providers act as
 * the SDK does: they make their connection from the same configuration.
 *
 * @throws RunError when they do not, for then a stack would be half in one account and half in another.
 */
export async function checkCaller(
  connection: Connection,
  provider: AwsProvider,
  nativeProvider: AwsNativeProvider,
): Promise<void> {
  const [ofAws, ofSdk, ofAwsNative] = await Promise.all([
    lookUp("sts:GetCallerIdentity", () => getCallerIdentity({}, { provider })),
    callerAccount(connection),
    lookUp("sts:GetCallerIdentity", () => getAccountId({ provider: nativeProvider })),
  ]);
  const accounts = [
    ["aws", ofAws.accountId],
    ["aws-native", ofAwsNative.accountId],
    ["the AWS SDK", ofSdk],
  ];
  if (new Set(accounts.map(([, account]) => account)).size > 1) {
    throw new RunError(
      "The parts of this stack act as different accounts. Nothing was changed.\n" +
        `  found:   ${accounts.map((part) => part.join(" as ")).join(", ")}\n` +
        "  allowed: one account, the organization's management account or a delegated administrator\n" +
        "  to do:   give all of them the same credentials, in the environment or by aws:profile and aws:assumeRoles; AWS_PROFILE and keys in " +
        "the environment are not read in the same order by all of them",
    );
  }
}
