import { z } from "zod";
import { AwsError } from "../awsError";
import type { AccessControlAttribute, Instance } from "../contents";
import { operation, type Operation, type Request } from "../service";
import { instanceArn, isOrganizationInstance, readableInstance, requireAdministrator } from "./instance";

export const accessControlAttributes: Record<string, Operation> = {
  DescribeInstanceAccessControlAttributeConfiguration: operation(
    "reads",
    z.object({ InstanceArn: instanceArn }),
    (input, request) => ({
      Status: "ENABLED",
      InstanceAccessControlAttributeConfiguration: {
        AccessControlAttributes: attributesOf(input.InstanceArn, request),
      },
    }),
  ),
};

/** The instance of the attributes: they are administered like permission sets, and in the primary Region only. */
export function instanceOfAttributes(arn: string, request: Request): Instance {
  const instance = readableInstance(arn, request);
  if (!isOrganizationInstance(instance, request.contents) || instance.primaryRegion !== request.region) {
    throw new AwsError("ValidationException", "The operation is not supported for this Identity Center instance");
  }
  requireAdministrator(arn, request);
  return instance;
}

/** @throws AwsError while attributes for access control are off */
export function attributesOf(arn: string, request: Request): AccessControlAttribute[] {
  const attributes = instanceOfAttributes(arn, request).accessControlAttributes;
  if (attributes === undefined) {
    throw new AwsError("ResourceNotFoundException", `Attributes for access control of ${arn} are not enabled.`);
  }
  return attributes;
}
