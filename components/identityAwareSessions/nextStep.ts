/**
 * What is left to do for people, which AWS has no API for.
 *
 * That new Amazon Q Developer subscriptions ended on 15 May 2026 is reported by samples of AWS and by others, not by its
 * documentation; hence "reported".
 */
export function nextStep(status: string, region: string): string {
  if (status !== "Enabled") {
    return "Run the update again: AWS does not show the identity-aware sessions as Enabled yet.";
  }
  return (
    "Ask the people of these permission sets to sign in again, so that their console sessions become identity-aware. For an " +
    `Amazon Q Developer Pro subscription, subscribe them in the Amazon Q Developer console (IAM Identity Center in ${region}); ` +
    "AWS is reported to take no new ones since 15 May 2026: where the console offers none, subscribe them to Kiro, its successor."
  );
}
