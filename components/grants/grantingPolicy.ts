import { parsePolicy } from "../../policy-pack/iam/parsePolicy";
import type { Policy } from "../../policy-pack/iam/policy";
import { grantsSetContext } from "../../policy-pack/iam/setContext";
import type { Problem } from "../problem";
import type { PermissionSetSettings } from "../settings/settings";
import { attachedPolicies } from "./attachedPolicies";
import { denied, inlineName, leftOut, placeOf } from "./grantProblems";
import { knownManagedPolicy } from "./knownManagedPolicies";
import {
  otherThanLatin1,
  partitionOf,
  policyText,
  type PolicyDocument,
  type PolicyStatement,
  withSetContext,
  withStatements,
} from "./policyDocument";

/** What decides whether the sessions of a permission set may become identity-aware. */
export interface PolicySettings
  extends
    Pick<PermissionSetSettings, "managedPolicies" | "permissionsBoundary">,
    Partial<Pick<PermissionSetSettings, "amazonQ">> {
  /** The user's own, which may also come from elsewhere than the configuration: it is checked here. */
  readonly inlinePolicy?: unknown;
}

export interface GrantingPolicy {
  /** The inline policy to write; undefined where none is needed, and where there are problems. */
  readonly document?: PolicyDocument | undefined;
  /** Why it would not grant sts:SetContext, or is no policy at all. */
  readonly problems: readonly Problem[];
  /** What could take sts:SetContext away and cannot be judged from here: a sentence each, without its full stop. */
  readonly notChecked: readonly string[];
}

/**
 * What every console session of a permission set says of itself: it is the session of a role that a person has assumed, and
 * calls by HTTPS. A Deny that depends on anything else may hold for one session and not for another.
 *
 * Source: IAM User Guide, "AWS global condition context keys".
 */
export const ofEverySession = {
  "aws:PrincipalType": "AssumedRole",
  "aws:PrincipalIsAWSService": "false",
  "aws:SecureTransport": "true",
};

/** Of an inline policy, blanks not counted ("IAM Identity Center quotas"). */
const longestPolicy = 10_240;

/**
 * The inline policy with which a permission set grants sts:SetContext in every account: the user's own as it is where the set does
 * so already, and otherwise with the permission added, unless something of the user's would take that away again. Of the attached
 * policies only those count as granting it already whose meaning does not change (knownManagedPolicies.ts): what AWS says in
 * others today it may leave out tomorrow.
 *
 * @param path of the permission set in the configuration
 * @param statements what else the policy is given, after the user's own
 * @param managedPolicy knows the documents of AWS managed policies by name or ARN
 */
