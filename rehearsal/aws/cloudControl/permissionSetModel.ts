import { z } from "zod";
import type { PermissionSet } from "../contents";
import { instanceArn } from "../ssoAdmin/instance";
import type { Settings } from "../ssoAdmin/permissionSetChanges";
import { permissionSetArn } from "../ssoAdmin/permissionSets";
import type { Properties } from "./resourceType";

const name = z
  .string()
  .min(1)
  .max(128)
  .regex(/^[\w+=,.@-]+$/);
const managedPolicyArn = z.string().min(20).max(2048);
const customerManagedPolicyReference = z.strictObject({
  Name: name,
  Path: z
    .string()
    .min(1)
    .max(512)
    .regex(/^((\/[A-Za-z0-9.,+@=_-]+)*)\/$/)
    .optional(),
});

/** The schema of AWS::SSO::PermissionSet, as the CloudFormation registry has it. */
export const permissionSetModel = z.strictObject({
  Name: name.max(32),
  InstanceArn: instanceArn,
  PermissionSetArn: permissionSetArn.optional(),
  Description: z
    .string()
    .min(1)
    .max(700)
    .regex(/^[\t\n\r\x20-\x7E\xA1-\xFF]*$/)
    .optional(),
  SessionDuration: z
    .string()
    .min(1)
    .max(100)
    .regex(/^(-?)P(?=\d|T\d)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)([DW]))?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/)
    .optional(),
  RelayStateType: z
    .string()
    .min(1)
    .max(240)
    .regex(/^[a-zA-Z0-9&;$@#\\/%?=~\-_'"|!:,.*+[\] (){}]+$/)
    .optional(),
  ManagedPolicies: z.array(managedPolicyArn).max(25).optional(),
  InlinePolicy: z.union([z.record(z.string(), z.unknown()), z.string()]).optional(),
  Tags: z
    .array(
      z.strictObject({
        Key: name,
        Value: z
          .string()
          .max(256)
          .regex(/^[\w+=,.@-]*$/),
      }),
    )
    .max(50)
    .optional(),
  CustomerManagedPolicyReferences: z.array(customerManagedPolicyReference).max(25).optional(),
  PermissionsBoundary: z
    .strictObject({
      ManagedPolicyArn: managedPolicyArn.optional(),
      CustomerManagedPolicyReference: customerManagedPolicyReference.optional(),
    })
    .optional(),
});

type Model = z.output<typeof permissionSetModel>;

/** What an update can change, and the name. An inline policy that came as an object is kept as text, as the service keeps it. */
export function settings(desired: Model): Settings {
  const { Description, RelayStateType, InlinePolicy = "", PermissionsBoundary } = desired;
  return {
    name: desired.Name,
    ...(Description !== undefined && { description: Description }),
    sessionDuration: desired.SessionDuration ?? "PT1H",
    ...(RelayStateType !== undefined && { relayState: RelayStateType }),
    managedPolicies: desired.ManagedPolicies ?? [],
    customerManagedPolicyReferences: desired.CustomerManagedPolicyReferences ?? [],
    inlinePolicy: typeof InlinePolicy === "string" ? InlinePolicy : JSON.stringify(InlinePolicy),
    ...(PermissionsBoundary !== undefined && { permissionsBoundary: PermissionsBoundary }),
    tags: desired.Tags ?? [],
  };
}

/** The properties as GetResource has them: the inline policy is text, whatever it was created from. */
export function propertiesOf(permissionSet: PermissionSet): Properties {
  const { description, relayState, inlinePolicy, permissionsBoundary, tags } = permissionSet;
  return {
    InstanceArn: permissionSet.instanceArn,
    PermissionSetArn: permissionSet.arn,
    Name: permissionSet.name,
    ...(description !== undefined && { Description: description }),
    SessionDuration: permissionSet.sessionDuration,
    ...(relayState !== undefined && { RelayStateType: relayState }),
    ManagedPolicies: permissionSet.managedPolicies,
    CustomerManagedPolicyReferences: permissionSet.customerManagedPolicyReferences,
    ...(inlinePolicy !== "" && { InlinePolicy: inlinePolicy }),
    ...(permissionsBoundary !== undefined && { PermissionsBoundary: permissionsBoundary }),
    ...(tags.length > 0 && { Tags: tags }),
  };
}
