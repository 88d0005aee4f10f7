import { checkAmazonQ } from "./amazonQ/checkAmazonQ";
import { lookUpGrants } from "./grants/lookUpGrants";
import { lookUpPolicies } from "./grants/lookUpPolicies";
import { lookUpIamPrincipals } from "./iamPrincipals/lookUpIamPrincipals";
import { lookUpMemberAccounts } from "./iamPrincipals/lookUpMemberAccounts";
import { lookUpEnablers } from "./identityAwareSessions/lookUpEnablers";
import { preflight } from "./identityAwareSessions/preflight";
import { checkInstance, findInstance } from "./organizationInstance/findInstance";
import type { Settings } from "./settings/settings";
import { together } from "./together";

/**
 * Everything the program wants to know of AWS before it declares a resource: who and where, by read-only calls. What comes
 * out are plain values, known at preview.
 *
 * @throws RunError with every reason why the stack can't be brought up as it is configured; nothing has been written by then.
 */
export async function lookUps(settings: Settings) {
  const { connection, permissionSets, safety, switch: wantedSwitch } = settings;
  // First, because nothing can be asked about an instance that is not the right one, or by somebody who does not administer it.
  const found = await findInstance(connection, settings.instance.arn);
  const { instance } = found;
  const [, policies, grants, , memberAccounts, , preflighted] = await together(
    checkInstance(connection, found, settings.instance, safety.confirm),
    lookUpPolicies(connection, instance.arn, permissionSets, wantedSwitch.enablerPermissionSet),
    lookUpGrants(connection, instance, permissionSets),
    lookUpIamPrincipals(connection, settings.iamPrincipals),
    lookUpMemberAccounts(connection, instance, settings.iamPrincipals.memberAccounts),
    lookUpEnablers(connection, wantedSwitch.enablers),
    preflight(connection, instance.arn, wantedSwitch),
    Promise.resolve().then(() => checkAmazonQ(instance, permissionSets)),
  );
  const iamPrincipals = { ...settings.iamPrincipals, memberAccounts };
  return { instance, policies, grants, iamPrincipals, preflight: preflighted };
}
