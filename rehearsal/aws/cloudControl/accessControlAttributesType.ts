import { z } from "zod";
import { AwsError } from "../awsError";
import type { AccessControlAttribute } from "../contents";
import type { Request } from "../service";
import { attributesOf, instanceOfAttributes } from "../ssoAdmin/accessControlAttributes";
import { instanceArn } from "../ssoAdmin/instance";
import { accessControlAttributesPermissions } from "./handlerPermissions";
import type { Properties, ResourceType } from "./resourceType";

const attributes = z
  .array(
    z.strictObject({
      Key: z
        .string()
        .min(1)
        .max(128)
        .regex(/^[\p{L}\p{Z}\p{N}_.:/=+\-@]+$/u),
      Value: z.strictObject({
        Source: z
          .array(
            z
              .string()
              .max(256)
              .regex(/^[\p{L}\p{Z}\p{N}_.:/=+\-@[\]{}$\\"]*$/u),
          )
          .max(1),
      }),
    }),
  )
  .max(50);

/** The schema of AWS::SSO::InstanceAccessControlAttributeConfiguration, as the CloudFormation registry has it. */
const model = z.strictObject({
  InstanceArn: instanceArn,
  AccessControlAttributes: attributes.optional(),
  /** Deprecated: the same in another place. */
  InstanceAccessControlAttributeConfiguration: z.strictObject({ AccessControlAttributes: attributes }).optional(),
});

/** AWS::SSO::InstanceAccessControlAttributeConfiguration, of which an instance has one at most. */
export const accessControlAttributesType: ResourceType = {
  name: "AWS::SSO::InstanceAccessControlAttributeConfiguration",
  primaryIdentifier: ["InstanceArn"],
  createOnly: ["InstanceArn"],
  readOnly: [],
  model,
  listInput: z.object({ InstanceArn: instanceArn }),
  permissions: accessControlAttributesPermissions,

  create: (properties, request) => {
    const arn = String(properties["InstanceArn"]);
    if (instanceOfAttributes(arn, request).accessControlAttributes !== undefined) {
      throw new AwsError("ConflictException", `Attributes for access control of ${arn} are enabled already.`);
    }
    return write(arn, properties, request);
  },

  read: (identifier, request) => {
    const current = instanceOfAttributes(identifier, request).accessControlAttributes;
    return current && form(identifier, current);
  },

  update: (identifier, properties, request) => {
    attributesOf(identifier, request);
    return write(identifier, properties, request);
  },

  remove: (identifier, request) => {
    attributesOf(identifier, request);
    const instance = instanceOfAttributes(identifier, request);
    delete instance.accessControlAttributes;
    instance.changed = true;
  },

  list: (properties, request) => {
    const arn = String(properties["InstanceArn"]);
    return instanceOfAttributes(arn, request).accessControlAttributes === undefined ? [] : [{ InstanceArn: arn }];
  },
};

function write(arn: string, properties: Properties, request: Request): Properties {
  const { AccessControlAttributes: own, InstanceAccessControlAttributeConfiguration: deprecated } =
    model.parse(properties);
  const instance = instanceOfAttributes(arn, request);
  instance.accessControlAttributes = own ?? deprecated?.AccessControlAttributes ?? [];
  instance.changed = true;
  return form(arn, instance.accessControlAttributes);
}

function form(arn: string, attributes: AccessControlAttribute[]): Properties {
  return { InstanceArn: arn, AccessControlAttributes: attributes };
}
