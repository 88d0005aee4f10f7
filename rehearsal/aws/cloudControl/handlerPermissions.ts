import { onAnything, type Permission } from "../authorization/permission";
import type { Handler, HandlerPermissions, Properties } from "./resourceType";

/**
 * The actions by handler, as the CloudFormation schema of AWS::SSO::PermissionSet lists them. Those in `onlyWith` are called only
 * for a permission set that has, or had, such a property: the schema lists all that a handler may ever call.
 */
const permissionSetActions: Readonly<Record<Handler, readonly string[]>> = {
  create: [
    ...["CreatePermissionSet", "PutInlinePolicyToPermissionSet", "AttachManagedPolicyToPermissionSet"],
    ...["AttachCustomerManagedPolicyReferenceToPermissionSet", "PutPermissionsBoundaryToPermissionSet", "TagResource"],
    ...["DescribePermissionSet", "ListTagsForResource", "ListManagedPoliciesInPermissionSet"],
    ...["ListCustomerManagedPolicyReferencesInPermissionSet", "GetInlinePolicyForPermissionSet"],
    "GetPermissionsBoundaryForPermissionSet",
  ],
  read: [
    ...["DescribePermissionSet", "ListTagsForResource", "ListManagedPoliciesInPermissionSet"],
    ...["ListCustomerManagedPolicyReferencesInPermissionSet", "GetInlinePolicyForPermissionSet"],
    "GetPermissionsBoundaryForPermissionSet",
  ],
  update: [
    ...["UpdatePermissionSet", "TagResource", "UntagResource", "ListTagsForResource"],
    ...["AttachManagedPolicyToPermissionSet", "AttachCustomerManagedPolicyReferenceToPermissionSet"],
    ...["DetachManagedPolicyFromPermissionSet", "DetachCustomerManagedPolicyReferenceFromPermissionSet"],
    ...["ListManagedPoliciesInPermissionSet", "ListCustomerManagedPolicyReferencesInPermissionSet"],
    ...["PutInlinePolicyToPermissionSet", "GetPermissionsBoundaryForPermissionSet"],
    ...["DeletePermissionsBoundaryFromPermissionSet", "PutPermissionsBoundaryToPermissionSet"],
    ...["DeleteInlinePolicyFromPermissionSet", "ProvisionPermissionSet", "DescribePermissionSet"],
    ...["GetInlinePolicyForPermissionSet", "DescribePermissionSetProvisioningStatus"],
  ],
  delete: ["DeletePermissionSet"],
  list: ["ListPermissionSets"],
};

const onlyWith: Readonly<Record<string, string>> = {
  PutInlinePolicyToPermissionSet: "InlinePolicy",
  DeleteInlinePolicyFromPermissionSet: "InlinePolicy",
  AttachManagedPolicyToPermissionSet: "ManagedPolicies",
  DetachManagedPolicyFromPermissionSet: "ManagedPolicies",
  AttachCustomerManagedPolicyReferenceToPermissionSet: "CustomerManagedPolicyReferences",
  DetachCustomerManagedPolicyReferenceFromPermissionSet: "CustomerManagedPolicyReferences",
  PutPermissionsBoundaryToPermissionSet: "PermissionsBoundary",
  DeletePermissionsBoundaryFromPermissionSet: "PermissionsBoundary",
  TagResource: "Tags",
  UntagResource: "Tags",
};

/** Each action is about the resources that the Service Authorization Reference lists for it. */
export const permissionSetPermissions: HandlerPermissions = (handler, about, { contents }) => {
  const instance = known(about, "InstanceArn");
  const permissionSet = known(about, "PermissionSetArn", `${instance.replace(":instance/", ":permissionSet/")}/*`);
  const resourcesOf = (action: string): string[] => {
    if (/Resource$/.test(action)) return [permissionSet];
    if (/^(ListPermissionSets|DescribePermissionSetProvisioningStatus)$/.test(action)) return [instance];
    const resources = [instance, permissionSet];
    return action === "ProvisionPermissionSet"
      ? [...resources, `arn:${contents.partition}:sso:::account/*`]
      : resources;
  };
  return permissionSetActions[handler]
    .filter((action) => {
      const property = onlyWith[action];
      return property === undefined || about.some((properties) => isFilled(properties[property]));
    })
    .map((action): Permission => ({ action: `sso:${action}`, resources: resourcesOf(action) }));
};

/** By the CloudFormation schema of AWS::SSO::InstanceAccessControlAttributeConfiguration. */
export const accessControlAttributesPermissions: HandlerPermissions = (handler, about) => {
  const describe = "Describe";
  const actions = {
    create: ["Create", describe],
    read: [describe],
    update: ["Update", describe],
    delete: ["Delete", describe],
    list: [describe],
  }[handler];
  const resources = [known(about, "InstanceArn")];
  const own = actions.map((verb) => ({ action: `sso:${verb}InstanceAccessControlAttributeConfiguration`, resources }));
  return handler === "create" ? [...own, onAnything("sso:UpdateApplicationProfileForAWSAccountInstance")] : own;
};

/**
 * By the CloudFormation schema of AWS::CloudFormation::StackSet, without those that a handler calls only for stack instances in the
 * request, tags or a role to pass.
 */
export const stackSetPermissions: HandlerPermissions = (handler, about, { contents, caller, region }) => {
  const watching = ["DescribeStackSetOperation", "ListStackSetOperationResults"];
  const tagging = about.some((properties) => isFilled(properties["Tags"]));
  const actions = {
    create: ["GetTemplateSummary", "CreateStackSet", ...(tagging ? ["TagResource"] : [])],
    read: ["DescribeStackSet", "ListStackInstances"],
    update: [
      "GetTemplateSummary",
      "UpdateStackSet",
      "DescribeStackSet",
      ...watching,
      ...(tagging ? ["TagResource", "UntagResource"] : []),
    ],
    delete: ["DeleteStackSet", "DescribeStackSet"],
    list: ["ListStackSets"],
  }[handler];
  const [name = "*"] = known(about, "StackSetName", known(about, "StackSetId")).split(":");
  const resource = `arn:${contents.partition}:cloudformation:${region}:${caller.account}:stackset/${name}:*`;
  const knowsNone = /^(ListStackSets|CreateStackSet|GetTemplateSummary)$/;
  return actions.map((action) =>
    knowsNone.test(action)
      ? onAnything(`cloudformation:${action}`)
      : { action: `cloudformation:${action}`, resources: [resource] },
  );
};

function known(about: readonly Properties[], name: string, otherwise = "*"): string {
  const value = about.map((properties) => properties[name]).find((each) => typeof each === "string");
  return typeof value === "string" ? value : otherwise;
}

function isFilled(value: unknown): boolean {
  return value !== undefined && value !== "" && !(Array.isArray(value) && value.length === 0);
}
