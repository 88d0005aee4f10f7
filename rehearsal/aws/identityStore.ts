import { z } from "zod";
import { AwsError } from "./awsError";
import type { Group, User } from "./contents";
import { uuidOf } from "./identifiers";
import { arnOf, groupForm, userForm } from "./identityStore/forms";
import { page, pageInput } from "./pages";
import { find, operation, type Output, type Request, type Service } from "./service";
import { isReadable } from "./ssoAdmin/instance";

const IdentityStoreId = z
  .string()
  .regex(
    /^(d-[0-9a-f]{10}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/,
    "must be an identity store's id, for example d-1234567890",
  );
const id = z
  .string()
  .regex(/^([0-9a-f]{10}-|)[A-Fa-f0-9]{8}(-[A-Fa-f0-9]{4}){3}-[A-Fa-f0-9]{12}$/, "must be a user's or group's id");
const listInput = z.object({
  IdentityStoreId,
  Filters: z
    .array(z.object({ AttributePath: z.string(), AttributeValue: z.string() }))
    .max(1)
    .default([]),
  ...pageInput(100),
});
const alternateIdentifier = z.object({
  IdentityStoreId,
  AlternateIdentifier: z.object({
    UniqueAttribute: z.object({ AttributePath: z.string(), AttributeValue: z.unknown() }),
  }),
});

/** The Identity Store of IAM Identity Center, API version 2020-06-15. */
export const identityStore: Service = {
  name: "identitystore",
  signingName: "identitystore",
  protocol: "json-1.1",
  identifiedBy: "AWSIdentityStore",
  invalidInput: "ValidationException",
  messageMember: "Message",
  operations: {
    ListGroups: operation("reads", listInput, (input, request) => {
      const groups = groupsOf(input, request).map((each) => groupForm(each, request.contents));
      return page("Groups", filtered(groups, input.Filters, "DisplayName"), input);
    }),
    ListUsers: operation("reads", listInput, (input, request) => {
      const users = usersOf(input, request).map((each) => userForm(each, request.contents));
      return page("Users", filtered(users, input.Filters, "UserName"), input);
    }),
    GetGroupId: operation("reads", alternateIdentifier, (input, request) => {
      const name = uniqueAttribute(input, "displayName");
      const group = find(groupsOf(input, request), ({ displayName }) => displayName === name, missing("GROUP", name));
      const { GroupId, GroupArn, IdentityStoreId } = groupForm(group, request.contents);
      return { GroupId, GroupArn, IdentityStoreId };
    }),
    GetUserId: operation("reads", alternateIdentifier, (input, request) => {
      const name = uniqueAttribute(input, "userName");
      const user = find(usersOf(input, request), ({ userName }) => userName === name, missing("USER", name));
      const { UserId, UserArn, IdentityStoreId } = userForm(user, request.contents);
      return { UserId, UserArn, IdentityStoreId };
    }),
    DescribeGroup: operation("reads", z.object({ IdentityStoreId, GroupId: id }), (input, request) =>
      groupForm(existingGroup(input, request), request.contents),
    ),
    DescribeUser: operation("reads", z.object({ IdentityStoreId, UserId: id }), (input, request) =>
      userForm(
        find(usersOf(input, request), (each) => each.id === input.UserId, missing("USER", input.UserId)),
        request.contents,
      ),
    ),
    ListGroupMemberships: operation(
      "reads",
      z.object({ IdentityStoreId, GroupId: id, ...pageInput(100) }),
      (input, request) => {
        const group = existingGroup(input, request);
        const memberships = group.members.map((member) => {
          const membershipId = uuidOf(`${group.id} ${member}`);
          return {
            IdentityStoreId: group.identityStoreId,
            MembershipId: membershipId,
            MembershipArn: arnOf("membership", membershipId, request.contents),
            GroupId: group.id,
            MemberId: { UserId: member },
          };
        });
        return page("GroupMemberships", memberships, input);
      },
    ),
  },
};

type Store = { IdentityStoreId: string };

function groupsOf(store: Store, request: Request): Group[] {
  const identityStoreId = existingStore(store, request);
  return request.contents.groups.filter((each) => each.identityStoreId === identityStoreId);
}

function usersOf(store: Store, request: Request): User[] {
  const identityStoreId = existingStore(store, request);
  return request.contents.users.filter((each) => each.identityStoreId === identityStoreId);
}

function existingGroup(input: Store & { GroupId: string }, request: Request): Group {
  return find(groupsOf(input, request), (each) => each.id === input.GroupId, missing("GROUP", input.GroupId));
}

/** The id of an identity store that the Region of the call has; it may be given by its ARN. */
function existingStore({ IdentityStoreId: idOrArn }: Store, request: Request): string {
  const identityStoreId = idOrArn.slice(idOrArn.lastIndexOf("/") + 1);
  const isThere = request.contents.instances.some(
    (each) => each.identityStoreId === identityStoreId && isReadable(each, request),
  );
  if (!isThere) throw missing("IDENTITY_STORE", identityStoreId)();
  return identityStoreId;
}

function missing(type: "USER" | "GROUP" | "IDENTITY_STORE", what: string): () => AwsError {
  return () =>
    new AwsError("ResourceNotFoundException", `${type} not found.`, { ResourceType: type, ResourceId: what });
}

function uniqueAttribute(
  { AlternateIdentifier: { UniqueAttribute: attribute } }: z.output<typeof alternateIdentifier>,
  path: string,
): string {
  if (attribute.AttributePath.toLowerCase() !== path.toLowerCase() || typeof attribute.AttributeValue !== "string") {
    throw new AwsError("ValidationException", `The unique attribute must be ${path} with a string for its value.`);
  }
  return attribute.AttributeValue;
}

/** The one filter that AWS documents for a list is equality of its name. */
function filtered<Form extends Output>(
  all: Form[],
  filters: z.output<typeof listInput>["Filters"],
  attribute: keyof Form & string,
): Form[] {
  return filters.reduce((rest, { AttributePath: path, AttributeValue: value }) => {
    if (path.toLowerCase() !== attribute.toLowerCase()) {
      throw new AwsError("ValidationException", `A list can be filtered by ${attribute} only, not by ${path}.`);
    }
    return rest.filter((each) => each[attribute] === value);
  }, all);
}
