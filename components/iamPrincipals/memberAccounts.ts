import { StackSet } from "@pulumi/aws-native/cloudformation";
import { StackSetInstance } from "@pulumi/aws/cloudformation";
import { Policy, RolePolicyAttachment } from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";
import type { StackInstance } from "../aws/stackSets";
import type { PolicyDocument } from "../grants/policyDocument";
import { policyText } from "../grants/policyDocument";
import { policyTemplate } from "./policyTemplate";
import { sessionPolicyDescription, stackSetDescription } from "./sessionPolicy";

export interface MemberAccountsArgs {
  /** The policy's name in every account. */
  readonly policyName: string;
  /** The StackSet's name, by which its instances are looked up before there is any. */
  readonly stackSetName: string;
  /** Names of roles that every account in the units has; the policy is attached to them. */
  readonly attachTo: readonly string[];
  /** The units whose accounts get the policy, with all below them. */
  readonly organizationalUnits: readonly { readonly id: string; readonly path: string }[];
  /** The accounts that do not have the policy as the StackSet had it before this update. */
  readonly outdated: readonly StackInstance[];
  /** Where the accounts' stacks are kept: the instance's primary Region, since IAM has none and every account has that one. */
  readonly region: string;
  /** The roles of attachTo that the management account has and those that it lacks, when it lies in one of the units. */
  readonly managementAccount: { readonly roles: readonly string[]; readonly without: readonly string[] } | undefined;
}

/** All accounts at once, where AWS lets it be; the first that fails makes the operation fail, and not the other accounts. */
const operationPreferences = { concurrencyMode: "SOFT_FAILURE_TOLERANCE", maxConcurrentPercentage: 100 } as const;

/**
 * A policy in other accounts of the organization: a StackSet with service-managed permissions deploys it to organizational units, and
 * to accounts that come to them later. StackSets never reach the management account, which gets the same policy directly.
 */
export class MemberAccounts extends pulumi.ComponentResource {
  constructor(
    name: string,
    args: MemberAccountsArgs & { readonly document: PolicyDocument },
    options?: pulumi.ComponentResourceOptions,
  ) {
    super("identity-aware-sessions:index:MemberAccounts", name, {}, options);
    const { document, region, organizationalUnits, managementAccount, outdated } = args;
    const parent = { parent: this };
    const stackSet = new StackSet(
      `${name}-stack-set`,
      {
        stackSetName: args.stackSetName,
        description: stackSetDescription,
        permissionModel: "SERVICE_MANAGED",
        autoDeployment: { enabled: true, retainStacksOnAccountRemoval: false },
        managedExecution: { active: true },
        capabilities: ["CAPABILITY_NAMED_IAM"],
        operationPreferences,
        templateBody: policyTemplate(args, document),
      },
      parent,
    );
    for (const { id } of organizationalUnits) {
      // By a resource of their own, which knows what it has deployed where: the StackSet's own list of instances is write-only, so
      // that nothing would be taken back from a unit that leaves it, and AWS refuses to delete a StackSet that has any.
      new StackSetInstance(
        `${name}-in-${id}`, // not by its path: a unit that is renamed is the same unit
        {
          stackSetName: stackSet.stackSetName,
          deploymentTargets: { organizationalUnitIds: [id] },
          stackSetInstanceRegion: region,
          operationPreferences,
        },
        // The other way round the deletion would take what has just been made: an account has one stack of a StackSet.
        { ...parent, deleteBeforeReplace: true },
      );
    }
    if (outdated.length > 0) {
      void pulumi.log.warn(outdatedText(args), stackSet);
    }
    if (managementAccount !== undefined) {
      this.deployDirectly(name, args, managementAccount);
    }
    this.registerOutputs({});
  }

  private deployDirectly(
    name: string,
    { policyName, document }: MemberAccountsArgs & { readonly document: PolicyDocument },
    { roles, without }: NonNullable<MemberAccountsArgs["managementAccount"]>,
  ): void {
    const policy = new Policy(
      `${name}-policy`,
      { name: policyName, description: sessionPolicyDescription, policy: policyText(document) },
      { parent: this },
    );
    for (const role of roles) {
      new RolePolicyAttachment(`${name}-role-${role}`, { role, policyArn: policy.arn }, { parent: this });
    }
    if (without.length > 0 && pulumi.runtime.isDryRun()) {
      const text =
        `The management account has no role ${without.join(", no role ")} of its own, so ${policyName} is not attached there; in the ` +
        "member accounts, where it must exist, nobody looks before the update.";
      void pulumi.log.info(text, policy);
    }
  }
}

/** StackSets do not deploy again by themselves what failed, nor does either plugin: the update after a failed one would say nothing of it. */
function outdatedText({ stackSetName, outdated, organizationalUnits, region }: MemberAccountsArgs): string {
  const accounts = outdated.map(
    ({ account, status, statusReason = "no reason given" }) => `${account} (${status}: ${statusReason})`,
  );
  const units = organizationalUnits.map(({ id }) => id).join(",");
  return (
    `Before this operation ${outdated.length === 1 ? "an account" : `${outdated.length} accounts`} did not have the policy of the StackSet ` +
    `${stackSetName} as it was to be: ${accounts.join(", ")}. Only an update that changes the policy or its roles deploys it again; ` +
    "otherwise see to the reasons there, then run `aws cloudformation update-stack-instances --stack-set-name " +
    `${stackSetName} --deployment-targets OrganizationalUnitIds=${units} --regions ${region} --region ${region}\`.`
  );
}
