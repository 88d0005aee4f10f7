import type { InstanceDescription, Organization } from "./organization";
import type { Progress, Wait } from "./progress";

/** An account, with the path of the unit that holds it ("" for the root). */
export interface Account {
  id: string;
  arn: string;
  name: string;
  email: string;
  status: Organization["accounts"][number]["status"];
  unitPath: string;
  tags: Record<string, string>;
  /** Paths and names ("/team/Base") of customer managed policies that it has beside those that calls make. */
  customerManagedPolicies?: string[] | undefined;
}

export interface OrganizationalUnit {
  id: string;
  name: string;
  /** Names from the root down, joined by slashes; "" is the root itself. */
  path: string;
}

export interface Instance {
  arn: string;
  name?: string;
  ownerAccount: string;
  primaryRegion: string;
  additionalRegions: string[];
  status: InstanceDescription["status"];
  statusReason?: string;
  permissionSetsEnabled: boolean;
  identityStoreId: string;
  /** ARN of the customer managed key; left out, a key that AWS owns. */
  kmsKeyArn?: string;
  /** The change to another key that goes on, or that failed last; a key left out is the one that AWS owns. */
  keyChange?: { kmsKeyArn?: string; failure?: string } & Wait;
  /** The one Region that is being added (it is not among additionalRegions yet) or removed (it still is). */
  regionChange?: { region: string; status: "ADDING" | "REMOVING" } & Wait;
  /** Attributes for access control, while they are on. */
  accessControlAttributes?: AccessControlAttribute[];
  /** Whether a call changed it, so that it is kept between runs. */
  changed?: boolean;
}

/** An attribute of the identity store that sessions get as a tag for attribute-based access control. */
export interface AccessControlAttribute {
  Key: string;
  Value: { Source: string[] };
}

export interface Group {
  identityStoreId: string;
  id: string;
  displayName: string;
  description?: string;
  /** User ids. */
  members: string[];
}

export interface User {
  identityStoreId: string;
  id: string;
  userName: string;
  displayName?: string;
  givenName?: string;
  familyName?: string;
  email?: string;
}

export interface PermissionSet {
  instanceArn: string;
  arn: string;
  name: string;
  description?: string;
  /** ISO 8601; AWS's default is an hour. */
  sessionDuration: string;
  relayState?: string;
  /** ARNs of AWS managed policies. */
  managedPolicies: string[];
  customerManagedPolicyReferences: { Name: string; Path?: string }[];
  /** JSON text; "" when there is none. */
  inlinePolicy: string;
  permissionsBoundary?: {
    ManagedPolicyArn?: string;
    CustomerManagedPolicyReference?: { Name: string; Path?: string };
  };
  tags: { Key: string; Value: string }[];
  createdDate: number;
}

export interface AccountAssignment {
  instanceArn: string;
  accountId: string;
  permissionSetArn: string;
  principalType: "USER" | "GROUP";
  principalId: string;
}

/** A permission set in an account, which has a role for it. */
export interface ProvisionedPermissionSet {
  accountId: string;
  permissionSetArn: string;
  /** What the account's role is still like, when the permission set was changed since. */
  outdated?: PermissionSet;
}

/** A ProvisionPermissionSet and how far it is. */
export interface PermissionSetProvisioning extends Progress {
  requestId: string;
  status: "IN_PROGRESS" | "SUCCEEDED" | "FAILED";
  failureReason?: string;
  instanceArn: string;
  permissionSetArn: string;
  /** Left out for all accounts that have it. */
  accountId?: string;
  createdDate: number;
  /** Why it ends FAILED, whatever becomes of it. */
  failure?: string;
}

export interface Application {
  arn: string;
  instanceArn: string;
  name: string;
  createdDate: number;
  createdFrom: string;
  /** Left out, it is ENABLED. */
  status?: "ENABLED" | "DISABLED";
  /** In how many more calls of List the application is not shown yet. */
  hiddenLists: number;
  /** Whether only users and groups that are assigned to it may use it. */
  assignmentRequired?: boolean;
  grants?: { GrantType: string; Grant: Record<string, unknown> }[];
  authenticationMethods?: { AuthenticationMethodType: string; AuthenticationMethod: Record<string, unknown> }[];
  accessScopes?: { Scope: string; AuthorizedTargets?: string[] }[];
}

/** A CreateAccountAssignment or DeleteAccountAssignment and how far it is. */
export interface AccountAssignmentOperation extends Progress {
  kind: "Creation" | "Deletion";
  requestId: string;
  status: "IN_PROGRESS" | "SUCCEEDED" | "FAILED";
  failureReason?: string;
  assignment: AccountAssignment;
  /** Why it ends FAILED, whatever becomes of it. */
  failure?: string;
  createdDate: number;
}

/** A Cloud Control request and how far it is. */
export interface ResourceRequest extends Progress {
  requestToken: string;
  clientToken?: string;
  /** The account and Region that it was made in; elsewhere its token is unknown. */
  account: string;
  region: string;
  asked: { typeName: string } & (
    | { operation: "CREATE"; desired: Record<string, unknown>; identifier?: undefined }
    | { operation: "UPDATE"; desired: Record<string, unknown>; identifier: string }
    | { operation: "DELETE"; identifier: string }
  );
  status: "IN_PROGRESS" | "SUCCESS" | "FAILED";
  identifier?: string;
  /** The resource's properties after it, as JSON text. */
  resourceModel?: string;
  errorCode?: string;
  statusMessage?: string;
  eventTime: number;
  /** What it ends with instead of what was asked. */
  failure?: { code: string; message: string };
}

