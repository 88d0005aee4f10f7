import type * as pulumi from "@pulumi/pulumi";
import { DynamicResource } from "../dynamicResource";
import type { IamPrincipals } from "../iamPrincipals/iamPrincipals";
import type { OrganizationInstance } from "../organizationInstance/organizationInstance";
import type { Grants } from "./grants";
import type { StackRecordInputs } from "./stackRecordRules";

export interface StackRecordArgs {
  readonly instance: OrganizationInstance;
  readonly grants: Grants;
  /** Undefined where the stack names no IAM principals. */
  readonly iam: IamPrincipals | undefined;
  /** What the stack's configuration says of the switch. */
  readonly switch: StackRecordInputs["switch"];
  /** What else the stack is made of. */
  readonly others: readonly (pulumi.Resource | undefined)[];
}

/**
 * What a stack has that its next update may take away. It makes nothing in AWS. A program does not see what it no longer
 * declares, nor is a provider asked about it at preview; this record is what tells then that a permission set would go with
 * all its assignments. It depends on everything else, so that a destroy comes to it first and can be refused as a whole.
 */
export class StackRecord extends DynamicResource {
  constructor(name: string, { instance, grants, iam, switch: { mode, onDestroy }, others }: StackRecordArgs) {
    const record: StackRecordInputs = {
      permissionSets: grants.recorded,
      switch: { mode, onDestroy },
      ...(iam?.organizationalUnits !== undefined && { organizationalUnits: iam.organizationalUnits }),
      declared: [...instance.declared, ...(mode === "manage" ? (["switch.mode"] as const) : [])],
    };
    const dependsOn = [instance, grants, ...[iam, ...others].filter((other) => other !== undefined)];
    super("grants", "grants:StackRecord", name, { ...record }, { dependsOn });
  }
}
