import type { ResourceSpec, TypeSpec } from "./typeSpec";

const customerManagedPolicyReference: TypeSpec = {
  type: "object",
  properties: { name: { type: "string" }, path: { type: "string" } },
  required: ["name"],
};

/**
 * aws-native:sso:PermissionSet, from the schema of AWS::SSO::PermissionSet. That instanceArn and name are create-only is
 * not here: the package's own resource class passes them to the engine as `replaceOnChanges`.
 */
export const permissionSet: ResourceSpec = {
  cfnType: "AWS::SSO::PermissionSet",
  properties: {
    customerManagedPolicyReferences: { type: "array", items: customerManagedPolicyReference },
    description: { type: "string" },
    inlinePolicy: { type: "any" },
    instanceArn: { type: "string" },
    managedPolicies: { type: "array", items: { type: "string" } },
    name: { type: "string" },
    permissionSetArn: { type: "string" },
    permissionsBoundary: {
      type: "object",
      properties: {
        customerManagedPolicyReference,
        managedPolicyArn: { type: "string" },
      },
      required: [],
    },
    relayStateType: { type: "string" },
    sessionDuration: { type: "string" },
    tags: {
      type: "array",
      items: {
        type: "object",
        properties: { key: { type: "string" }, value: { type: "string" } },
        required: ["key", "value"],
      },
    },
  },
  required: ["instanceArn"],
  readOnly: ["permissionSetArn"],
  stable: ["permissionSetArn"],
  unordered: ["customerManagedPolicyReferences", "managedPolicies", "tags"],
  tagsProperty: "tags",
  autoNaming: { property: "name", minLength: 1, maxLength: 32 },
};
