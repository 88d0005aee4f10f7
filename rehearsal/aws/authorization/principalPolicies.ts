import { parsePolicy } from "../../../policy-pack/iam/parsePolicy";
import type { Policy } from "../../../policy-pack/iam/policy";
import { AwsError } from "../awsError";
import type { Contents, IamPrincipal } from "../contents";
import type { Caller } from "../service";

/**
 * The role or user whose policies decide what a caller may do. Undefined for roles that the organization's file does not describe
 * under `iam`, those of permission sets among them, and for the root user: they may do everything in their account.
 */
export function describedPrincipal(
  { arn, account }: Caller,
  { enforcedPrincipals }: Contents,
): IamPrincipal | undefined {
  const role = /:assumed-role\/([^/]+)\//.exec(arn)?.[1];
  return enforcedPrincipals.find(
    (each) =>
      each.account === account && (role === undefined ? each.arn === arn : each.kind === "role" && each.name === role),
  );
}

/** The policies that are written into a principal or attached to it, and those of the groups that a user is in. */
export function policiesOf(principal: IamPrincipal, contents: Contents): Policy[] {
  const attached = attachedPolicyArns(principal, contents)
    .flatMap((policyArn) => contents.iamPolicies.filter(({ arn }) => arn === policyArn))
    .map((each) => readPolicy(each.name, each.versions.find(({ isDefault }) => isDefault)?.document));
  return [
    ...Object.entries(principal.inlinePolicies).map(([key, document]) => readPolicy(key, document)),
    ...attached,
    ...groupsOf(principal, contents).flatMap((group) => policiesOf(group, contents)),
  ];
}

/** ARNs of the policies that are attached to a role, user or group itself. */
export function attachedPolicyArns({ kind, account, name }: IamPrincipal, contents: Contents): string[] {
  const { rolePolicyAttachments, userPolicyAttachments, groupPolicyAttachments } = contents;
  const attachments = {
    role: rolePolicyAttachments.map(({ roleName, ...each }) => ({ ...each, to: roleName })),
    user: userPolicyAttachments.map(({ userName, ...each }) => ({ ...each, to: userName })),
    group: groupPolicyAttachments.map(({ groupName, ...each }) => ({ ...each, to: groupName })),
  };
  return attachments[kind]
    .filter((each) => each.account === account && each.to === name)
    .map(({ policyArn }) => policyArn);
}

/** The groups that a user is in, as they are told or enforced: whichever the user is from. */
function groupsOf(principal: IamPrincipal, { iamPrincipals, enforcedPrincipals }: Contents): IamPrincipal[] {
  const principals = enforcedPrincipals.includes(principal) ? enforcedPrincipals : iamPrincipals;
  return principals.filter(
    ({ kind, account, members }) =>
      kind === "group" &&
      principal.kind === "user" &&
      account === principal.account &&
      members?.includes(principal.name) === true,
  );
}

export function boundaryOf({ permissionsBoundary: document }: IamPrincipal): Policy | undefined {
  return document === undefined ? undefined : readPolicy("permissions boundary", document);
}

export function readPolicy(name: string, document: unknown): Policy {
  const parsed = parsePolicy(name, document);
  if (parsed.policy === undefined) {
    throw new AwsError("PolicyEvaluation", `The policy ${name} cannot be evaluated.`, {}, 500);
  }
  return parsed.policy;
}
