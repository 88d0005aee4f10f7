import type { sso, types } from "@pulumi/aws-native";
import type * as pulumi from "@pulumi/pulumi";
import type { PermissionSetSettings } from "../settings/settings";
import { managedPolicyArn } from "./policyDocument";

/**
 * What aws-native takes for a permission set. What there is none of is left out, as Cloud Control need not read it back; but for
 * the managed policies, of which it reads back an empty list.
 */
export function permissionSetArgs(
  name: string,
  settings: Omit<PermissionSetSettings, "inlinePolicy">,
  instanceArn: pulumi.Input<string>,
  partition: string,
  inlinePolicy: pulumi.Input<string>,
): sso.PermissionSetArgs {
  const { description, relayState, customerManagedPolicies, permissionsBoundary } = settings;
  const tags = Object.entries(settings.tags).map(([key, value]) => ({ key, value }));
  return {
    instanceArn,
    name,
    ...(description !== undefined && { description }),
    sessionDuration: settings.sessionDuration,
    ...(relayState !== undefined && { relayStateType: relayState }),
    managedPolicies: settings.managedPolicies.map((policy) => managedPolicyArn(policy, partition)),
    ...(customerManagedPolicies.length > 0 && { customerManagedPolicyReferences: customerManagedPolicies }),
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
