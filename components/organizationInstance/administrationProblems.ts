import { callerAccount } from "../aws/callerAccount";
import type { Connection } from "../aws/connection";
import { IdentityCenterReader } from "../aws/identityCenter";
import { OrganizationReader } from "../aws/organization";
import type { Problem } from "../problem";

/** Why the caller cannot administer an organization instance that is sound in itself; only reads. */
export async function administrationProblems(
  connection: Connection,
  { arn, ownerAccountId }: { readonly arn: string; readonly ownerAccountId: string },
): Promise<Problem[]> {
  const account = await callerAccount(connection);
  if (account === ownerAccountId) {
    return [];
  }
  const administrators = await new OrganizationReader(connection).delegatedAdministrators("sso.amazonaws.com");
  // AWS answers delegated administrators only, and may deny even them: what else only they may do decides then.
  const isAdministrator =
    administrators?.includes(account) ?? (await new IdentityCenterReader(connection).mayReadPermissionSets(arn));
  if (isAdministrator) {
    return [];
  }
  return [
    {
      path: "aws:profile",
      found:
        administrators === undefined
          ? `the caller's account ${account}, to which AWS denies organizations:ListDelegatedAdministrators and sso:ListPermissionSets`
          : `the caller's account ${account}, neither the management account nor a delegated administrator of IAM Identity Center`,
      allowed:
        `the management account ${ownerAccountId}` +
        (administrators === undefined || administrators.length === 0
          ? " or a delegated administrator of IAM Identity Center"
          : ` or the delegated administrator ${administrators.join(", ")}`),
      toDo:
        "give the credentials of one of them, in the environment or by aws:profile; the management account makes an account a " +
        "delegated administrator in the IAM Identity Center console (Settings > Management)",
    },
  ];
}
