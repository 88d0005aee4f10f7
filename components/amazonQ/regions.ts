import { isDefaultEnabledRegion } from "../../policy-pack/regions";

/**
 * Whether people whose instance of IAM Identity Center has its primary Region there can be subscribed to Amazon Q Developer Pro. Those
 * of an opt-in Region cannot, nor those of another partition.
 *
 * Source: Amazon Q Developer User Guide, "Amazon Q Developer Pro Region support", which names the Regions of its page "Supported Regions
 * (enabled by default)": in autumn 2026 the 17 that every account has.
 */
export function isSupportedByAmazonQ(region: string): boolean {
  return isDefaultEnabledRegion(region);
}