/** A StackSet with service-managed permissions: a template that StackSets deploys to the accounts of organizational units. */
export interface StackSet {
  /** Its name and a UUID, joined by a colon. */
  id: string;
  name: string;
  account: string;
  region: string;
  description?: string;
  templateBody: string;
  capabilities: string[];
  autoDeployment: { Enabled?: boolean; RetainStacksOnAccountRemoval?: boolean };
  managedExecution: { Active?: boolean };
  tags: { Key: string; Value: string }[];
  /** Where it is deployed, and accounts that come there later are. */
  targets: StackSetTarget[];
  instances: StackInstance[];
  /** The accounts that lay in its targets at the last look: those that come later are deployed to automatically. */
  reached: string[];
}

export interface StackSetTarget {
  /** Of a unit or of the root. */
  organizationalUnitId: string;
  region: string;
}

/** A StackSet's stack in one account. */
export interface StackInstance extends StackSetTarget {
  accountId: string;
  stackId: string;
  status: "CURRENT" | "OUTDATED";
  statusReason?: string;
  /** The policies that the stack has made, and the roles that it has attached them to. */
  policies: { arn: string; roles: string[] }[];
}

/** What goes on in a StackSet's accounts, and how far it is. */
export interface StackSetOperation extends Progress {
  operationId: string;
  stackSetId: string;
  action: "CREATE" | "DELETE" | "UPDATE";
  status: "IN_PROGRESS" | "SUCCEEDED" | "FAILED";
  targets: StackSetTarget[];
  createdDate: number;
  /** Why it ends FAILED, whatever becomes of it. */
  failure?: string;
  results: { accountId: string; region: string; status: "SUCCEEDED" | "FAILED"; statusReason?: string }[];
}

/** An IAM role, user or group of an account, with the policies that are written into it. */
export interface IamPrincipal {
  kind: "role" | "user" | "group";
  account: string;
  arn: string;
  name: string;
  /** "/", or more between slashes. */
  path: string;
  /** Policy documents by the policies' names. */
  inlinePolicies: Record<string, unknown>;
  permissionsBoundary?: unknown;
  /** A group's users, by their names. */
  members?: string[];
  /** ARNs of managed policies by which local AWS does not judge: it does not have the text of most. */
  unknownPolicies?: string[];
}

/** A customer managed policy. */
export interface IamPolicy {
  account: string;
  arn: string;
  name: string;
  path: string;
  description?: string;
  createdDate: number;
  updatedDate: number;
  /** The oldest first; `document` is JSON text. */
  versions: { id: string; document: string; isDefault: boolean; createdDate: number }[];
  /** How many versions it ever had: their ids are not used again. */
  versionsMade: number;
}

/** A role's session that STS gave credentials; see temporaryCredentials for these. */
export interface RoleSession {
  arn: string;
  /** Which of the sessions of this ARN it is, from 1: each has credentials of its own. */
  number: number;
  /** Until when the credentials are good, in milliseconds since 1970. */
  expiration: number;
}

export interface RolePolicyAttachment {
  account: string;
  roleName: string;
  policyArn: string;
}

export interface UserPolicyAttachment {
  account: string;
  userName: string;
  policyArn: string;
}

export interface GroupPolicyAttachment {
  account: string;
  groupName: string;
  policyArn: string;
}

/** What calls make and change: the part of the contents that is worth keeping between runs. */
export interface MadeByCalls {
  permissionSets: PermissionSet[];
  accountAssignments: AccountAssignment[];
  applications: Application[];
  accountAssignmentOperations: AccountAssignmentOperation[];
  /** What is known of it beside that an account with an assignment has its permission set. */
  provisionedPermissionSets: ProvisionedPermissionSet[];
  permissionSetProvisionings: PermissionSetProvisioning[];
  resourceRequests: ResourceRequest[];
  iamPolicies: IamPolicy[];
  rolePolicyAttachments: RolePolicyAttachment[];
  userPolicyAttachments: UserPolicyAttachment[];
  groupPolicyAttachments: GroupPolicyAttachment[];
  stackSets: StackSet[];
  stackSetOperations: StackSetOperation[];
  /** Counts what was made, for ids and times that are the same in every run. */
  sequence: number;
}

/** All that local AWS knows, readable (and writable, for a test that plays somebody else) at any time. */
export interface Contents extends MadeByCalls {
  organizationId: string;
  managementAccount: string;
  partition: string;
  /** AWS managed policies beside those in awsManagedPolicies.json: names with their path, and those with their document. */
  managedPolicies: Organization["managedPolicies"];
  accounts: Account[];
  root: OrganizationalUnit;
  organizationalUnits: OrganizationalUnit[];
  delegatedAdministrators: Record<string, string[]>;
  serviceControlPolicies: Organization["serviceControlPolicies"];
  people: Organization["people"];
  /** Service principals that the organization trusts. */
  trustedAccess: string[];
  instances: Instance[];
  groups: Group[];
  users: User[];
  /** As IAM tells and simulates them. */
  iamPrincipals: IamPrincipal[];
  /**
   * The same, as calls are authorised by them. Apart from the others, as in AWS, where a changed policy shows at once and counts
   * a while later: who plays somebody that changes policies can change the one, the other, or both.
   */
  enforcedPrincipals: IamPrincipal[];
  /** What STS gave credentials. */
  sessions: RoleSession[];
}

/** What LocalAws.save() gives and startLocalAws() takes back. The rest of the contents comes from the organization's file again. */
export interface SavedState extends MadeByCalls {
  /** The instances that calls changed. */
  instances?: Instance[];
  /** Left out by versions up to 0.1.0, which kept none. */
  sessions?: RoleSession[];
  /** Of the form of this state: 1. */
  version: number;
}
