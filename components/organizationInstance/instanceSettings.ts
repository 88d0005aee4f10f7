import * as pulumi from "@pulumi/pulumi";
import { DynamicResource } from "../dynamicResource";

export interface InstanceSettingsArgs {
  /** The organization instance of IAM Identity Center. A change replaces the resource. */
  instanceArn: pulumi.Input<string>;
  /** The instance's name; left out, it stays as it is. So do all others. */
  name?: pulumi.Input<string>;
  /** ARN of the customer managed KMS key that encrypts the instance's data. */
  kmsKeyArn?: pulumi.Input<string>;
  /** Turns permission sets on, which cannot be undone. */
  permissionSetsEnabled?: pulumi.Input<true>;
  /** Regions beside the primary one. Of those taken out again, the ones that this stack added are removed from the instance. */
  additionalRegions?: pulumi.Input<readonly string[]>;
  /** Set while the stack manages the attributes for access control: whether it makes them, or takes over those that are there. */
  accessControlAttributes?: pulumi.Input<"create" | "import">;
}

/** What an instance of IAM Identity Center has of settings that no other provider sets. Adopts what is so already. */
export class InstanceSettings extends DynamicResource {
  declare readonly instanceArn: pulumi.Output<string>;
  /** Those additional Regions that this stack added itself. */
  declare readonly addedRegions: pulumi.Output<string[]>;

  constructor(name: string, args: InstanceSettingsArgs, options?: pulumi.CustomResourceOptions) {
    super(
      "instanceSettings",
      "organizationInstance:InstanceSettings",
      name,
      { ...args, addedRegions: undefined },
      pulumi.mergeOptions({ replaceOnChanges: ["instanceArn"] }, options),
    );
  }
}
