import type { Connection } from "../aws/connection";
import { IdentityStoreReader } from "../aws/identityStore";
import type { Problem } from "../problem";

/** Why nobody could use identity-aware sessions; only reads. */
export async function usersProblems(
  connection: Connection,
  { identityStoreId }: { readonly identityStoreId: string },
): Promise<Problem[]> {
  if (await new IdentityStoreReader(connection, identityStoreId).hasUsers()) {
    return [];
  }
  return [
    {
      path: "identity-aware-sessions:instance",
      found: `the identity store ${identityStoreId}, which has no users`,
      allowed: "an identity source that is connected and has its users provisioned",
      toDo: "connect the identity source and provision its users, or add users in the IAM Identity Center console (Users)",
    },
  ];
}
