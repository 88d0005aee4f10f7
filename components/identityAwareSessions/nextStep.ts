/**
 * What is left to do for people, which AWS has no API for.
 *
 * That new Amazon Q Developer subscriptions ended on 15 May 2026 is reported by samples of AWS and by others, not by its
 * documentation; hence "reported".
 */
export function nextStep(status: string, region: string, isAnybodyGranted: boolean): string {
  if (status === "Ignored") {
    return (
      "This stack leaves the switch alone (identity-aware-sessions:switch.mode is ignore). See to it that identity-aware " +
      `sessions are Enabled in the IAM Identity Center console of ${region} (Settings > Details), by another stack or by hand.`
    );
  }
  if (status !== "Enabled") {
    return "Run `pulumi refresh`, then `pulumi up`: AWS does not show the identity-aware sessions as Enabled.";
  }
  if (!isAnybodyGranted) {
    return (
      "No permission set of this stack is assigned to anybody, and it names no IAM principals, so it grants sts:SetContext to " +
      "nobody: add some to identity-aware-sessions:permissionSets, with assignments, or to identity-aware-sessions:iamPrincipals, " +
      "and run the update again."
    );
  }
  return (
    "Ask the people whom this stack grants sts:SetContext to sign in again, so that their console sessions become identity-aware. For an " +
    `Amazon Q Developer Pro subscription, subscribe them in the Amazon Q Developer console (IAM Identity Center in ${region}); ` +
    "AWS is reported to take no new ones since 15 May 2026: where the console offers none, subscribe them to Kiro, its successor."
  );
}
