import { AwsError } from "../awsError";
import type { Contents, StackSet } from "../contents";
import { find, type Request } from "../service";

/** Without it StackSets deploys nothing to accounts of the organization. */
export const stackSetsPrincipal = "member.org.stacksets.cloudformation.amazonaws.com";

/**
 * @throws AwsError of type ValidationError unless the caller may use service-managed permissions: local AWS has them for the
 *   management account alone, as the project's stacks do.
 *
 * Source of the words: public reports of both errors (pepperize/cdk-organizations#1718, terraform-provider-aws#22867).
 */
export function requireOrganizationsAccess({ contents, caller }: Pick<Request, "contents" | "caller">): void {
  if (caller.account !== contents.managementAccount) {
    throw new AwsError(
      "ValidationError",
      "You must be the management account or delegated admin account of an organization before operating a SERVICE_MANAGED stack set",
    );
  }
  if (!hasOrganizationsAccess(contents)) {
    throw new AwsError(
      "ValidationError",
      "You must enable organizations access to operate a service managed stack set",
    );
  }
}

export function hasOrganizationsAccess({ trustedAccess }: Contents): boolean {
  return trustedAccess.includes(stackSetsPrincipal);
}

/** By name or id, of the caller's account and Region. */
export function existingStackSet(nameOrId: string, request: Request): StackSet {
  return find(
    stackSetsOf(request),
    ({ id, name }) => id === nameOrId || name === nameOrId,
    () => new AwsError("StackSetNotFoundException", `StackSet ${nameOrId} not found`, {}, 404),
  );
}

export function stackSetsOf({ contents, caller, region }: Request): StackSet[] {
  return contents.stackSets.filter((each) => each.account === caller.account && each.region === region);
}