export function grantingPolicy(
  path: string,
  settings: PolicySettings,
  partition: string,
  statements: readonly PolicyStatement[] = [],
  managedPolicy: (nameOrArn: string) => Policy | undefined = knownManagedPolicy,
): GrantingPolicy {
  const own = settings.inlinePolicy === undefined ? undefined : parsePolicy(inlineName, settings.inlinePolicy);
  if (own?.problems !== undefined) {
    const problems = own.problems.map((problem) => ({
      path: [`${path}.${inlineName}`, ...(problem.path === "" ? [] : [problem.path])].join("."),
      found: problem.found,
      allowed: problem.allowed,
      toDo: problem.toDo.charAt(0).toLowerCase() + problem.toDo.slice(1),
    }));
    return { problems, notChecked: [] };
  }
  const users = documentOf(settings.inlinePolicy);
  const written = statements.length === 0 ? users : withStatements(users, statements);
  const ofTheSet = [
    own?.policy ?? [],
    attachedPolicies(settings).map(({ policy }) => knownManagedPolicy(policy) ?? []),
  ];
  const document = allowsSetContext(ofTheSet.flat(2), partition) ? written : withSetContext(written, partition);

  const attached = attachedPolicies(settings).flatMap(({ key, policy }) => {
    const known = managedPolicy(policy);
    return known === undefined ? [] : { ...known, name: key };
  });
  const boundary = boundaryOf(settings, managedPolicy);
  const inline = document === undefined ? [] : (parsePolicy(inlineName, document).policy ?? []);
  const policies = [inline, attached].flat();
  const { accounts, takenAwayBy, leftOutBy, reasons } = grantsSetContext({
    partition,
    identityPolicies: policies,
    permissionsBoundary: boundary.policy,
    context: ofEverySession,
  });
  const problems = takenAwayBy.map((reference) =>
    denied(path, placeOf(reference, own?.policy, users, boundary.policy), partition),
  );
  if (problems.length === 0 && (accounts === "none" || accounts === "some")) {
    problems.push(leftOut(path, leftOutBy, reasons, partition));
  }
  problems.push(...foreignPolicies(path, settings, partition));
  const length = document === undefined ? 0 : Buffer.byteLength(policyText(document).replace(/\s/g, ""));
  if (length > longestPolicy) {
    problems.push({
      path: `${path}.${inlineName}`,
      found: `${length} bytes with what is added to it`,
      allowed: `${longestPolicy}, blanks not counted`,
      toDo: "move some of it to a customer managed policy",
    });
  }
  const character = otherThanLatin1(document ?? {});
  if (character !== undefined) {
    problems.push({
      path: `${path}.${inlineName}`,
      found: `the character ${character}`,
      allowed: "characters of Latin-1",
      toDo: "replace the others, which IAM Identity Center does not take in an inline policy",
    });
  }
  const notChecked = [...(accounts === "undecided" ? reasons : []), ...boundary.notChecked];
  return problems.length > 0 ? { problems, notChecked } : { document, problems, notChecked };
}

/** Whether policies allow it in every account, whatever their Denies say: another Allow would change nothing about those. */
function allowsSetContext(policies: readonly Policy[], partition: string): boolean {
  const identityPolicies = policies.map((policy) => ({
    ...policy,
    statements: policy.statements.filter(({ effect }) => effect === "Allow"),
  }));
  return grantsSetContext({ partition, identityPolicies }).accounts === "every";
}

/** AWS managed policies that are of another partition than the instance. */
function foreignPolicies(path: string, settings: PolicySettings, partition: string): Problem[] {
  const { managedPolicies, permissionsBoundary } = settings;
  const isManaged = permissionsBoundary !== undefined && "managedPolicy" in permissionsBoundary;
  const all = [
    ...managedPolicies.map((policy, index) => [`managedPolicies[${index}]`, policy] as const),
    ...(isManaged ? [["permissionsBoundary.managedPolicy", permissionsBoundary.managedPolicy] as const] : []),
  ];
  return all.flatMap(([key, policy]) =>
    policy.startsWith("arn:") && partitionOf(policy) !== partition
      ? {
          path: `${path}.${key}`,
          found: `${policy}, a policy of partition ${partitionOf(policy)}`,
          allowed: `policies of the instance's partition, ${partition}`,
          toDo: "write the policy's name alone",
        }
      : [],
  );
}

function documentOf(inlinePolicy: unknown): PolicyDocument | undefined {
  return (typeof inlinePolicy === "string" ? JSON.parse(inlinePolicy) : inlinePolicy) as PolicyDocument | undefined;
}

function boundaryOf(
  { permissionsBoundary }: PolicySettings,
  managedPolicy: (nameOrArn: string) => Policy | undefined,
): { policy?: Policy; notChecked: readonly string[] } {
  if (permissionsBoundary === undefined) {
    return { notChecked: [] };
  }
  if ("customerManagedPolicy" in permissionsBoundary) {
    const { path, name } = permissionsBoundary.customerManagedPolicy;
    const where = "which can be another policy in every account";
    return { notChecked: [`the permissions boundary is the customer managed policy ${path}${name}, ${where}`] };
  }
  const policy = managedPolicy(permissionsBoundary.managedPolicy);
  return policy === undefined
    ? { notChecked: [`the permissions boundary is ${permissionsBoundary.managedPolicy}, which is not read`] }
    : { policy: { ...policy, name: permissionsBoundary.managedPolicy }, notChecked: [] };
}
