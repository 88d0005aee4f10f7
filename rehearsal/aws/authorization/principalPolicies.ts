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

/** The policies that are written into a principal or attached to it. */
export function policiesOf({ kind, account, name, inlinePolicies }: IamPrincipal, contents: Contents): Policy[] {
  const attached = contents.rolePolicyAttachments
    .filter((each) => kind === "role" && each.account === account && each.roleName === name)
    .flatMap(({ policyArn }) => contents.iamPolicies.filter(({ arn }) => arn === policyArn))
    .map((each) => readPolicy(each.name, each.versions.find(({ isDefault }) => isDefault)?.document));
  return [...Object.entries(inlinePolicies).map(([key, document]) => readPolicy(key, document)), ...attached];
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
