import { GroupPolicyAttachment, Policy, RolePolicyAttachment, UserPolicyAttachment } from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";
import { partitionOf, policyText, withSetContext } from "../grants/policyDocument";

export interface IamPrincipalsArgs {
  /** Names of IAM roles of the stack's account. */
  readonly roles: readonly string[];
  /** Names of its IAM users. */
  readonly users: readonly string[];
  /** Names of its IAM groups. */
  readonly groups: readonly string[];
}

/**
 * Those who reach the console without permission sets, as IAM users, by assuming roles or by federation, and whose sessions may become
 * identity-aware: sts:SetContext on the session itself as one policy, attached to them.
 */
export class IamPrincipals extends pulumi.ComponentResource {
  readonly policyArn: pulumi.Output<string>;

  /** @param instanceArn of the instance of IAM Identity Center, whose partition the policy is for. */
  constructor(
    name: string,
    { roles, users, groups }: IamPrincipalsArgs,
    instanceArn: string,
    options?: pulumi.ComponentResourceOptions,
  ) {
    super("identity-aware-sessions:index:IamPrincipals", name, {}, options);
    const parent = { parent: this };
    const policy = new Policy(
      `${name}-policy`,
      {
        description: "Lets its holders' console sessions become identity-aware (sts:SetContext on their own session)",
        policy: policyText(withSetContext(undefined, partitionOf(instanceArn))),
      },
      parent,
    );
    const { arn: policyArn } = policy;
    roles.forEach((role) => new RolePolicyAttachment(`${name}-role-${role}`, { role, policyArn }, parent));
    users.forEach((user) => new UserPolicyAttachment(`${name}-user-${user}`, { user, policyArn }, parent));
    groups.forEach((group) => new GroupPolicyAttachment(`${name}-group-${group}`, { group, policyArn }, parent));
    this.policyArn = policyArn;
    this.registerOutputs({ policyArn });
  }

  /** Nothing where nobody is named. */
  static of(
    name: string,
    args: IamPrincipalsArgs,
    instanceArn: string,
    options?: pulumi.ComponentResourceOptions,
  ): IamPrincipals | undefined {
    const { roles, users, groups } = args;
    return [...roles, ...users, ...groups].length > 0 ? new IamPrincipals(name, args, instanceArn, options) : undefined;
  }
}
