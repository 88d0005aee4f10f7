import { readerActions } from "../identityAwareSessions/enablerPermissions";

/**
 * What the doctor asks AWS, as IAM actions; all of them only read. The README's table "To run the doctor" says what each is for.
 */
export const doctorActions = [
  "cloudformation:DescribeStackSet",
  "cloudformation:ListStackInstances",
  "cloudformation:ListStackSets",
  "iam:GetAccountAuthorizationDetails",
  "iam:GetPolicy",
  "iam:GetPolicyVersion",
  "iam:GetRole",
  "iam:SimulatePrincipalPolicy",
  "identitystore:ListUsers",
  "organizations:DescribeOrganization",
  "organizations:ListDelegatedAdministrators",
  ...readerActions,
  "sso:DescribeApplication",
  "sso:DescribeInstance",
  "sso:DescribePermissionSet",
  "sso:GetApplicationAssignmentConfiguration",
  "sso:GetInlinePolicyForPermissionSet",
  "sso:GetPermissionsBoundaryForPermissionSet",
  "sso:ListAccountsForProvisionedPermissionSet",
  "sso:ListApplicationAccessScopes",
  "sso:ListApplicationAuthenticationMethods",
  "sso:ListApplicationGrants",
  "sso:ListCustomerManagedPolicyReferencesInPermissionSet",
  "sso:ListDirectoryAssociations",
  "sso:ListInstances",
  "sso:ListManagedPoliciesInPermissionSet",
  "sso:ListPermissionSets",
] as const;
