import type { Request } from "../service";
import { onAnything, type Permission, textOf } from "./permission";

/**
 * An operation of IAM is about the role, user or policy that its input names. A denial names a role without its ARN, as public
 * reports show it ("iam:GetRole on resource: role AWSReservedSSO_...": fivexl/terraform-aws-sso-elevator#21).
 */
export function iamPermissions(operation: string, input: unknown, request: Request): readonly Permission[] {
  const { contents, caller } = request;
  const action = `iam:${operation}`;
  const prefix = `arn:${contents.partition}:iam::${caller.account}`;
  const role = textOf(input, "RoleName");
  const policy = textOf(input, "PolicyArn");
  const principal = textOf(input, "PolicySourceArn");
  switch (operation) {
    case "ListRoles":
      return [{ ...onAnything(action), shown: `${prefix}:role${textOf(input, "PathPrefix", "/")}` }];
    case "ListPolicies":
      return [{ ...onAnything(action), shown: `policy path ${textOf(input, "PathPrefix", "/")}` }];
    case "GetUser": {
      const name = textOf(input, "UserName");
      const user = contents.iamPrincipals.find((each) => each.kind === "user" && each.name === name);
      const arn = name === "" ? caller.arn : (user?.arn ?? `${prefix}:user/${name}`);
      return [{ action, resources: [arn], shown: name === "" ? caller.arn : `user ${name}` }];
    }
    case "CreatePolicy":
      return [{ action, resources: [`${prefix}:policy${textOf(input, "Path", "/")}${textOf(input, "PolicyName")}`] }];
  }
  if (role !== "") {
    const { arn = `${prefix}:role/${role}` } =
      contents.iamPrincipals.find(
        (each) => each.kind === "role" && each.account === caller.account && each.name === role,
      ) ?? {};
    return [
      {
        action,
        resources: [arn],
        shown: `role ${role}`,
        ...(policy !== "" && { context: { "iam:PolicyARN": policy } }),
      },
    ];
  }
  return [{ action, resources: [policy || principal || "*"], ...(policy !== "" && { shown: `policy ${policy}` }) }];
}
