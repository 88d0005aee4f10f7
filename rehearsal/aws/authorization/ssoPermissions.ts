import type { Request } from "../service";
import { onAnything, type Permission, textOf } from "./permission";

/** Operations whose action knows no resources though their input names an instance. */
const withoutResources = ["ListApplications", "ListInstances"];

/**
 * What an operation does beside its own action. Sources: Service Authorization Reference of AWS IAM Identity Center, its table of
 * API operations.
 */
const dependentActions: Readonly<Record<string, readonly string[]>> = {
  DescribeInstance: ["sso:GetSharedSsoConfiguration", "sso:ListDirectoryAssociations"],
  DeleteApplication: ["sso:DeleteApplicationInstance", "sso:DeleteManagedApplicationInstance"],
  CreateInstanceAccessControlAttributeConfiguration: ["sso:UpdateApplicationProfileForAWSAccountInstance"],
};

/** The resources that an operation of IAM Identity Center is about are those that its input names. */
export function ssoPermissions(operation: string, input: unknown, { contents }: Request): readonly Permission[] {
  const account = textOf(input, "TargetId") || textOf(input, "AccountId");
  const everyAccount = textOf(input, "TargetType") === "ALL_PROVISIONED_ACCOUNTS";
  const named = [
    textOf(input, "InstanceArn"),
    textOf(input, "PermissionSetArn"),
    textOf(input, "ApplicationArn"),
    textOf(input, "ResourceArn"),
    // A permission set that is to be made has no id yet.
    operation === "CreatePermissionSet"
      ? `${textOf(input, "InstanceArn").replace(":instance/", ":permissionSet/")}/*`
      : "",
    account === "" && !everyAccount ? "" : `arn:${contents.partition}:sso:::account/${everyAccount ? "*" : account}`,
  ].filter((arn) => arn !== "");
  const resources =
    withoutResources.includes(operation) || named.length === 0
      ? ["*"]
      : // Tags are of the one resource (the instance beside it says where).
        operation.endsWith("Resource") && named.length > 1
        ? named.slice(1)
        : named;
  return [{ action: `sso:${operation}`, resources }, ...(dependentActions[operation] ?? []).map(onAnything)];
}
