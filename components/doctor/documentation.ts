import type { Finding } from "./finding";
import type { CheckId } from "./checkIds";

type Page = Finding["documentedAt"];

const docs = "https://docs.aws.amazon.com";
const userGuide = `${docs}/singlesignon/latest/userguide`;
const apiReference = `${docs}/singlesignon/latest/APIReference`;

function page(title: string, url: string): Page {
  return { title, url };
}

const sessions = page(
  "IAM Identity Center User Guide, Enabling identity-enhanced console sessions",
  `${userGuide}/identity-enhanced-sessions.html`,
);
const organizationInstances = page(
  "IAM Identity Center User Guide, Organization instances of IAM Identity Center",
  `${userGuide}/organization-instances-identity-center.html`,
);
const setContext = page(
  "IAM User Guide, Granting permissions to use identity-enhanced console sessions",
  `${docs}/IAM/latest/UserGuide/id_credentials_temp_control-access_sts-setcontext.html`,
);

/** Where AWS documents what a check is about. */
export const documentation: Readonly<Record<CheckId, Page>> = {
  credentials: page(
    "AWS STS API Reference, GetCallerIdentity",
    `${docs}/STS/latest/APIReference/API_GetCallerIdentity.html`,
  ),
  organization: page(
    "AWS Organizations API Reference, DescribeOrganization",
    `${docs}/organizations/latest/APIReference/API_DescribeOrganization.html`,
  ),
  instance: organizationInstances,
  "instance-status": page(
    "IAM Identity Center API Reference, DescribeInstance",
    `${apiReference}/API_DescribeInstance.html`,
  ),
  "instance-region": page("IAM Identity Center User Guide, AWS Region availability", `${userGuide}/regions.html`),
  "region-rule": page(
    "AWS Account Management Reference Guide, Enable or disable AWS Regions in your account",
    `${docs}/accounts/latest/reference/manage-acct-regions.html`,
  ),
  administration: page("IAM Identity Center User Guide, Delegated administration", `${userGuide}/delegated-admin.html`),
  "identity-source": page(
    "IAM Identity Center User Guide, Manage your identity source",
    `${userGuide}/manage-your-identity-source.html`,
  ),
  switch: sessions,
  application: page(
    "IAM Identity Center API Reference, DescribeApplication",
    `${apiReference}/API_DescribeApplication.html`,
  ),
  "application-grants": page(
    "IAM Identity Center API Reference, ListApplicationGrants",
    `${apiReference}/API_ListApplicationGrants.html`,
  ),
  "application-scopes": page(
    "IAM Identity Center API Reference, ListApplicationAccessScopes",
    `${apiReference}/API_ListApplicationAccessScopes.html`,
  ),
  "application-authentication": page(
    "IAM Identity Center API Reference, ListApplicationAuthenticationMethods",
    `${apiReference}/API_ListApplicationAuthenticationMethods.html`,
  ),
  "application-assignment": page(
    "IAM Identity Center API Reference, GetApplicationAssignmentConfiguration",
    `${apiReference}/API_GetApplicationAssignmentConfiguration.html`,
  ),
  enabler: sessions,
  "set-context-permission-sets": setContext,
  "set-context-iam": setContext,
  "set-context-member-accounts": page(
    "AWS CloudFormation User Guide, StackSets concepts",
    `${docs}/AWSCloudFormation/latest/UserGuide/stacksets-concepts.html`,
  ),
  "amazon-q": page(
    "Amazon Q Developer User Guide, Amazon Q Developer Pro Region support",
    `${docs}/amazonq/latest/qdeveloper-ug/q-admin-setup-subscribe-regions.html`,
  ),
};
