import * as pulumi from "@pulumi/pulumi";
import { grantsProvider } from "./grantsProvider";

export interface AssignmentCountsArgs {
  /** How many assignments the stack makes of each permission set, by its name: { Developer: 2 }. */
  counts: Readonly<Record<string, number>>;
}

/**
 * How many assignments a stack has of each permission set. It makes nothing in AWS. A program does not see what it no longer
 * declares, nor is a provider asked about it at preview; these counts are what tells then that a permission set would go with
 * all its assignments.
 */
export class AssignmentCounts extends pulumi.dynamic.Resource {
  declare readonly counts: pulumi.Output<Record<string, number>>;

  constructor(name: string, { counts }: AssignmentCountsArgs, options?: pulumi.CustomResourceOptions) {
    super(grantsProvider, name, { counts }, options, "grants", "AssignmentCounts");
  }
}
