import { z } from "zod";
import { AwsError } from "../awsError";
import type { Contents, IamPrincipal } from "../contents";
import { beginning, digitsOf } from "../identifiers";
import { find, operation, type Output, type Request } from "../service";
import { reservedRoles } from "../ssoAdmin/reservedRoles";
import { noSuchEntity } from "./iamErrors";
import { markedPage, markedPageInput } from "./pages";
import { time } from "./time";

export const roleName = z.string().regex(/^[\w+=,.@-]{1,64}$/, "must be 1 to 64 letters, digits and +=,.@-_");
export const userName = roleName;
export const groupName = z.string().regex(/^[\w+=,.@-]{1,128}$/, "must be 1 to 128 letters, digits and +=,.@-_");

/** Source: IAM API reference, ListRoles, ListUsers and ListGroups. */
export const pathPrefix = z
  .string()
  .min(1)
  .max(512)
  .regex(/^\/[!-\u007f]*$/, "must begin with a slash, without spaces")
  .default("/");

const listInput = { PathPrefix: pathPrefix, ...markedPageInput };

export const principalOperations = {
  GetRole: operation("reads", z.object({ RoleName: roleName }), (input, request) => ({
    Role: roleForm(principalOf("role", input.RoleName, request)),
  })),

  ListRoles: operation("reads", z.object(listInput), (input, request) =>
    markedPage("Roles", listed("role", input.PathPrefix, request).map(roleForm), input),
  ),

  /** Without a name, the user that calls. */
  GetUser: operation("reads", z.object({ UserName: userName.optional() }), ({ UserName }, request) => {
    const name = UserName ?? /:user\/(?:.+\/)?([^/]+)$/.exec(request.caller.arn)?.[1];
    if (name === undefined) {
      throw new AwsError("ValidationError", "Must specify userName when calling with non-User credentials");
    }
    return { User: userForm(principalOf("user", name, request)) };
  }),

  ListUsers: operation("reads", z.object(listInput), (input, request) =>
    markedPage("Users", listed("user", input.PathPrefix, request).map(userForm), input),
  ),

  /** A group with its users. */
  GetGroup: operation("reads", z.object({ GroupName: groupName, ...markedPageInput }), (input, request) => {
    const group = principalOf("group", input.GroupName, request);
    const users = (group.members ?? []).map((member) => userForm(principalOf("user", member, request)));
    return { Group: groupForm(group), ...markedPage("Users", users, input) };
  }),

  ListGroups: operation("reads", z.object(listInput), (input, request) =>
    markedPage("Groups", listed("group", input.PathPrefix, request).map(groupForm), input),
  ),
};

/** An account's roles, users and groups: those of the organization's file, and the roles of permission sets. */
export function principalsOf(account: string, contents: Contents): IamPrincipal[] {
  return [...contents.iamPrincipals.filter((each) => each.account === account), ...reservedRoles(account, contents)];
}

/** A role, user or group of the caller's account. */
export function principalOf(kind: IamPrincipal["kind"], name: string, { contents, caller }: Request): IamPrincipal {
  return find(
    principalsOf(caller.account, contents),
    (each) => each.kind === kind && each.name === name,
    () => noSuchEntity(`The ${kind} with name ${name} cannot be found.`),
  );
}

function listed(kind: IamPrincipal["kind"], prefix: string, { contents, caller }: Request): IamPrincipal[] {
  return principalsOf(caller.account, contents).filter((each) => each.kind === kind && each.path.startsWith(prefix));
}

export function userForm(user: IamPrincipal): Output {
  const { path, name, arn } = user;
  return { Path: path, UserName: name, UserId: id("AIDA", user), Arn: arn, CreateDate: time(beginning) };
}

export function groupForm(group: IamPrincipal): Output {
  const { path, name, arn } = group;
  return { Path: path, GroupName: name, GroupId: id("AGPA", group), Arn: arn, CreateDate: time(beginning) };
}

export function roleForm(role: IamPrincipal): Output {
  const ofPermissionSet = role.path.startsWith("/aws-reserved/sso.amazonaws.com/");
  const provider = `${role.arn.slice(0, role.arn.indexOf(":role/"))}:saml-provider/AWSSSO_${role.name.slice(-16)}_DO_NOT_DELETE`;
  const statement = ofPermissionSet
    ? {
        Principal: { Federated: provider },
        Action: ["sts:AssumeRoleWithSAML", "sts:TagSession"],
        Condition: { StringEquals: { "SAML:aud": "https://signin.aws.amazon.com/saml" } },
      }
    : { Principal: { AWS: role.account }, Action: "sts:AssumeRole" };
  const trust = { Version: "2012-10-17", Statement: [{ Effect: "Allow", ...statement }] };
  return {
    Path: role.path,
    RoleName: role.name,
    RoleId: id("AROA", role),
    Arn: role.arn,
    CreateDate: time(beginning),
    AssumeRolePolicyDocument: encodeURIComponent(JSON.stringify(trust)),
    MaxSessionDuration: ofPermissionSet ? 43_200 : 3600,
  };
}

function id(prefix: string, { name }: IamPrincipal): string {
  return `${prefix}${digitsOf(name, 17).toUpperCase()}`;
}
