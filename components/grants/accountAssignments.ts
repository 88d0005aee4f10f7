import * as pulumi from "@pulumi/pulumi";
import { DynamicResource } from "../dynamicResource";
import type { AssignmentMaps } from "./assignmentKeys";

export interface AccountAssignmentsArgs {
  /** A change replaces the resource. */
  instanceArn: pulumi.Input<string>;
  /** A change replaces the resource. */
  permissionSetArn: pulumi.Input<string>;
  /** Who gets the permission set where, by readable names with their ids. */
  maps: AssignmentMaps;
}

/** Everybody who has one permission set, and where. Assignments that exist already are adopted. */
export class AccountAssignments extends DynamicResource {
  declare readonly assignments: pulumi.Output<Record<string, string>>;

  constructor(name: string, args: AccountAssignmentsArgs, options?: pulumi.CustomResourceOptions) {
    const { instanceArn, permissionSetArn, maps } = args;
    super(
      "grants",
      "grants:AccountAssignments",
      name,
      { instanceArn, permissionSetArn, ...maps },
      pulumi.mergeOptions({ replaceOnChanges: ["instanceArn", "permissionSetArn"] }, options),
    );
  }
}
