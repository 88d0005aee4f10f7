import { partitionOf } from "./arn";
import type { AccessControlAttribute, Contents, IamPrincipal, OrganizationalUnit, SavedState } from "./contents";
import { digitsOf, uuidOf } from "./identifiers";
import type { InstanceDescription, Organization } from "./organization";
import { createConsoleApplication } from "./signInControlPlane";

/** The contents to start with: the organization, and what calls made before `saved` was saved. */
export function initialContents(organization: Organization, saved?: SavedState): Contents {
  const { id, managementAccount } = organization;
  const partition = partitionOf(organization.callers[0]?.arn ?? "arn:aws");
  const contents: Contents = {
    organizationId: id,
    managementAccount,
    partition,
    managedPolicies: organization.managedPolicies,
    accounts: organization.accounts.map(({ organizationalUnit = "", email, ...account }) => ({
      ...account,
      arn: `arn:${partition}:organizations::${managementAccount}:account/${id}/${account.id}`,
      email: email ?? `${account.id}@example.com`,
      unitPath: organizationalUnit,
    })),
    root: { id: rootId(id), name: "Root", path: "" },
    organizationalUnits: organizationalUnits(organization),
    delegatedAdministrators: organization.delegatedAdministrators,
    trustedAccess: organization.trustedAccess,
    serviceControlPolicies: organization.serviceControlPolicies,
    people: organization.people,
    instances: organization.instances.map((instance) => ({
      arn: instance.arn,
      ...(instance.name !== undefined && { name: instance.name }),
      ownerAccount: instance.ownerAccount ?? managementAccount,
      primaryRegion: instance.primaryRegion,
      additionalRegions: instance.additionalRegions,
      status: instance.status,
      ...(instance.statusReason !== undefined && { statusReason: instance.statusReason }),
      permissionSetsEnabled: instance.permissionSetsEnabled,
      identityStoreId: instance.identityStore.id,
      ...(instance.kmsKeyArn !== undefined && { kmsKeyArn: instance.kmsKeyArn }),
      ...(instance.accessControlAttributes !== undefined && {
        accessControlAttributes: attributesOf(instance.accessControlAttributes),
      }),
    })),
    users: organization.instances.flatMap(({ identityStore }) => users(identityStore)),
    groups: organization.instances.flatMap(({ identityStore }) => groups(identityStore)),
    iamPrincipals: iamPrincipals(organization, partition),
    enforcedPrincipals: iamPrincipals(organization, partition),
    sessions: [],
    permissionSets: [],
    accountAssignments: [],
    applications: [],
    accountAssignmentOperations: [],
    provisionedPermissionSets: [],
    permissionSetProvisionings: [],
    resourceRequests: [],
    iamPolicies: [],
    rolePolicyAttachments: [],
    userPolicyAttachments: [],
    groupPolicyAttachments: [],
    stackSets: [],
    stackSetOperations: [],
    sequence: 0,
  };
  if (saved) {
    const { version, instances = [], ...made } = structuredClone(saved);
    if (version !== 1)
      throw new Error(`The saved state of local AWS has version ${String(version)}; this one reads version 1.`);
    const changed = (arn: string) => instances.find((each) => each.arn === arn);
    return { ...contents, ...made, instances: contents.instances.map((each) => changed(each.arn) ?? each) };
  }
  for (const instance of contents.instances) {
    if (
      organization.instances.some(({ arn, identityAwareSessions }) => identityAwareSessions && arn === instance.arn)
    ) {
      createConsoleApplication(contents, instance, 0);
    }
  }
  return contents;
}

/** The part of the contents that calls made, apart from the live one. */
export function savedState(contents: Contents): SavedState {
  const { permissionSets, accountAssignments, applications } = contents;
  const { accountAssignmentOperations, provisionedPermissionSets, permissionSetProvisionings } = contents;
  const { resourceRequests, iamPolicies, sequence } = contents;
  const { rolePolicyAttachments, userPolicyAttachments, groupPolicyAttachments } = contents;
  const { stackSets, stackSetOperations } = contents;
  return structuredClone({
    version: 1,
    instances: contents.instances.filter(({ changed }) => changed === true),
    sessions: contents.sessions,
    permissionSets,
    accountAssignments,
    applications,
    accountAssignmentOperations,
    provisionedPermissionSets,
    permissionSetProvisionings,
    resourceRequests,
    iamPolicies,
    rolePolicyAttachments,
    userPolicyAttachments,
    groupPolicyAttachments,
    stackSets,
    stackSetOperations,
    sequence,
  });
}

const administratorAccess = { Version: "2012-10-17", Statement: { Effect: "Allow", Action: "*", Resource: "*" } };

/** Those of the file, and the users among the callers that it says no more about, who are administrators of their accounts. */
function iamPrincipals({ iam, callers, managementAccount }: Organization, partition: string): IamPrincipal[] {
  const described = [
    ...iam.roles.map((role) => ({ kind: "role" as const, ...role })),
    ...iam.users.map((user) => ({ kind: "user" as const, ...user })),
    ...iam.groups.map((group) => ({ kind: "group" as const, permissionsBoundary: undefined, ...group })),
  ].map(({ kind, name, path, account = managementAccount, policies, permissionsBoundary, ...others }) => ({
    kind,
    account,
    arn: `arn:${partition}:iam::${account}:${kind}${path}${name}`,
    name,
    path,
    inlinePolicies: policies,
    ...(permissionsBoundary !== undefined && { permissionsBoundary }),
    ...others,
  }));
  const ofCallers = callers.flatMap(({ arn }): IamPrincipal[] => {
    const [, account = "", path = "/", name = ""] = /^arn:[^:]+:iam::(\d+):user(\/(?:.+\/)?)([^/]+)$/.exec(arn) ?? [];
    return name === "" || described.some((each) => each.arn === arn)
      ? []
      : [{ kind: "user", account, arn, name, path, inlinePolicies: { AdministratorAccess: administratorAccess } }];
  });
  return [...described, ...ofCallers];
}

function rootId(organizationId: string): string {
  return `r-${digitsOf(organizationId, 4)}`;
}

/** Every unit on the path of an account or of a unit named by itself. */
function organizationalUnits({ id, accounts, organizationalUnits: named }: Organization): OrganizationalUnit[] {
  const paths = [...accounts.map(({ organizationalUnit }) => organizationalUnit ?? ""), ...named].filter(Boolean);
  const prefixes = paths.flatMap((path) => {
    const names = path.split("/");
    return names.map((_, index) => names.slice(0, index + 1).join("/"));
  });
  return [...new Set(prefixes)].map((path) => ({
    id: `ou-${rootId(id).slice(2)}-${digitsOf(path, 8)}`,
    name: path.slice(path.lastIndexOf("/") + 1),
    path,
  }));
}

function attributesOf(sources: Record<string, string[]>): AccessControlAttribute[] {
  return Object.entries(sources).map(([Key, Source]) => ({ Key, Value: { Source } }));
}

type IdentityStore = InstanceDescription["identityStore"];

function users({ id: identityStoreId, users }: IdentityStore): Contents["users"] {
  return users.map((user) => ({
    ...user,
    identityStoreId,
    id: user.id ?? uuidOf(`${identityStoreId} user ${user.userName}`),
  }));
}

function groups(identityStore: IdentityStore): Contents["groups"] {
  const members = users(identityStore);
  return identityStore.groups.map((group) => ({
    ...group,
    identityStoreId: identityStore.id,
    id: group.id ?? uuidOf(`${identityStore.id} group ${group.displayName}`),
    members: members.filter(({ userName }) => group.members.includes(userName)).map(({ id }) => id),
  }));
}
