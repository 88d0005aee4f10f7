import type { PolicyDocument, PolicyStatement } from "../grants/policyDocument";

/** What somebody needs to see whether identity-aware sessions are on (API reference of the List operation). */
export const readerActions = [
  "signin:ListTrustedIdentityPropagationApplicationsForConsole",
  "sso:GetSharedSsoConfiguration",
  "sso:ListApplications",
] as const;

/** The nine permissions of whoever switches the sessions on (IAM Identity Center User Guide, "Identity-aware sessions"). */
export const enablerActions = [
  "signin:CreateTrustedIdentityPropagationApplicationForConsole",
  ...readerActions,
  "sso:CreateApplication",
  "sso:PutApplicationAccessScope",
  "sso:PutApplicationAssignmentConfiguration",
  "sso:PutApplicationAuthenticationMethod",
  "sso:PutApplicationGrant",
] as const;

/**
 * The statements that let somebody switch the sessions on, for a policy of their own or to be put into another one. The same in
 * every partition: the sign-in actions know no resources, so a policy can name none.
 */
export function enablerStatements(actions: readonly string[] = enablerActions): readonly PolicyStatement[] {
  return [{ Sid: "EnableIdentityAwareSessions", Effect: "Allow", Action: [...actions], Resource: "*" }];
}

/** The permissions to switch the sessions on as a policy document; those of `actions` only, where some are there already. */
export function enablerPolicy(actions?: readonly string[]): PolicyDocument {
  return { Version: "2012-10-17", Statement: enablerStatements(actions) };
}

/** The statements beside its own that a permission set gets, by its name, when it is the one that delivers the permissions. */
export function enablerStatementsBySet(
  permissionSet: string | undefined,
): Readonly<Record<string, readonly PolicyStatement[]>> {
  return permissionSet === undefined ? {} : { [permissionSet]: enablerStatements() };
}
