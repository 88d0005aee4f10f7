import { z } from "zod";
import { AwsError } from "../awsError";
import { page, pageInput } from "../pages";
import { find, operation, type Operation } from "../service";
import { applicationArn, existingApplication } from "./applications";

const ApplicationArn = applicationArn;
/** Those lists take no MaxResults. */
const { NextToken } = pageInput(100);
const MaxResults = 100;

const GrantType = z.enum([
  "authorization_code",
  "refresh_token",
  "urn:ietf:params:oauth:grant-type:jwt-bearer",
  "urn:ietf:params:oauth:grant-type:token-exchange",
]);
const Scope = z
  .string()
  .max(80)
  .regex(
    /^([A-Za-z0-9_]{1,50})(:[A-Za-z0-9_]{1,50}){0,1}(:[A-Za-z0-9_]{1,50}){0,1}$/,
    "must be a scope, like sts:identity_context",
  );

/** What an application is made up of; local AWS makes applications only by the sign-in control plane, and changes none. */
export const applicationSettings: Record<string, Operation> = {
  GetApplicationAssignmentConfiguration: operation("reads", z.object({ ApplicationArn }), (input, request) => ({
    AssignmentRequired: existingApplication(input.ApplicationArn, request).assignmentRequired ?? false,
  })),
  ListApplicationGrants: operation("reads", z.object({ ApplicationArn, NextToken }), (input, request) => {
    const { grants = [] } = existingApplication(input.ApplicationArn, request);
    return page("Grants", grants, { ...input, MaxResults });
  }),
  GetApplicationGrant: operation("reads", z.object({ ApplicationArn, GrantType }), (input, request) => {
    const { grants = [] } = existingApplication(input.ApplicationArn, request);
    const { Grant } = find(grants, (each) => each.GrantType === input.GrantType, missing("grant", input.GrantType));
    return { Grant };
  }),
  ListApplicationAuthenticationMethods: operation(
    "reads",
    z.object({ ApplicationArn, NextToken }),
    (input, request) => {
      const { authenticationMethods = [] } = existingApplication(input.ApplicationArn, request);
      return page("AuthenticationMethods", authenticationMethods, { ...input, MaxResults });
    },
  ),
  GetApplicationAuthenticationMethod: operation(
    "reads",
    z.object({ ApplicationArn, AuthenticationMethodType: z.literal("IAM") }),
    ({ ApplicationArn: arn, AuthenticationMethodType: type }, request) => {
      const { authenticationMethods = [] } = existingApplication(arn, request);
      const isIt = (each: { AuthenticationMethodType: string }) => each.AuthenticationMethodType === type;
      const { AuthenticationMethod } = find(authenticationMethods, isIt, missing("authentication method", type));
      return { AuthenticationMethod };
    },
  ),
  ListApplicationAccessScopes: operation("reads", z.object({ ApplicationArn, ...pageInput(10) }), (input, request) => {
    const { accessScopes = [] } = existingApplication(input.ApplicationArn, request);
    return page("Scopes", accessScopes, input);
  }),
  GetApplicationAccessScope: operation("reads", z.object({ ApplicationArn, Scope }), (input, request) => {
    const { accessScopes = [] } = existingApplication(input.ApplicationArn, request);
    return find(accessScopes, (each) => each.Scope === input.Scope, missing("access scope", input.Scope));
  }),
};

function missing(what: string, name: string): () => AwsError {
  return () => new AwsError("ResourceNotFoundException", `The application has no ${what} ${name}.`);
}
