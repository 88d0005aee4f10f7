import type { Connection } from "../aws/connection";
import { enablerStatementsBySet } from "../identityAwareSessions/enablerPermissions";
import { refuseAny } from "../problem";
import type { PermissionSetSettings } from "../settings/settings";
import { together } from "../together";
import { readManagedPolicies } from "./managedPolicies";
import { judgePolicies, type PolicyOptions } from "./permissionSetPolicy";
import { partitionOf } from "./policyDocument";

/**
 * Looks up what permission sets are judged by, and judges those whose policies are known by now; only reads.
 *
 * @param enablerPermissionSet the one that delivers the permissions of enabling
 * @throws RunError with everything in them that would take sts:SetContext away, or is no policy.
 */
export async function lookUpPolicies(
  connection: Connection,
  instanceArn: string,
  permissionSets: Readonly<Record<string, PermissionSetSettings>>,
  enablerPermissionSet: string | undefined,
): Promise<PolicyOptions> {
  const partition = partitionOf(instanceArn);
  const statements = enablerStatementsBySet(enablerPermissionSet);
  const { policies, problems } = await readManagedPolicies(connection, partition, permissionSets);
  const options = { partition, statements, managedPolicies: policies };
  await together(
    Promise.resolve().then(() => refuseAny("Permission sets name AWS managed policies that do not exist", problems)),
    Promise.resolve().then(() => judgePolicies(permissionSets, options)),
  );
  return options;
}
