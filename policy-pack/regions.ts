/**
 * The 17 Regions of partition aws that every account has from its first day: those launched before 20 March 2019, which
 * can be neither enabled nor disabled. Every later Region has to be opted in to, so this list is closed and a Region
 * that is not on it, known or not, is not enabled by default. The partitions aws-us-gov and aws-cn are not part of it.
 *
 * Source: AWS Account Management Reference Guide, "Enable or disable AWS Regions in your account", read in autumn 2026:
 * https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-regions.html
 */
export const defaultEnabledRegions: readonly string[] = [
  "ap-northeast-1",
  "ap-northeast-2",
  "ap-northeast-3",
  "ap-south-1",
  "ap-southeast-1",
  "ap-southeast-2",
  "ca-central-1",
  "eu-central-1",
  "eu-north-1",
  "eu-west-1",
  "eu-west-2",
  "eu-west-3",
  "sa-east-1",
  "us-east-1",
  "us-east-2",
  "us-west-1",
  "us-west-2",
];

/**
 * The Regions of partition aws that an account has to opt in to, as far as they were known in autumn 2026: unlike the list above
 * this one grows.
 *
 * Sources: the same page; the AWS SDK's own list of partitions for me-west-1 and sa-west-1.
 */
export const knownOptInRegions: readonly string[] = [
  "af-south-1",
  "ap-east-1",
  "ap-east-2",
  "ap-south-2",
  "ap-southeast-3",
  "ap-southeast-4",
  "ap-southeast-5",
  "ap-southeast-6",
  "ap-southeast-7",
  "ca-west-1",
  "eu-central-2",
  "eu-south-1",
  "eu-south-2",
  "il-central-1",
  "me-central-1",
  "me-south-1",
  "me-west-1",
  "mx-central-1",
  "sa-west-1",
];

/** Whether every account of partition aws can use `region`, for example "us-east-1", without opting in to it. */
export function isDefaultEnabledRegion(region: string): boolean {
  return defaultEnabledRegions.includes(region);
}
