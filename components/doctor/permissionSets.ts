import { IamReader } from "../aws/iam";
import { allInParallel } from "../aws/inParallel";
import { LookUpError } from "../aws/lookUp";
import { paced } from "../aws/pacing";
import { PermissionSetPolicyReader } from "../aws/permissionSetPolicies";
import { PermissionSetReader } from "../aws/permissionSets";
import { ofEverySession } from "../grants/grantingPolicy";
import { partitionOf } from "../grants/policyDocument";
import type { DoctorContext } from "./context";
import { judgePrincipal } from "./judgePrincipal";
import { ManagedPolicyTexts, parsed, policyOf, type ReadPolicy } from "./managedPolicyTexts";
import type { Principal } from "./reportSchema";

/** Principals of one kind, and the actions that were missing to judge them all. */
export interface JudgedPrincipals {
  readonly principals: readonly Principal[];
  readonly lacks: readonly string[];
}

/** Of the 20 calls a second that IAM Identity Center takes, some are left to others. */
const usualCallsPerSecond = 15;

/**
 * Judges every permission set of the instance; only reads. Customer managed policies are not read: each account may have another one.
 *
 * @throws LookUpError when they cannot be listed
 */
export async function judgePermissionSets(
  { question: { connection, callsPerSecond = usualCallsPerSecond } }: DoctorContext,
  instance: { readonly arn: string; readonly permissionSetsEnabled: boolean },
): Promise<JudgedPrincipals> {
  const pace = paced(callsPerSecond);
  const reader = new PermissionSetReader(connection, instance);
  const policies = new PermissionSetPolicyReader(connection, instance.arn, pace);
  const managed = new ManagedPolicyTexts(new IamReader(connection));
  const principals: Principal[] = [];
  const lacks = new Set<string>();

  /** What could be read; of what could not, why. */
  async function tried<T>(read: Promise<T>, notRead: string[], what: string): Promise<T | undefined> {
    try {
      return await read;
    } catch (error) {
      if (!(error instanceof LookUpError)) {
        throw error;
      }
      const { action, isDenied, said } = error.failed;
      if (isDenied) {
        lacks.add(action);
      }
      notRead.push(`${what}: ${isDenied ? `the caller may not do ${action}` : `AWS said ${said}`}`);
      return undefined;
    }
  }

  async function judged(arn: string): Promise<Principal> {
    const notRead: string[] = [];
    const known = (read: ReadPolicy) => policyOf(read, notRead, lacks);
    const [name, inline, attached, customers, boundary] = await Promise.all([
      tried(
        pace().then(() => reader.nameOf(arn)),
        [],
        "",
      ),
      tried(policies.inlinePolicy(arn), notRead, "the inline policy"),
      tried(policies.managedPolicies(arn), notRead, "the AWS managed policies"),
      tried(policies.customerManagedPolicies(arn), notRead, "the customer managed policies"),
      tried(policies.permissionsBoundary(arn), notRead, "the permissions boundary"),
    ]);
    const ofInline = inline === undefined ? [] : (known(parsed("the inline policy", inline)) ?? []);
    const texts = await Promise.all((attached ?? []).map((policy) => managed.read(policy)));
    const identityPolicies = [ofInline, texts.flatMap((text) => known(text) ?? [])].flat();
    const { ManagedPolicyArn: limit, CustomerManagedPolicyReference: own } = boundary ?? {};
    if (own !== undefined) {
      notRead.push(
        `the permissions boundary is the customer managed policy ${own.Path ?? "/"}${own.Name ?? ""}, which can be another one in every account`,
      );
    }
    const principal = judgePrincipal(
      { kind: "permission set", name: name ?? arn, arn },
      {
        partition: partitionOf(instance.arn),
        identityPolicies,
        permissionsBoundary: limit === undefined ? undefined : known(await managed.read(limit)),
        context: ofEverySession,
        notRead,
        notReadAndTrusted: (customers ?? []).map(
          (policy) => `the customer managed policy ${policy}, which can be another one in every account`,
        ),
      },
    );
    // Where nothing is granted nobody asks who has it.
    if (principal.setContext === "not granted") {
      return principal;
    }
    const unknown: string[] = [];
    const accountIds = await tried(policies.accounts(arn), unknown, "where it is assigned");
    return accountIds === undefined
      ? { ...principal, notRead: [...principal.notRead, ...unknown] }
      : { ...principal, accounts: accountIds.length, accountIds };
  }

  const arns = await reader.arns();
  await allInParallel(4, arns, async (arn) => void principals.push(await judged(arn)));
  return { principals: principals.sort((a, b) => a.name.localeCompare(b.name)), lacks: [...lacks] };
}
