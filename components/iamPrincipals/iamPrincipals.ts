import { GroupPolicyAttachment, Policy, RolePolicyAttachment, UserPolicyAttachment } from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";
import { partitionOf, type PolicyDocument, policyText, withSetContext } from "../grants/policyDocument";
import { MemberAccounts, type MemberAccountsArgs } from "./memberAccounts";
import { sessionPolicyDescription } from "./sessionPolicy";

export interface IamPrincipalsArgs {
  /** Names of IAM roles of the stack's account. */
  readonly roles: readonly string[];
  /** Names of its IAM users. */
  readonly users: readonly string[];
  /** Names of its IAM groups. */
  readonly groups: readonly string[];
  /** Where else in the organization the same policy goes; nowhere unless given. */
  readonly memberAccounts?: MemberAccountsArgs | undefined;
}

/**
 * Those who reach the console without permission sets, as IAM users, by assuming roles or by federation, and whose sessions may become
 * identity-aware: sts:SetContext on the session itself as one policy, attached to them, and in other accounts as well.
 */
export class IamPrincipals extends pulumi.ComponentResource {
  /** Of the policy that is attached to those named; undefined when nobody is. */
  readonly policyArn: pulumi.Output<string> | undefined;
  /** Paths of the units whose accounts get the policy; undefined without any. */
  readonly organizationalUnits: readonly string[] | undefined;

  /** @param instanceArn of the instance of IAM Identity Center, whose partition the policy is for. */
  constructor(name: string, args: IamPrincipalsArgs, instanceArn: string, options?: pulumi.ComponentResourceOptions) {
    super("identity-aware-sessions:index:IamPrincipals", name, {}, options);
    const document = withSetContext(undefined, partitionOf(instanceArn));
    this.policyArn = namesAnybody(args) ? this.attached(name, args, document) : undefined;
    this.organizationalUnits = args.memberAccounts?.organizationalUnits.map(({ path }) => path);
    if (args.memberAccounts !== undefined) {
      new MemberAccounts(`${name}-member-accounts`, { ...args.memberAccounts, document }, { parent: this });
    }
    this.registerOutputs({ ...(this.policyArn !== undefined && { policyArn: this.policyArn }) });
  }

  /** Nothing where nobody is named, and no account. */
  static of(
    name: string,
    args: IamPrincipalsArgs,
    instanceArn: string,
    options?: pulumi.ComponentResourceOptions,
  ): IamPrincipals | undefined {
    return namesAnybody(args) || args.memberAccounts !== undefined
      ? new IamPrincipals(name, args, instanceArn, options)
      : undefined;
  }

  private attached(
    name: string,
    { roles, users, groups }: IamPrincipalsArgs,
    document: PolicyDocument,
  ): pulumi.Output<string> {
    const parent = { parent: this };
    const policy = new Policy(
      `${name}-policy`,
      { description: sessionPolicyDescription, policy: policyText(document) },
      parent,
    );
    const { arn: policyArn } = policy;
    roles.forEach((role) => new RolePolicyAttachment(`${name}-role-${role}`, { role, policyArn }, parent));
    users.forEach((user) => new UserPolicyAttachment(`${name}-user-${user}`, { user, policyArn }, parent));
    groups.forEach((group) => new GroupPolicyAttachment(`${name}-group-${group}`, { group, policyArn }, parent));
    return policyArn;
  }
}

function namesAnybody({ roles, users, groups }: IamPrincipalsArgs): boolean {
  return [...roles, ...users, ...groups].length > 0;
}
