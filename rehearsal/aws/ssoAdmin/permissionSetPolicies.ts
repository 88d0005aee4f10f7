import { z } from "zod";
import { permissionSetModel } from "../cloudControl/permissionSetModel";
import { AwsError } from "../awsError";
import { page, pageInput } from "../pages";
import { operation, type Operation } from "../service";
import { change } from "./permissionSetOperations";
import { existingPermissionSet, ofOnePermissionSet } from "./permissionSets";

const ManagedPolicyArn = z
  .string()
  .min(20)
  .max(2048)
  .regex(
    /^arn:aws(-[a-z]{1,5}){0,3}:iam::aws:policy((\/[A-Za-z0-9.,+@=_-]+)*)\/([A-Za-z0-9.,+=@_-]+)$/,
    "must be an AWS managed policy's ARN",
  );
const InlinePolicy = z
  .string()
  .min(1)
  .max(32_768)
  .regex(/^[\t\n\r\x20-\xFF]+$/, "must be characters of Latin-1");
const CustomerManagedPolicyReference = permissionSetModel.shape.CustomerManagedPolicyReferences.unwrap().element;
const PermissionsBoundary = permissionSetModel.shape.PermissionsBoundary.unwrap();
type Reference = z.output<typeof CustomerManagedPolicyReference>;

/**
 * The policies of permission sets. What is attached already, or not, is refused in the words of moto 5's sso-admin, whose authors
 * took them from AWS; of a managed policy also aws-samples report them ("already has a typed link attachment").
 */
export const permissionSetPolicies: Record<string, Operation> = {
  PutInlinePolicyToPermissionSet: operation(
    "writes",
    z.object({ ...ofOnePermissionSet, InlinePolicy }),
    (input, request) => change(input, request, () => ({ inlinePolicy: input.InlinePolicy })),
  ),
  DeleteInlinePolicyFromPermissionSet: operation("writes", z.object(ofOnePermissionSet), (input, request) =>
    change(input, request, () => ({ inlinePolicy: "" })),
  ),
  AttachManagedPolicyToPermissionSet: operation(
    "writes",
    z.object({ ...ofOnePermissionSet, ManagedPolicyArn }),
    (input, request) =>
      change(input, request, ({ managedPolicies }) => {
        const { ManagedPolicyArn: arn, PermissionSetArn } = input;
        if (managedPolicies.includes(arn)) {
          const id = PermissionSetArn.slice(PermissionSetArn.lastIndexOf("/") + 1);
          throw conflict(
            `Permission set with id ${id} already has a typed link attachment to a manged policy with ${arn}`,
          );
        }
        return { managedPolicies: [...managedPolicies, arn] };
      }),
  ),
  DetachManagedPolicyFromPermissionSet: operation(
    "writes",
    z.object({ ...ofOnePermissionSet, ManagedPolicyArn }),
    (input, request) =>
      change(input, request, ({ managedPolicies }) => {
        const { ManagedPolicyArn: arn } = input;
        if (!managedPolicies.includes(arn)) throw missing(`Could not find ManagedPolicy with arn ${arn}`);
        return { managedPolicies: managedPolicies.filter((each) => each !== arn) };
      }),
  ),
  AttachCustomerManagedPolicyReferenceToPermissionSet: operation(
    "writes",
    z.object({ ...ofOnePermissionSet, CustomerManagedPolicyReference }),
    (input, request) =>
      change(input, request, ({ customerManagedPolicyReferences: references }) => {
        const { Name, Path = "/" } = input.CustomerManagedPolicyReference;
        if (references.some((each) => isSame(each, input.CustomerManagedPolicyReference))) {
          throw conflict(`Given customer managed policy with name: ${Name}  and path ${Path} already attached`);
        }
        return { customerManagedPolicyReferences: [...references, { Name, Path }] };
      }),
  ),
  DetachCustomerManagedPolicyReferenceFromPermissionSet: operation(
    "writes",
    z.object({ ...ofOnePermissionSet, CustomerManagedPolicyReference }),
    (input, request) =>
      change(input, request, ({ customerManagedPolicyReferences: references }) => {
        const { Name, Path = "/" } = input.CustomerManagedPolicyReference;
        const rest = references.filter((each) => !isSame(each, input.CustomerManagedPolicyReference));
        if (rest.length === references.length) {
          throw missing(`Given managed policy with name: ${Name}  and path ${Path} does not exist on PermissionSet`);
        }
        return { customerManagedPolicyReferences: rest };
      }),
  ),
  ListCustomerManagedPolicyReferencesInPermissionSet: operation(
    "reads",
    z.object({ ...ofOnePermissionSet, ...pageInput(100) }),
    (input, request) => {
      const { customerManagedPolicyReferences: references } = existingPermissionSet(input, request);
      const listed = references.map(({ Name, Path = "/" }) => ({ Name, Path }));
      return page("CustomerManagedPolicyReferences", listed, input);
    },
  ),
  PutPermissionsBoundaryToPermissionSet: operation(
    "writes",
    z.object({ ...ofOnePermissionSet, PermissionsBoundary }),
    (input, request) => change(input, request, () => ({ permissionsBoundary: input.PermissionsBoundary })),
  ),
  GetPermissionsBoundaryForPermissionSet: operation("reads", z.object(ofOnePermissionSet), (input, request) => {
    const { permissionsBoundary } = existingPermissionSet(input, request);
    if (permissionsBoundary === undefined) throw missing("Could not find PermissionsBoundary of the permission set");
    return { PermissionsBoundary: permissionsBoundary };
  }),
  DeletePermissionsBoundaryFromPermissionSet: operation("writes", z.object(ofOnePermissionSet), (input, request) =>
    change(input, request, ({ permissionsBoundary }) => {
      if (permissionsBoundary === undefined) throw missing("Could not find PermissionsBoundary of the permission set");
      return { permissionsBoundary: undefined };
    }),
  ),
};

function isSame(one: Reference, other: Reference): boolean {
  return one.Name === other.Name && (one.Path ?? "/") === (other.Path ?? "/");
}

function conflict(message: string): AwsError {
  return new AwsError("ConflictException", message);
}

function missing(message: string): AwsError {
  return new AwsError("ResourceNotFoundException", message);
}
