import { z } from "zod";
import { AwsError } from "../awsError";
import type { PermissionSet } from "../contents";
import { page, pageInput } from "../pages";
import { find, operation, type Operation, type Output, type Request } from "../service";
import { administeredInstance, instanceArn } from "./instance";

export const permissionSetArn = z
  .string()
  .regex(
    /^arn:aws(-[a-z]{1,5}){0,3}:sso:::permissionSet\/(sso)?ins-[a-zA-Z0-9-.]{16}\/ps-[a-zA-Z0-9-./]{16}$/,
    "must be a permission set ARN",
  );

export const ofOnePermissionSet = { InstanceArn: instanceArn, PermissionSetArn: permissionSetArn };

export const permissionSets: Record<string, Operation> = {
  ListPermissionSets: operation(
    "reads",
    z.object({ InstanceArn: instanceArn, ...pageInput(100) }),
    (input, request) => {
      administeredInstance(input.InstanceArn, request);
      const listed = request.contents.permissionSets.filter((each) => each.instanceArn === input.InstanceArn);
      return page(
        "PermissionSets",
        listed.map(({ arn }) => arn),
        input,
      );
    },
  ),
  DescribePermissionSet: operation("reads", z.object(ofOnePermissionSet), (input, request) => {
    return { PermissionSet: wireForm(existingPermissionSet(input, request)) };
  }),
  GetInlinePolicyForPermissionSet: operation("reads", z.object(ofOnePermissionSet), (input, request) => ({
    InlinePolicy: existingPermissionSet(input, request).inlinePolicy,
  })),
  ListManagedPoliciesInPermissionSet: operation(
    "reads",
    z.object({ ...ofOnePermissionSet, ...pageInput(100) }),
    (input, request) => {
      const { managedPolicies } = existingPermissionSet(input, request);
      const attached = managedPolicies.map((arn) => ({ Name: arn.slice(arn.lastIndexOf("/") + 1), Arn: arn }));
      return page("AttachedManagedPolicies", attached, input);
    },
  ),
};

/** A permission set as it goes over the wire. */
export function wireForm({ name, arn, description, createdDate, sessionDuration, relayState }: PermissionSet): Output {
  return {
    Name: name,
    PermissionSetArn: arn,
    ...(description !== undefined && { Description: description }),
    CreatedDate: createdDate,
    SessionDuration: sessionDuration,
    ...(relayState !== undefined && { RelayState: relayState }),
  };
}

/** The permission set of an instance that the caller administers. */
export function existingPermissionSet(
  { InstanceArn, PermissionSetArn }: { InstanceArn: string; PermissionSetArn: string },
  request: Request,
): PermissionSet {
  administeredInstance(InstanceArn, request);
  return find(
    request.contents.permissionSets,
    ({ arn, instanceArn }) => arn === PermissionSetArn && instanceArn === InstanceArn,
    () =>
      new AwsError("ResourceNotFoundException", `There is no permission set ${PermissionSetArn} in ${InstanceArn}.`),
  );
}
