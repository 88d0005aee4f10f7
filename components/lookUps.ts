import { lookUpGrants } from "./grants/lookUpGrants";
import { judgePolicies } from "./grants/permissionSetPolicy";
import { partitionOf } from "./grants/policyDocument";
import { enablerStatementsBySet } from "./identityAwareSessions/enablerPermissions";
import { lookUpEnablers } from "./identityAwareSessions/lookUpEnablers";
import { preflight } from "./identityAwareSessions/preflight";
import { findInstance } from "./organizationInstance/findInstance";
import type { Settings } from "./settings/settings";

/**
 * Everything the program wants to know of AWS before it declares a resource: who and where, by read-only calls. What comes
 * out are plain values, known at preview.
 *
 * @throws RunError when the stack can't be brought up as it is configured; nothing has been written by then.
 */
export async function lookUps(settings: Settings) {
  const { connection, permissionSets, safety } = settings;
  const instance = await findInstance(connection, settings.instance.arn, settings.instance, safety.confirm);
  const policies = {
    partition: partitionOf(instance.arn),
    statements: enablerStatementsBySet(settings.switch.enablerPermissionSet),
  };
  judgePolicies(permissionSets, policies);
  const grants = await lookUpGrants(connection, instance, permissionSets);
  await lookUpEnablers(connection, settings.switch.enablers);
  return { instance, policies, grants, preflight: await preflight(connection, instance.arn, settings.switch) };
}
