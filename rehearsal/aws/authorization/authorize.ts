import { evaluate } from "../../../policy-pack/iam/evaluate";
import { AwsError } from "../awsError";
import type { Request, Service } from "../service";
import { contextOf } from "./context";
import { serviceControlPoliciesOf } from "./serviceControlPolicies";
import type { Permission } from "./permission";
import { boundaryOf, describedPrincipal, policiesOf } from "./principalPolicies";
import { permissionsFor } from "./permissionsFor";

/** @throws AwsError of the service's type for a denial, unless the caller may call the operation with this input */
export function requireAuthorization(service: Service, operation: string, input: unknown, request: Request): void {
  requirePermissions(permissionsFor(service, operation, input, request), service, request);
}

export function requirePermissions(permissions: readonly Permission[], service: Service, request: Request): void {
  const denial = denialOf(permissions, request);
  if (denial === undefined) return;
  if (service.protocol === "query") throw new AwsError("AccessDenied", denial, {}, 403);
  throw new AwsError("AccessDeniedException", denial);
}

/**
 * Why the caller may not do all of this, in AWS's words; undefined when it may. Judged by the policies of the caller's role or
 * user, its permissions boundary (see `describedPrincipal`) and the account's service control policies, not by resource-based ones.
 *
 * @throws AwsError of type PolicyEvaluation when the evaluator cannot tell, because local AWS never guesses
 *
 * Source of the words: IAM User Guide, "Troubleshoot access denied error messages".
 */
export function denialOf(permissions: readonly Permission[], request: Request): string | undefined {
  const { caller, contents } = request;
  const principal = describedPrincipal(caller, contents);
  if (principal === undefined) return undefined;
  const identityPolicies = policiesOf(principal, contents);
  const permissionsBoundary = boundaryOf(principal);
  const serviceControlPolicies = serviceControlPoliciesOf(principal.account, contents);
  for (const { action, resources, shown, context = {} } of permissions) {
    for (const resource of resources) {
      const asked = { action, resource, context: { ...contextOf(request), ...context }, contextIsComplete: true };
      const { decision, by, reasons } = evaluate({
        request: asked,
        identityPolicies,
        permissionsBoundary,
        serviceControlPolicies,
      });
      if (decision === "allowed") continue;
      const denied = `User: ${caller.arn} is not authorized to perform: ${action} on resource: ${shown ?? resource}`;
      const inOrganization = (policy: string) =>
        serviceControlPolicies?.flat().some(({ name }) => name === policy) === true;
      const inBoundary = (policy: string) => policy === permissionsBoundary?.name;
      switch (decision) {
        case "undecided":
          throw new AwsError("PolicyEvaluation", `Local AWS cannot tell: ${reasons.join("; ")}.`, {}, 500);
        case "explicitlyDenied":
          if (by.every(({ policy }) => inOrganization(policy))) {
            return `${denied} with an explicit deny in a service control policy`;
          }
          return by.every(({ policy }) => inBoundary(policy))
            ? `${denied} with an explicit deny in a permissions boundary`
            : `${denied} with an explicit deny in an identity-based policy`;
        case "implicitlyDenied": {
          const byIdentity = evaluate({ request: asked, identityPolicies }).decision === "allowed";
          return `${denied} because no ${byIdentity ? "permissions boundary" : "identity-based policy"} allows the ${action} action`;
        }
      }
    }
  }
  return undefined;
}
