import * as pulumi from "@pulumi/pulumi";
import { DynamicResource } from "../dynamicResource";
import type { OnDestroy } from "./switchProvider";

export interface SwitchArgs {
  /** The organization instance of IAM Identity Center whose sessions are switched on. A change replaces the resource. */
  instanceArn: pulumi.Input<string>;
  /** Whether destroying the resource leaves the sessions on ("keep") or tries to delete the application behind them. */
  onDestroy: pulumi.Input<OnDestroy>;
}

/** "Enable identity-aware sessions" of an instance. Adopts what is on already. */
export class Switch extends DynamicResource {
  declare readonly instanceArn: pulumi.Output<string>;
  declare readonly onDestroy: pulumi.Output<OnDestroy>;
  /** The IAM Identity Center application that represents the AWS Management Console. */
  declare readonly applicationArn: pulumi.Output<string>;
  /** "Enabled" once AWS lists the application. */
  declare readonly status: pulumi.Output<string>;
  /** Whether the application was there before this stack. */
  declare readonly adopted: pulumi.Output<boolean>;

  constructor(name: string, args: SwitchArgs, options?: pulumi.CustomResourceOptions) {
    super(
      "identityAwareSessions",
      "identityAwareSessions:Switch",
      name,
      { ...args, applicationArn: undefined, status: undefined, adopted: undefined },
      pulumi.mergeOptions({ replaceOnChanges: ["instanceArn"] }, options),
    );
  }
}
