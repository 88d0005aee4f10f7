import type { Application } from "../contents";

/**
 * What the application behind the switch is made with, by the five actions that its maker needs: CreateApplication and the four
 * Put... of grant, authentication method, access scope and assignment configuration. That it has one of each follows from these
 * actions; what they are is not public, and local AWS's own choice: Sign-In exchanges tokens for everybody, and may ask for the
 * scope by which a role session gets an identity context.
 */
export function consoleApplicationSettings(
  arn: string,
): Required<Pick<Application, "assignmentRequired" | "grants" | "authenticationMethods" | "accessScopes">> {
  const actorPolicy = {
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Service: "signin.amazonaws.com" },
        Action: "sso-oauth:CreateTokenWithIAM",
        Resource: arn,
      },
    ],
  };
  return {
    assignmentRequired: false,
    grants: [{ GrantType: "urn:ietf:params:oauth:grant-type:token-exchange", Grant: { TokenExchange: {} } }],
    authenticationMethods: [
      { AuthenticationMethodType: "IAM", AuthenticationMethod: { Iam: { ActorPolicy: actorPolicy } } },
    ],
    accessScopes: [{ Scope: "sts:identity_context" }],
  };
}
