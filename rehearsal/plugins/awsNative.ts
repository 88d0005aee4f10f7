import { version } from "@pulumi/aws-native/package.json";
import { z } from "zod";
import { accessControlAttributesConfiguration } from "./awsNative/accessControlAttributes";
import { CloudControl } from "./awsNative/cloudControl";
import { CloudControlResource } from "./awsNative/cloudControlResource";
import { permissionSet } from "./awsNative/permissionSet";
import { stackSet } from "./awsNative/stackSet";
import {
  type ClientConfiguration,
  clientConfiguration,
  type Configuration,
  regionOf,
  skipsCredentialsValidation,
  structured,
  unsupportedConfiguration,
} from "./awsConfiguration";
import { callerIdentity } from "./callerIdentity";
import { changedProperties } from "./propertyDiff";
import type { PropertyMap } from "./propertyValues";
import type { CheckResult, ConfigureRequest, DiffResult, ProviderPlugin } from "./providerPlugin";
import { serveProvider } from "./providerServer";

// The real plugin takes these, but does nothing with them; the package's provider class sends them as true.
const ignored = ["skipGetEc2Platforms", "skipMetadataApiCheck", "skipRegionValidation"];

const Endpoints = z.record(z.string(), z.string());

/** Stands in for @pulumi/aws-native. */
export class AwsNativePlugin implements ProviderPlugin {
  readonly name = "aws-native";
  readonly version = version;
  readonly features = { acceptSecrets: true, acceptResources: false, supportsAutonaming: true };
  readonly functions = { "aws-native:index:getAccountId": () => this.getAccountId() };
  readonly resources = {
    "aws-native:cloudformation:StackSet": new CloudControlResource(stackSet, () => this.configured()),
    "aws-native:sso:InstanceAccessControlAttributeConfiguration": new CloudControlResource(
      accessControlAttributesConfiguration,
      () => this.configured(),
    ),
    "aws-native:sso:PermissionSet": new CloudControlResource(permissionSet, () => this.configured()),
  };
  private cloudControl: CloudControl | undefined;
  private client: ClientConfiguration | undefined;

  checkConfig(news: PropertyMap): Promise<CheckResult> {
    const failures = unsupportedConfiguration(this.name, news, ignored);
    return Promise.resolve(failures.length > 0 ? { failures } : { inputs: news });
  }

  diffConfig(olds: PropertyMap, news: PropertyMap): DiffResult {
    const diffs = [...changedProperties(olds, news).keys()];
    return { changes: diffs.length > 0 ? "some" : "none", diffs };
  }

  /** Unlike the other plugins, the real one reads the variables, not the arguments. */
  async configure({ variables }: ConfigureRequest): Promise<void> {
    const prefix = "aws-native:config:";
    const configuration: Configuration = new Map(
      [...variables].map(([key, value]) => [key.startsWith(prefix) ? key.slice(prefix.length) : key, value]),
    );
    if (regionOf(configuration) === undefined) {
      throw new Error(
        'missing required configuration key "aws-native:region": the Region where AWS operations take place. ' +
          "Set it in the program or with `pulumi config set aws-native:region <value>`, or set AWS_REGION.",
      );
    }
    const endpoints = structured(configuration, "endpoints", Endpoints) ?? {};
    this.client = clientConfiguration(configuration, endpoints["sts"]);
    if (!skipsCredentialsValidation(configuration)) {
      try {
        await callerIdentity(this.client);
      } catch (error) {
        throw new Error(`could not get AWS account ID: ${(error as Error).message}`, { cause: error });
      }
    }
    this.cloudControl = new CloudControl(clientConfiguration(configuration, endpoints["cloudcontrol"]));
  }

  private async getAccountId(): Promise<PropertyMap> {
    if (this.client === undefined) {
      throw new Error("the aws-native provider was asked for the account before it was configured");
    }
    return { accountId: (await callerIdentity(this.client)).accountId };
  }

  private configured(): CloudControl {
    if (this.cloudControl === undefined) {
      throw new Error("the aws-native provider was asked for a resource before it was configured");
    }
    return this.cloudControl;
  }
}

if (require.main === module) {
  void serveProvider(new AwsNativePlugin());
}
