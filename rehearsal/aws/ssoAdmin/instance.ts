import { z } from "zod";
import { AwsError } from "../awsError";
import type { Contents, Instance } from "../contents";
import { find, type Request } from "../service";

export const instanceArn = z
  .string()
  .regex(/^arn:aws(-[a-z]{1,5}){0,3}:sso:::instance\/(sso)?ins-[a-zA-Z0-9-.]{16}$/, "must be an instance ARN");

export function isOrganizationInstance({ ownerAccount }: Instance, { managementAccount }: Contents): boolean {
  return ownerAccount === managementAccount;
}

/** Whether the organization lets the account administer its instance. */
function isDelegatedAdministrator(account: string, { delegatedAdministrators }: Contents): boolean {
  return delegatedAdministrators["sso.amazonaws.com"]?.includes(account) ?? false;
}

/** An organization instance shows in every account of the organization, an account instance only in its own. */
export function isVisible(instance: Instance, { contents, caller }: Request): boolean {
  return isOrganizationInstance(instance, contents) || instance.ownerAccount === caller.account;
}

/** Whether the caller's account sees the instance and the Region of the call has it. */
export function isReadable(instance: Instance, request: Request): boolean {
  const { primaryRegion, additionalRegions } = instance;
  return isVisible(instance, request) && [primaryRegion, ...additionalRegions].includes(request.region);
}

/**
 * The instance, when it can be read from the caller's account and the Region of the call.
 * @throws AwsError of type `missing`; an operation without ResourceNotFoundException in its documentation names another
 */
export function readableInstance(arn: string, request: Request, missing = "ResourceNotFoundException"): Instance {
  return find(
    request.contents.instances,
    (each) => each.arn === arn && isReadable(each, request),
    () =>
      new AwsError(
        missing,
        `There is no instance ${arn} that account ${request.caller.account} can reach in ${request.region}.`,
      ),
  );
}

/**
 * The instance, for permission sets and account assignments: these belong to an organization instance, in its primary Region
 * only, and are administered from the management account or a delegated administrator's.
 */
export function administeredInstance(arn: string, request: Request): Instance {
  const { contents, region } = request;
  const instance = readableInstance(arn, request);
  if (!isOrganizationInstance(instance, contents) || !instance.permissionSetsEnabled) {
    throw new AwsError("ValidationException", "The operation is not supported for this Identity Center instance");
  }
  if (instance.primaryRegion !== region) {
    throw new AwsError(
      "ResourceNotFoundException",
      `Permission sets of ${arn} are in its primary Region, ${instance.primaryRegion}, only.`,
    );
  }
  requireAdministrator(instance.arn, request);
  return instance;
}

/** @throws AwsError unless the caller is in the account that owns the instance or, for an organization instance, a delegated administrator's */
export function requireAdministrator(instanceArn: string, { contents, caller }: Request): void {
  const instance = contents.instances.find(({ arn }) => arn === instanceArn);
  if (instance?.ownerAccount === caller.account) return;
  if (instance && isOrganizationInstance(instance, contents) && isDelegatedAdministrator(caller.account, contents))
    return;
  throw new AwsError(
    "AccessDeniedException",
    `${caller.arn} is in neither the account that owns ${instanceArn} nor a delegated administrator account of it.`,
  );
}
