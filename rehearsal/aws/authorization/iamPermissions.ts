import type { Request } from "../service";
import { onAnything, type Permission, textOf } from "./permission";

/**
 * An operation of IAM is about the role, user, group or policy that its input names. A denial names a role without its ARN, as public
 * reports show it ("iam:GetRole on resource: role AWSReservedSSO_...": fivexl/terraform-aws-sso-elevator#21).
 */
export function iamPermissions(operation: string, input: unknown, request: Request): readonly Permission[] {
  const { contents, caller } = request;
  const action = `iam:${operation}`;
  const prefix = `arn:${contents.partition}:iam::${caller.account}`;
  const policy = textOf(input, "PolicyArn");
  const principal = textOf(input, "PolicySourceArn");
  switch (operation) {
    case "ListRoles":
      return [{ ...onAnything(action), shown: `${prefix}:role${textOf(input, "PathPrefix", "/")}` }];
    case "ListPolicies":
      return [{ ...onAnything(action), shown: `policy path ${textOf(input, "PathPrefix", "/")}` }];
    case "ListUsers":
    case "ListGroups":
      return [
        {
          ...onAnything(action),
          shown: `${prefix}:${operation.slice(4, -1).toLowerCase()}${textOf(input, "PathPrefix", "/")}`,
        },
      ];
    case "CreatePolicy":
      return [{ action, resources: [`${prefix}:policy${textOf(input, "Path", "/")}${textOf(input, "PolicyName")}`] }];
  }
  if (operation === "GetUser" && textOf(input, "UserName") === "") {
    return [{ action, resources: [caller.arn] }];
  }
  for (const kind of ["role", "user", "group"] as const) {
    const name = textOf(input, `${kind.charAt(0).toUpperCase()}${kind.slice(1)}Name`);
    if (name !== "") {
      const { arn = `${prefix}:${kind}/${name}` } =
        contents.iamPrincipals.find(
          (each) => each.kind === kind && each.account === caller.account && each.name === name,
        ) ?? {};
      const context = policy === "" ? {} : { context: { "iam:PolicyARN": policy } };
      return [{ action, resources: [arn], shown: `${kind} ${name}`, ...context }];
    }
  }
  return [{ action, resources: [policy || principal || "*"], ...(policy !== "" && { shown: `policy ${policy}` }) }];
}
