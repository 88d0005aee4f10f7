import { PermissionSet } from "@pulumi/aws-native/sso";
import * as pulumi from "@pulumi/pulumi";
import type { Policy } from "../../policy-pack/iam/policy";
import { AccountAssignments } from "./accountAssignments";
import type { AssignmentMaps } from "./assignmentKeys";
import type { RecordedPermissionSet } from "./stackRecordRules";
import { permissionSetArgs } from "./permissionSetArgs";
import { type GrantedPermissionSet, inlinePolicyText, judgePolicies, type JudgedPolicies } from "./permissionSetPolicy";
import { importId } from "./permissionSetNames";
import type { PolicyStatement } from "./policyDocument";

export interface GrantsArgs {
  /** The organization instance of IAM Identity Center that the permission sets belong to. */
  instanceArn: pulumi.Input<string>;
  /** The instance's partition, for the ARNs in policies: aws, aws-us-gov, aws-cn, ... */
  partition: string;
  /** The permission sets by name; each that is not `existing` is given sts:SetContext beside what it says itself. */
  permissionSets: Readonly<Record<string, GrantedPermissionSet>>;
  /** Who gets which permission set where, by permission set; one without an entry is assigned to nobody. */
  assignments: Readonly<Record<string, AssignmentMaps>>;
  /** The ARNs of the permission sets that are `existing`, by name. Default: none. */
  existing?: Readonly<Record<string, string>>;
  /** What the inline policies are given beside sts:SetContext, by permission set. Default: nothing. */
  statements?: Readonly<Record<string, readonly PolicyStatement[]>>;
  /** AWS managed policies beside those that are known anyway, by ARN. Default: none; what is not known is not judged. */
  managedPolicies?: Readonly<Record<string, Policy>>;
}

/** The permission sets whose sessions may become identity-aware, and their assignments. */
export class Grants extends pulumi.ComponentResource {
  /** The permission sets' ARNs by name. */
  readonly permissionSetArns: pulumi.Output<Record<string, string>>;
  /** The permission sets that the stack manages, by name. */
  readonly managed: Readonly<Record<string, PermissionSet>>;
  /** What the stack's record says of the permission sets. */
  readonly recorded: Readonly<Record<string, RecordedPermissionSet>>;
  /** Whether any of the permission sets is assigned to anybody. */
  readonly isAssigned: boolean;

  /** @throws RunError with every policy that would not grant sts:SetContext, so far as policies are known by now. */
  constructor(name: string, args: GrantsArgs, options?: pulumi.ComponentResourceOptions) {
    const policies = judgePolicies(args.permissionSets, args);
    super("identity-aware-sessions:index:Grants", name, {}, options);
    const managed = Object.entries(policies).map(([setName, policy]) => {
      return [setName, this.permissionSet(name, setName, policy, args)] as const;
    });
    this.managed = Object.fromEntries(managed);
    const arns: Record<string, pulumi.Input<string>> = {
      ...args.existing,
      ...Object.fromEntries(managed.map(([setName, { permissionSetArn }]) => [setName, permissionSetArn])),
    };
    for (const [setName, arn] of Object.entries(arns)) {
      this.assignments(name, setName, arn, args);
    }
    this.recorded = Object.fromEntries(
      Object.keys(args.permissionSets).map((setName) => {
        const assignments = Object.keys(args.assignments[setName]?.assignments ?? {}).length;
        return [setName, { assignments, isManaged: setName in this.managed }];
      }),
    );
    this.isAssigned = Object.values(this.recorded).some(({ assignments }) => assignments > 0);
    this.permissionSetArns = pulumi.output(arns);
    this.registerOutputs({ permissionSetArns: this.permissionSetArns });
  }

  private permissionSet(
    name: string,
    setName: string,
    policy: JudgedPolicies[string],
    args: GrantsArgs,
  ): PermissionSet {
    const { instanceArn, partition, permissionSets } = args;
    const settings = permissionSets[setName] as GrantedPermissionSet;
    const inlinePolicy = inlinePolicyText(setName, settings, args, policy);
    return new PermissionSet(
      `${name}-${setName}`,
      permissionSetArgs(setName, settings, instanceArn, partition, inlinePolicy),
      { parent: this, ...(settings.import !== undefined && { import: importId(settings.import) }) },
    );
  }

  private assignments(name: string, setName: string, permissionSetArn: pulumi.Input<string>, args: GrantsArgs): void {
    const maps = args.assignments[setName];
    if (maps !== undefined && Object.keys(maps.assignments).length > 0) {
      new AccountAssignments(
        `${name}-${setName}-assignments`,
        { instanceArn: args.instanceArn, permissionSetArn, maps },
        { parent: this },
      );
    }
  }
}
