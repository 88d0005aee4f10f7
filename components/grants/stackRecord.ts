import * as pulumi from "@pulumi/pulumi";
import { grantsProvider } from "./grantsProvider";
import type { StackRecordInputs } from "./stackRecordRules";

/**
 * What a stack has that its next update may take away. It makes nothing in AWS. A program does not see what it no longer
 * declares, nor is a provider asked about it at preview; this record is what tells then that a permission set would go with
 * all its assignments. It depends on everything else, so that a destroy comes to it first and can be refused as a whole.
 */
export class StackRecord extends pulumi.dynamic.Resource {
  constructor(name: string, record: StackRecordInputs, options?: pulumi.CustomResourceOptions) {
    super(grantsProvider, name, { ...record }, options, "grants", "StackRecord");
  }
}
