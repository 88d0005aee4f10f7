import type { sso, types } from "@pulumi/aws-native";
import type * as pulumi from "@pulumi/pulumi";
import type { PermissionSetSettings } from "../settings/settings";
import { attachedPolicies } from "./attachedPolicies";
import { managedPolicyArn } from "./policyDocument";

/**
 * What aws-native takes for a permission set. What there is none of is left out, as Cloud Control need not read it back; but for
 * the policies, of which it reads back empty lists, so that a permission set that is imported does not look different for that.
 */
export function permissionSetArgs(
  name: string,
  settings: Omit<PermissionSetSettings, "inlinePolicy">,
  instanceArn: pulumi.Input<string>,
  partition: string,
  inlinePolicy: pulumi.Input<string | undefined>,
): sso.PermissionSetArgs {
  const { description, relayState, customerManagedPolicies, permissionsBoundary } = settings;
  const tags = Object.entries(settings.tags).map(([key, value]) => ({ key, value }));
  return {
    instanceArn,
    name,
    ...(description !== undefined && { description }),
    sessionDuration: settings.sessionDuration,
    ...(relayState !== undefined && { relayStateType: relayState }),
    managedPolicies: attachedPolicies(settings).map(({ policy }) => managedPolicyArn(policy, partition)),
    customerManagedPolicyReferences: customerManagedPolicies,
    inlinePolicy,
    ...(permissionsBoundary !== undefined && { permissionsBoundary: boundary(permissionsBoundary, partition) }),
    ...(tags.length > 0 && { tags }),
  };
}

function boundary(
  settings: NonNullable<PermissionSetSettings["permissionsBoundary"]>,
  partition: string,
): types.input.sso.PermissionSetPermissionsBoundaryArgs {
  return "managedPolicy" in settings
    ? { managedPolicyArn: managedPolicyArn(settings.managedPolicy, partition) }
    : { customerManagedPolicyReference: settings.customerManagedPolicy };
}
