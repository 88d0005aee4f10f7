import type { Policy } from "../../../policy-pack/iam/policy";
import { boundaryOf, policiesOf, readPolicy } from "../authorization/principalPolicies";
import type { Contents, IamPrincipal, PermissionSet } from "../contents";
import { managedPolicyVersion } from "../managedPolicies";
import { provisionedPermissionSets } from "../ssoAdmin/provisioning";

/** The policies by which a session is judged, as they lie in AWS. */
export interface SessionPolicies {
  readonly principalArn: string;
  readonly identityPolicies: readonly Policy[];
  readonly permissionsBoundary: Policy | undefined;
  /** ARNs of policies that could not be read: local AWS does not have them, or no account does. */
  readonly unread: readonly string[];
}

/** Of an IAM user or role that people sign in as themselves. */
export function principalPolicies(principal: IamPrincipal, contents: Contents): SessionPolicies {
  return {
    principalArn: principal.arn,
    identityPolicies: policiesOf(principal, contents),
    permissionsBoundary: boundaryOf(principal),
    unread: [],
  };
}

/** Of the role that an account has for a permission set, as the set was provisioned there last. */
export function permissionSetPolicies(
  { current, role }: { readonly current: PermissionSet; readonly role: IamPrincipal },
  contents: Contents,
): SessionPolicies {
  const { account } = role;
  const set =
    provisionedPermissionSets(contents).find(
      ({ accountId, permissionSetArn }) => accountId === account && permissionSetArn === current.arn,
    )?.outdated ?? current;
  const customer = (reference: { Name: string; Path?: string }) =>
    `arn:${contents.partition}:iam::${account}:policy${reference.Path ?? "/"}${reference.Name}`;
  const attached = [...set.managedPolicies, ...set.customerManagedPolicyReferences.map(customer)];
  const boundary = set.permissionsBoundary;
  const boundaryArn =
    boundary?.ManagedPolicyArn ??
    (boundary?.CustomerManagedPolicyReference && customer(boundary.CustomerManagedPolicyReference));
  const documents = attached.map((arn) => ({ arn, policy: policyAt(arn, contents) }));
  const permissionsBoundary = boundaryArn === undefined ? undefined : policyAt(boundaryArn, contents);
  return {
    principalArn: role.arn,
    identityPolicies: [
      ...(set.inlinePolicy === "" ? [] : [readPolicy("the inline policy", set.inlinePolicy)]),
      ...documents.flatMap(({ policy }) => policy ?? []),
    ],
    permissionsBoundary,
    unread: [
      ...documents.flatMap(({ arn, policy }) => (policy === undefined ? arn : [])),
      ...(boundaryArn !== undefined && permissionsBoundary === undefined ? [boundaryArn] : []),
    ],
  };
}

function policyAt(arn: string, contents: Contents): Policy | undefined {
  const name = arn.slice(arn.indexOf(":policy/") + ":policy/".length);
  const managed = managedPolicyVersion(arn, contents);
  if (typeof managed === "object") return readPolicy(name, managed.document);
  const own = contents.iamPolicies.find((each) => each.arn === arn);
  const version = own?.versions.find(({ isDefault }) => isDefault);
  return version === undefined ? undefined : readPolicy(name, version.document);
}
