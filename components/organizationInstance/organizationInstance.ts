import * as pulumi from "@pulumi/pulumi";
import type { Instance } from "./findInstance";

export interface OrganizationInstanceArgs {
  /** What `findInstance` found and checked. */
  instance: Instance;
}

/** The organization instance of IAM Identity Center; what a stack sets on it belongs below this component. */
export class OrganizationInstance extends pulumi.ComponentResource {
  readonly arn: pulumi.Output<string>;
  readonly identityStoreId: pulumi.Output<string>;
  readonly primaryRegion: pulumi.Output<string>;

  constructor(name: string, { instance }: OrganizationInstanceArgs, options?: pulumi.ComponentResourceOptions) {
    super("identity-aware-sessions:index:OrganizationInstance", name, {}, options);
    this.arn = pulumi.output(instance.arn);
    this.identityStoreId = pulumi.output(instance.identityStoreId);
    this.primaryRegion = pulumi.output(instance.primaryRegion);
    this.registerOutputs({ arn: this.arn, identityStoreId: this.identityStoreId, primaryRegion: this.primaryRegion });
  }
}
