import { Policy, RolePolicyAttachment } from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";
import { policyText } from "../grants/policyDocument";
import { enablerPolicy } from "./enablerPermissions";

export interface EnablersArgs {
  /** Names of IAM roles of the account that get the permissions of enabling; without any, nothing is made. */
  roles: readonly string[];
}

/** Those who may switch identity-aware sessions on: the nine permissions as one policy, attached to roles. */
export class Enablers extends pulumi.ComponentResource {
  /** The policy's ARN; undefined without roles. */
  readonly policyArn: pulumi.Output<string | undefined>;

  constructor(name: string, { roles }: EnablersArgs, options?: pulumi.ComponentResourceOptions) {
    super("identity-aware-sessions:index:Enablers", name, {}, options);
    this.policyArn = roles.length === 0 ? pulumi.output(undefined) : this.attached(name, roles).arn;
    this.registerOutputs({ policyArn: this.policyArn });
  }

  /** Nothing where nobody is named. Whatever becomes of the switch: somebody else may turn it on with them. */
  static of(name: string, args: EnablersArgs, options?: pulumi.ComponentResourceOptions): Enablers | undefined {
    return args.roles.length > 0 ? new Enablers(name, args, options) : undefined;
  }

  private attached(name: string, roles: readonly string[]): Policy {
    const policy = new Policy(
      `${name}-policy`,
      {
        description: "Lets its holders switch on identity-aware sessions of IAM Identity Center",
        policy: policyText(enablerPolicy()),
      },
      { parent: this },
    );
    for (const role of roles) {
      new RolePolicyAttachment(`${name}-${role}`, { role, policyArn: policy.arn }, { parent: this });
    }
    return policy;
  }
}
