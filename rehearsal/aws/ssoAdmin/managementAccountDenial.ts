import { denialOf } from "../authorization/authorize";
import type { AccountAssignment, AccountAssignmentOperation, PermissionSet } from "../contents";
import type { Request } from "../service";
import { reservedRole } from "./reservedRoles";

/**
 * In the management account IAM Identity Center acts as the caller, who therefore needs permissions of IAM; elsewhere by a
 * service-linked role. Sources: CloudFormation schema of AWS::SSO::Assignment (which); reports of the words
 * (org-formation/aws-resource-providers#66) and of it being this account alone (avlcloudtechnologies/terraform-aws-sso#15).
 */
export function managementAccountDenial(
  kind: AccountAssignmentOperation["kind"],
  { accountId }: AccountAssignment,
  permissionSet: PermissionSet,
  request: Request,
): string | undefined {
  const { managementAccount, partition } = request.contents;
  if (accountId !== managementAccount) return undefined;
  const { arn, name } = reservedRole(permissionSet, accountId, request.contents);
  const provider = [`arn:${partition}:iam::${accountId}:saml-provider/AWSSSO_${name.slice(-16)}_DO_NOT_DELETE`];
  const providerActions = { Creation: ["Get", "Create", "Update"], Deletion: ["Get"] }[kind];
  const roleActions = {
    Creation: ["ListRolePolicies", "CreateRole", "AttachRolePolicy", "PutRolePolicy"],
    Deletion: ["ListRolePolicies"],
  }[kind];
  const denial = denialOf(
    [
      ...providerActions.map((verb) => ({ action: `iam:${verb}SAMLProvider`, resources: provider })),
      ...roleActions.map((action) => ({ action: `iam:${action}`, resources: [arn], shown: `role ${name}` })),
    ],
    request,
  );
  return denial === undefined
    ? undefined
    : "Received a 403 status error: Access denied by IAM. Please check your policy, or wait for role propagation to complete. " +
        `IAM Error: ${denial} (Service: AmazonIdentityManagement; Status Code: 403; Error Code: AccessDenied)`;
}
