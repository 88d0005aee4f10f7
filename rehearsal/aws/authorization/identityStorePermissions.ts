import type { Request } from "../service";
import { type Permission, textOf } from "./permission";

/** Every action needs the identity store, and the groups, users and memberships that it is about: /* where none is named. */
const about: Readonly<Record<string, readonly ("group" | "user" | "membership")[]>> = {
  ListGroups: ["group"],
  GetGroupId: ["group"],
  DescribeGroup: ["group"],
  ListUsers: ["user"],
  GetUserId: ["user"],
  DescribeUser: ["user"],
  ListGroupMemberships: ["membership", "group"],
};

export function identityStorePermissions(operation: string, input: unknown, request: Request): readonly Permission[] {
  const { partition, managementAccount, instances } = request.contents;
  const store = textOf(input, "IdentityStoreId", "*");
  const owner = instances.find(({ identityStoreId }) => identityStoreId === store)?.ownerAccount ?? managementAccount;
  const named = { group: textOf(input, "GroupId", "*"), user: textOf(input, "UserId", "*"), membership: "*" };
  const resources = [
    store.startsWith("arn:") ? store : `arn:${partition}:identitystore::${owner}:identitystore/${store}`,
    ...(about[operation] ?? []).map((kind) => `arn:${partition}:identitystore:::${kind}/${named[kind]}`),
  ];
  return [{ action: `identitystore:${operation}`, resources }];
}
