import type { ResourceSpec, TypeSpec } from "./typeSpec";

const accessControlAttributes: TypeSpec = {
  type: "array",
  items: {
    type: "object",
    properties: {
      key: { type: "string" },
      value: {
        type: "object",
        properties: { source: { type: "array", items: { type: "string" } } },
        required: ["source"],
      },
    },
    required: ["key", "value"],
  },
};

/**
 * aws-native:sso:InstanceAccessControlAttributeConfiguration, from the schema of the CloudFormation type of that name. That
 * instanceArn is create-only the package's own resource class tells the engine by `replaceOnChanges`.
 */
export const accessControlAttributesConfiguration: ResourceSpec = {
  cfnType: "AWS::SSO::InstanceAccessControlAttributeConfiguration",
  properties: {
    accessControlAttributes,
    instanceAccessControlAttributeConfiguration: {
      type: "object",
      properties: { accessControlAttributes },
      required: ["accessControlAttributes"],
    },
    instanceArn: { type: "string" },
  },
  required: ["instanceArn"],
  readOnly: [],
  stable: [],
  unordered: ["accessControlAttributes"],
};
