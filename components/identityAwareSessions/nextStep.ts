import { permissionSetsWithAmazonQ } from "../amazonQ/checkAmazonQ";
import type { PermissionSetSettings } from "../settings/settings";

/**
 * Where administrators of Amazon Q Developer subscribe people. The console is in us-east-1 and eu-central-1 alone (Amazon Q Developer User
 * Guide, "Supported Regions for the Q Developer console and Q Developer profile").
 */
const amazonQConsole = "https://us-east-1.console.aws.amazon.com/amazonq/developer/home#/subscriptions";

export interface NextStepArgs {
  /** Of the instance: us-east-1 */
  readonly primaryRegion: string;
  /** Whether the stack grants sts:SetContext to anybody. */
  readonly isGranted: boolean;
  readonly permissionSets: Readonly<Record<string, Pick<PermissionSetSettings, "amazonQ">>>;
}

/**
 * What is left to do for people, which AWS has no API for.
 *
 * That new Amazon Q Developer subscriptions ended on 15 May 2026 is reported by samples of AWS and by others, not by its
 * documentation; hence "reported".
 */
export function nextStep(status: string, { primaryRegion: region, isGranted, permissionSets }: NextStepArgs): string {
  if (status === "Ignored") {
    return (
      "This stack leaves the switch alone (identity-aware-sessions:switch.mode is ignore). See to it that identity-aware " +
      `sessions are Enabled in the IAM Identity Center console of ${region} (Settings > Details), by another stack or by hand.`
    );
  }
  if (status !== "Enabled") {
    return "Run `pulumi refresh`, then `pulumi up`: AWS does not show the identity-aware sessions as Enabled.";
  }
  if (!isGranted) {
    return (
      "No permission set of this stack is assigned to anybody, and it names no IAM principals, so it grants sts:SetContext to " +
      "nobody: add some to identity-aware-sessions:permissionSets, with assignments, or to identity-aware-sessions:iamPrincipals, " +
      "and run the update again."
    );
  }
  const signIn =
    "Ask the people whom this stack grants sts:SetContext to sign in again, so that their console sessions become identity-aware.";
  const noNewOnes =
    "AWS is reported to take no new ones since 15 May 2026: where the console offers none, subscribe them to Kiro, its successor.";
  const amazonQ = permissionSetsWithAmazonQ(permissionSets);
  if (amazonQ.length === 0) {
    return (
      `${signIn} For an Amazon Q Developer Pro subscription, subscribe them in the Amazon Q Developer console (IAM Identity Center in ` +
      `${region}); ${noNewOnes}`
    );
  }
  return (
    `${signIn} Before that, an administrator of Amazon Q Developer, signed in to the management account or to the account that people are ` +
    `subscribed from, subscribes those of ${amazonQ.join(", ")} (amazonQ: true) to Amazon Q Developer Pro by hand, at ${amazonQConsole}, ` +
    `from IAM Identity Center in ${region}, and shares the profile's settings with the member accounts that they work in. ${noNewOnes}`
  );
}
