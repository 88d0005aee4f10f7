import { z } from "zod";
import { AwsError } from "../awsError";
import type { PermissionSet } from "../contents";
import type { Request } from "../service";
import { administeredInstance, instanceArn } from "../ssoAdmin/instance";
import { changePermissionSet, createPermissionSet, deletePermissionSet } from "../ssoAdmin/permissionSetChanges";
import { existingPermissionSet } from "../ssoAdmin/permissionSets";
import { provisionEverywhere } from "../ssoAdmin/provisioningProgress";
import { permissionSetPermissions } from "./handlerPermissions";
import { permissionSetModel, propertiesOf, settings } from "./permissionSetModel";
import type { ResourceType } from "./resourceType";

/** AWS::SSO::PermissionSet: the same permission sets that sso-admin shows. */
export const permissionSetType: ResourceType = {
  name: "AWS::SSO::PermissionSet",
  primaryIdentifier: ["InstanceArn", "PermissionSetArn"],
  createOnly: ["InstanceArn", "Name"],
  readOnly: ["PermissionSetArn"],
  model: permissionSetModel,
  listInput: z.object({ InstanceArn: instanceArn }),
  permissions: permissionSetPermissions,

  create: (properties, request) => {
    const desired = permissionSetModel.parse(properties);
    return propertiesOf(createPermissionSet(desired.InstanceArn, settings(desired), request));
  },

  read: (identifier, request) => {
    try {
      return propertiesOf(identified(identifier, request));
    } catch (error) {
      if (error instanceof AwsError && error.type === "ResourceNotFoundException") return undefined;
      throw error;
    }
  },

  update: (identifier, properties, request) => {
    const desired = settings(permissionSetModel.parse(properties));
    const updated = changePermissionSet(identified(identifier, request), desired, request);
    // The handler provisions it again everywhere and waits for that.
    const failure = provisionEverywhere(updated, request.contents);
    if (failure !== undefined) throw new AwsError("GeneralServiceException", failure);
    return propertiesOf(updated);
  },

  remove: (identifier, request) => deletePermissionSet(identified(identifier, request), request),

  list: (properties, request) => {
    const { arn: instanceArn } = administeredInstance(String(properties["InstanceArn"]), request);
    return request.contents.permissionSets
      .filter((each) => each.instanceArn === instanceArn)
      .map(({ arn }) => ({ InstanceArn: instanceArn, PermissionSetArn: arn }));
  },
};

function identified(identifier: string, request: Request): PermissionSet {
  const [InstanceArn, PermissionSetArn] = identifier.split("|");
  if (InstanceArn === undefined || PermissionSetArn === undefined) {
    throw new AwsError(
      "ValidationException",
      `Identifier ${identifier} is not valid for identifier [/properties/InstanceArn, /properties/PermissionSetArn]`,
    );
  }
  return existingPermissionSet({ InstanceArn, PermissionSetArn }, request);
}
