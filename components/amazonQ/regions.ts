import { isDefaultEnabledRegion } from "../../policy-pack/regions";

/**
 * Whether people whose IAM Identity Center has this primary Region can be subscribed to Amazon Q Developer Pro: in the 17 Regions of
 * partition aws that are enabled by default, which Amazon Q's own list of "Supported Regions (enabled by default)" has too. In an opt-in
 * Region they have the Free tier only; other partitions do not have Amazon Q Developer.
 *
 * Sources: Amazon Q Developer User Guide, "Amazon Q Developer Pro Region support", section "IAM Identity Center Regions supported by
 * Amazon Q Developer", and "Supported Regions for Amazon Q Developer"; read in autumn 2026:
 * https://docs.aws.amazon.com/amazonq/latest/qdeveloper-ug/q-admin-setup-subscribe-regions.html
 */
export function isSupportedByAmazonQ(region: string): boolean {
  return isDefaultEnabledRegion(region);
}
