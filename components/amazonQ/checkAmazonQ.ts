import { permissionSetPath } from "../configPath";
import { refuseAny } from "../problem";
import type { PermissionSetSettings } from "../settings/settings";
import { isSupportedByAmazonQ } from "./regions";

/** The names of the permission sets that are for Amazon Q. */
export function permissionSetsWithAmazonQ(
  permissionSets: Readonly<Record<string, Pick<PermissionSetSettings, "amazonQ">>>,
): string[] {
  return Object.entries(permissionSets).flatMap(([name, { amazonQ }]) => (amazonQ ? name : []));
}

/** @throws RunError when the stack gives people Amazon Q whom Amazon Q cannot subscribe. */
export function checkAmazonQ(
  { primaryRegion }: { readonly primaryRegion: string },
  permissionSets: Readonly<Record<string, PermissionSetSettings>>,
): void {
  const names = isSupportedByAmazonQ(primaryRegion) ? [] : permissionSetsWithAmazonQ(permissionSets);
  refuseAny(
    "Amazon Q does not support the instance of IAM Identity Center where it is",
    names.map((name) => ({
      path: `${permissionSetPath(name)}.amazonQ`,
      found: `true, and an instance with its primary Region ${primaryRegion}`,
      allowed: "an instance in one of the Regions of partition aws that every account has from its first day",
      toDo: "remove amazonQ: people of this instance cannot be subscribed to Amazon Q Developer Pro",
    })),
  );
}
