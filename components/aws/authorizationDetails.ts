import {
  type GroupDetail,
  IAMClient,
  type ManagedPolicyDetail,
  paginateGetAccountAuthorizationDetails,
  type RoleDetail,
  type UserDetail,
} from "@aws-sdk/client-iam";
import { clientConfiguration, type Connection } from "./connection";
import { lookUp } from "./lookUp";

/** IAM's snapshot of an account, its policy documents still URL-encoded as IAM has them. */
export interface AuthorizationDetails {
  readonly users: readonly UserDetail[];
  readonly groups: readonly GroupDetail[];
  readonly roles: readonly RoleDetail[];
  /** The customer managed policies, with the documents of all versions. */
  readonly policies: readonly ManagedPolicyDetail[];
}

/**
 * The users, groups and roles of the caller's account with all their policies, by one operation in pages of a thousand. Without the
 * documents of AWS managed policies, of which every old version would come along.
 */
export async function authorizationDetails(connection: Connection): Promise<AuthorizationDetails> {
  const client = new IAMClient(clientConfiguration(connection));
  const details = {
    users: [] as UserDetail[],
    groups: [] as GroupDetail[],
    roles: [] as RoleDetail[],
    policies: [] as ManagedPolicyDetail[],
  };
  return lookUp("iam:GetAccountAuthorizationDetails", async () => {
    const pages = paginateGetAccountAuthorizationDetails(
      { client, pageSize: 1000 },
      { Filter: ["User", "Group", "Role", "LocalManagedPolicy"] },
    );
    for await (const { UserDetailList, GroupDetailList, RoleDetailList, Policies } of pages) {
      details.users.push(...(UserDetailList ?? []));
      details.groups.push(...(GroupDetailList ?? []));
      details.roles.push(...(RoleDetailList ?? []));
      details.policies.push(...(Policies ?? []));
    }
    return details;
  });
}
