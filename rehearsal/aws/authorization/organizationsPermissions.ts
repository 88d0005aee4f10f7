import type { Contents } from "../contents";
import { arnOf } from "../organizations/forms";
import type { Request } from "../service";
import { onAnything, type Permission, textOf } from "./permission";

/** The member of an input that names what the operation is about; the other operations know no resources. */
const about: Readonly<Record<string, string>> = {
  DescribeAccount: "AccountId",
  ListAccountsForParent: "ParentId",
  ListOrganizationalUnitsForParent: "ParentId",
  ListParents: "ChildId",
  ListTagsForResource: "ResourceId",
};

export function organizationsPermissions(operation: string, input: unknown, request: Request): readonly Permission[] {
  const action = `organizations:${operation}`;
  const member = about[operation];
  return member === undefined
    ? [onAnything(action)]
    : [{ action, resources: [arnOfId(textOf(input, member), request.contents)] }];
}

function arnOfId(id: string, contents: Contents): string {
  const { partition, managementAccount, organizationId } = contents;
  if (id.startsWith("r-")) return arnOf("root", id, contents);
  if (id.startsWith("ou-")) return arnOf("ou", id, contents);
  return `arn:${partition}:organizations::${managementAccount}:account/${organizationId}/${id}`;
}
