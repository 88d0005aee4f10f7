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

export const principalOperations = {
  GetRole: operation("reads", z.object({ RoleName: roleName }), (input, request) => ({
    Role: roleForm(roleOf(input.RoleName, request)),
  })),

  ListRoles: operation(
    "reads",
    z.object({ PathPrefix: z.string().default("/"), ...markedPageInput }),
    (input, { contents, caller }) => {
      const roles = principalsOf(caller.account, contents).filter(
        ({ kind, path }) => kind === "role" && path.startsWith(input.PathPrefix),
      );
      return markedPage("Roles", roles.map(roleForm), input);
    },
  ),

  /** Without a name, the user that calls. */
  GetUser: operation(
    "reads",
    z.object({ UserName: z.string().min(1).max(64).optional() }),
    ({ UserName: name }, { contents, caller }) => {
      if (name === undefined && !caller.arn.includes(":user/")) {
        throw new AwsError("ValidationError", "Must specify userName when calling with non-User credentials");
      }
      const user = find(
        contents.iamPrincipals,
        (each) =>
          each.kind === "user" &&
          each.account === caller.account &&
          (name === undefined ? each.arn === caller.arn : each.name === name),
        () => noSuchEntity(`The user with name ${String(name)} cannot be found.`),
      );
      const { path, arn } = user;
      return {
        User: { Path: path, UserName: user.name, UserId: id("AIDA", user), Arn: arn, CreateDate: time(beginning) },
      };
    },
  ),
};

/** An account's roles and users: those of the organization's file, and the roles of permission sets. */
export function principalsOf(account: string, contents: Contents): IamPrincipal[] {
  return [...contents.iamPrincipals.filter((each) => each.account === account), ...reservedRoles(account, contents)];
}

/** A role of the caller's account. */
export function roleOf(name: string, { contents, caller }: Request): IamPrincipal {
  return find(
    principalsOf(caller.account, contents),
    (each) => each.kind === "role" && each.name === name,
    () => noSuchEntity(`The role with name ${name} cannot be found.`),
  );
}

function roleForm(role: IamPrincipal): Output {
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
