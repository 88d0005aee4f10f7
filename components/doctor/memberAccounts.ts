import { grantsSetContext } from "../../policy-pack/iam/setContext";
import { LookUpError } from "../aws/lookUp";
import { type StackInstance, StackSetReader } from "../aws/stackSets";
import { ofEverySession } from "../grants/grantingPolicy";
import { partitionOf } from "../grants/policyDocument";
import { readPolicyTemplate } from "../iamPrincipals/policyTemplate";
import { stackSetDescription } from "../iamPrincipals/sessionPolicy";
import type { DoctorContext } from "./context";
import { couldNotTell, dependent, finding, type Finding, type Said } from "./finding";
import { parsed } from "./managedPolicyTexts";

const check = "set-context-member-accounts";
const shown = 5;

/** Of StackSets: what is told of each, and whether roles of some account have sts:SetContext by one of them. */
export interface ByStackSets {
  readonly findings: readonly Finding[];
  readonly isAnybody: boolean;
}

/**
 * Where StackSets of `iamPrincipals.memberAccounts` have deployed the policy with sts:SetContext; only reads. What else grants it in
 * member accounts would have to be asked in each of them.
 */
export async function memberAccounts({
  question: { connection },
  caller,
  managementAccountId,
}: DoctorContext): Promise<ByStackSets> {
  const { account, arn } = await caller();
  try {
    const management = await managementAccountId();
    if (management === undefined) {
      return nobody(dependent(check, "organization"));
    }
    if (account !== management) {
      return nobody(
        finding(check, {
          state: "note",
          seen: `not asked: StackSets tell the management account, ${management}, where they deploy; the caller's is ${account}`,
        }),
      );
    }
    const reader = new StackSetReader(connection);
    const names = await reader.namesOf(stackSetDescription);
    if (names.length === 0) {
      return nobody(
        finding(check, {
          state: "note",
          seen: `no StackSet of identity-aware-sessions:iamPrincipals.memberAccounts is in ${connection.region}; what else grants sts:SetContext in member accounts cannot be seen from here`,
        }),
      );
    }
    const judged = await Promise.all(
      names.map(async (name) => {
        const [templateBody, instances] = await Promise.all([reader.templateBody(name), reader.instances(name)]);
        return judge(name, templateBody, instances, partitionOf(arn));
      }),
    );
    return {
      findings: judged.map(({ said }) => finding(check, said)),
      isAnybody: judged.some((each) => each.isAnybody),
    };
  } catch (error) {
    if (error instanceof LookUpError) {
      return nobody(couldNotTell(check, error.failed));
    }
    throw error;
  }
}

function nobody(told: Finding): ByStackSets {
  return { findings: [told], isAnybody: false };
}

function judge(
  name: string,
  templateBody: string,
  instances: readonly StackInstance[],
  partition: string,
): { readonly said: Said; readonly isAnybody: boolean } {
  const policy = readPolicyTemplate(templateBody);
  if (policy === undefined || !isGranting(policy.document, partition)) {
    const seen = `the StackSet ${name} deploys a template whose policy does not grant sts:SetContext`;
    const toDo = "run `pulumi refresh`, then `pulumi up`, which gives it the stack's template";
    return { said: { state: "not ready", seen, toDo }, isAnybody: false };
  }
  const { policyName, attachTo } = policy;
  const current = instances.filter(({ status }) => status === "CURRENT");
  const others = instances.filter(({ status }) => status !== "CURRENT");
  const roles = attachTo.length === 0 ? "no role by it" : `role ${attachTo.join(", role ")}`;
  const seen = [
    `the StackSet ${name} has deployed ${policyName}, with sts:SetContext and attached to ${roles}, to ${accounts(current.map((each) => each.account))}`,
    ...(others.length === 0 ? [] : [`and not, or not as it is now, to ${accounts(others.map(withReason))}`]),
  ].join("; ");
  const isAnybody = attachTo.length > 0 && current.length > 0;
  if (others.length > 0) {
    const toDo = "see to the reasons there, then `aws cloudformation update-stack-instances` deploys it again";
    return { said: { state: "not ready", seen, toDo }, isAnybody };
  }
  return { said: { state: current.length > 0 ? "ready" : "note", seen }, isAnybody };
}

function isGranting(document: object, partition: string): boolean {
  const policy = parsed("the policy", document);
  const question = { partition, context: ofEverySession };
  return !("notRead" in policy) && grantsSetContext({ ...question, identityPolicies: [policy] }).accounts === "every";
}

function accounts(those: readonly string[]): string {
  const rest = those.length > shown ? ` and ${those.length - shown} more` : "";
  const names = those.length === 0 ? "" : `: ${those.slice(0, shown).join(", ")}${rest}`;
  return `${those.length} account${those.length === 1 ? "" : "s"}${names}`;
}

function withReason({ account, status, statusReason }: StackInstance): string {
  return `${account} (${status}${statusReason === undefined ? "" : `: ${statusReason}`})`;
}
