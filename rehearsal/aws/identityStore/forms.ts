import type { Contents, Group, User } from "../contents";

/** The ARN of a member of an identity store; it names neither account nor store. */
export function arnOf(kind: "group" | "user" | "membership", id: string, { partition }: Contents): string {
  return `arn:${partition}:identitystore:::${kind}/${id}`;
}

/** A group as it goes over the wire. */
export function groupForm({ identityStoreId, id, displayName, description }: Group, contents: Contents) {
  return {
    IdentityStoreId: identityStoreId,
    GroupId: id,
    GroupArn: arnOf("group", id, contents),
    Revision: "1",
    DisplayName: displayName,
    ...(description !== undefined && { Description: description }),
  };
}

/** A user as it goes over the wire. */
export function userForm(user: User, contents: Contents) {
  const { identityStoreId, id, userName, displayName, givenName, familyName, email } = user;
  const name = {
    ...(givenName !== undefined && { GivenName: givenName }),
    ...(familyName !== undefined && { FamilyName: familyName }),
  };
  return {
    IdentityStoreId: identityStoreId,
    UserId: id,
    UserArn: arnOf("user", id, contents),
    Revision: "1",
    UserName: userName,
    ...(displayName !== undefined && { DisplayName: displayName }),
    ...(Object.keys(name).length > 0 && { Name: name }),
    ...(email !== undefined && { Emails: [{ Value: email, Type: "work", Primary: true }] }),
    UserStatus: "ENABLED",
  };
}
