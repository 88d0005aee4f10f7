import * as awsNative from "@pulumi/aws-native";
import * as pulumi from "@pulumi/pulumi";
import type { PermissionSetSettings } from "../settings/settings";
import { AccountAssignments } from "./accountAssignments";
import type { AssignmentMaps } from "./assignmentKeys";
import { managedPolicyArn, policyText, withSetContext } from "./policyDocument";

export interface GrantsArgs {
  /** The organization instance of IAM Identity Center that the permission sets belong to. */
  instanceArn: pulumi.Input<string>;
  /** The instance's partition, for the ARNs in policies: aws, aws-us-gov, aws-cn, ... */
  partition: string;
  /** The permission sets by name; each is given sts:SetContext beside what it says itself. */
  permissionSets: Readonly<Record<string, PermissionSetSettings>>;
  /** Who gets which permission set where, by permission set; one without an entry is assigned to nobody. */
  assignments: Readonly<Record<string, AssignmentMaps>>;
}

/** The permission sets whose sessions may become identity-aware, and their assignments. */
export class Grants extends pulumi.ComponentResource {
  /** The permission sets' ARNs by name. */
  readonly permissionSetArns: pulumi.Output<Record<string, string>>;

  constructor(name: string, args: GrantsArgs, options?: pulumi.ComponentResourceOptions) {
    super("identity-aware-sessions:index:Grants", name, {}, options);
    const arns = Object.entries(args.permissionSets).map(([setName, settings]) => {
      const permissionSet = this.permissionSet(name, setName, settings, args);
      this.assignments(name, setName, permissionSet, args);
      return [setName, permissionSet.permissionSetArn] as const;
    });
    this.permissionSetArns = pulumi.output(Object.fromEntries(arns));
    this.registerOutputs({ permissionSetArns: this.permissionSetArns });
  }

  private permissionSet(
    name: string,
    setName: string,
    settings: PermissionSetSettings,
    { instanceArn, partition }: GrantsArgs,
  ) {
    const { description, sessionDuration, managedPolicies, inlinePolicy } = settings;
    const tags = Object.entries(settings.tags).map(([key, value]) => ({ key, value }));
    return new awsNative.sso.PermissionSet(
      `${name}-${setName}`,
      {
        instanceArn,
        name: setName,
        ...(description !== undefined && { description }),
        sessionDuration,
        managedPolicies: managedPolicies.map((policy) => managedPolicyArn(policy, partition)),
        // As text, because that is how Cloud Control reads it back: an object would be drift after every refresh.
        inlinePolicy: policyText(withSetContext(inlinePolicy, partition)),
        // Left out when there are none, because Cloud Control reads no tags back as no property, not as an empty list.
        ...(tags.length > 0 && { tags }),
      },
      { parent: this },
    );
  }

  private assignments(
    name: string,
    setName: string,
    permissionSet: awsNative.sso.PermissionSet,
    args: GrantsArgs,
  ): void {
    const maps = args.assignments[setName];
    if (maps !== undefined && Object.keys(maps.assignments).length > 0) {
      const { permissionSetArn } = permissionSet;
      new AccountAssignments(
        `${name}-${setName}-assignments`,
        { instanceArn: args.instanceArn, permissionSetArn, maps },
        { parent: this },
      );
    }
  }
}
