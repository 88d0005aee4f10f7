import { z } from "zod";
import { AwsError } from "../awsError";
import type { PermissionSet } from "../contents";
import { newDigits, now } from "../identifiers";
import type { Request } from "../service";
import { administeredInstance, instanceArn } from "../ssoAdmin/instance";
import { existingPermissionSet } from "../ssoAdmin/permissionSets";
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
    const { contents } = request;
    const { arn } = administeredInstance(desired.InstanceArn, request);
    if (contents.permissionSets.some((each) => each.instanceArn === arn && each.name === desired.Name)) {
      throw new AwsError("ConflictException", `PermissionSet with name ${desired.Name} already exists.`);
    }
    const permissionSet: PermissionSet = {
      instanceArn: arn,
      arn: `${arn.replace(":instance/", ":permissionSet/")}/ps-${newDigits(contents)}`,
      createdDate: now(contents),
      ...settings(desired),
    };
    contents.permissionSets.push(permissionSet);
    return propertiesOf(permissionSet);
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
    const permissionSet = identified(identifier, request);
    const { instanceArn, arn, createdDate } = permissionSet;
    const updated: PermissionSet = { instanceArn, arn, createdDate, ...settings(permissionSetModel.parse(properties)) };
    const { permissionSets } = request.contents;
    permissionSets.splice(permissionSets.indexOf(permissionSet), 1, updated);
    return propertiesOf(updated);
  },

  remove: (identifier, request) => {
    const permissionSet = identified(identifier, request);
    const { permissionSets, accountAssignments } = request.contents;
    if (accountAssignments.some((each) => each.permissionSetArn === permissionSet.arn)) {
      throw new AwsError(
        "ConflictException",
        "Could not delete because PermissionSet has ApplicationProfile associated with it.",
      );
    }
    permissionSets.splice(permissionSets.indexOf(permissionSet), 1);
  },

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
