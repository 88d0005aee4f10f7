import { InstanceAccessControlAttributeConfiguration } from "@pulumi/aws-native/sso";
import * as pulumi from "@pulumi/pulumi";
import type { Instance } from "./findInstance";
import { InstanceSettings } from "./instanceSettings";
import type { WantedInstance } from "./wantedInstance";

export interface OrganizationInstanceArgs {
  /** What `findInstance` found and checked. */
  instance: Instance;
  /** What the stack sets on it; nothing by default. */
  settings?: WantedInstance;
  /** Whether Pulumi refuses to delete what the stack sets on it; true by default. */
  protect?: boolean;
}

/** The organization instance of IAM Identity Center, and what a stack sets on it. Needs the provider aws-native. */
export class OrganizationInstance extends pulumi.ComponentResource {
  /** Known at preview, and there once the stack's settings are made: permission sets may need them. */
  readonly arn: pulumi.Output<string>;
  readonly identityStoreId: pulumi.Output<string>;
  readonly primaryRegion: pulumi.Output<string>;
  /** What it made resources of, by its place in the configuration. */
  readonly declared: readonly ("instance" | "instance.accessControlAttributes")[];

  constructor(name: string, args: OrganizationInstanceArgs, options?: pulumi.ComponentResourceOptions) {
    super("identity-aware-sessions:index:OrganizationInstance", name, {}, options);
    const { instance } = args;
    const settings = this.settings(name, args);
    const hasAttributes = this.attributes(name, args, settings);
    this.declared = [
      ...(settings === undefined ? [] : (["instance"] as const)),
      ...(hasAttributes ? (["instance.accessControlAttributes"] as const) : []),
    ];
    // The URN is known as soon as the engine has the resource: unlike its outputs, which an update at preview does not know.
    this.arn = settings?.urn.apply(() => instance.arn) ?? pulumi.output(instance.arn);
    this.identityStoreId = pulumi.output(instance.identityStoreId);
    this.primaryRegion = pulumi.output(instance.primaryRegion);
    this.registerOutputs({ arn: this.arn, identityStoreId: this.identityStoreId, primaryRegion: this.primaryRegion });
  }

  /** None when the stack sets nothing, so that an instance is not touched by mere mention. */
  private settings(name: string, args: OrganizationInstanceArgs): InstanceSettings | undefined {
    const { instance, settings: wanted = {}, protect = true } = args;
    const { additionalRegions = [], enablePermissionSets = false, importAccessControlAttributes = false } = wanted;
    const set = {
      ...(wanted.name !== undefined && { name: wanted.name }),
      ...(wanted.kmsKeyArn !== undefined && { kmsKeyArn: wanted.kmsKeyArn }),
      ...(enablePermissionSets && { permissionSetsEnabled: true as const }),
      ...(additionalRegions.length > 0 && { additionalRegions }),
      ...(wanted.accessControlAttributes !== undefined && {
        accessControlAttributes: importAccessControlAttributes ? ("import" as const) : ("create" as const),
      }),
    };
    return Object.keys(set).length === 0
      ? undefined
      : new InstanceSettings(`${name}-settings`, { instanceArn: instance.arn, ...set }, { parent: this, protect });
  }

  /** After the settings, whose check refuses attributes for access control that are somebody else's. */
  private attributes(
    name: string,
    { instance, settings: wanted = {}, protect = true }: OrganizationInstanceArgs,
    settings: InstanceSettings | undefined,
  ): boolean {
    const { accessControlAttributes, importAccessControlAttributes = false } = wanted;
    if (accessControlAttributes === undefined || settings === undefined) {
      return false;
    }
    new InstanceAccessControlAttributeConfiguration(
      `${name}-access-control-attributes`,
      {
        instanceArn: instance.arn,
        accessControlAttributes: Object.entries(accessControlAttributes).map(([key, source]) => ({
          key,
          value: { source: [...source] },
        })),
      },
      {
        parent: this,
        protect,
        dependsOn: settings,
        ...(importAccessControlAttributes && { import: instance.arn }),
      },
    );
    return true;
  }
}
