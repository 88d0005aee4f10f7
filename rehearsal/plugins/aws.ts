import { CloudFormationClient } from "@aws-sdk/client-cloudformation";
import { IAMClient } from "@aws-sdk/client-iam";
import { version } from "@pulumi/aws/package.json";
import { z } from "zod";
import { Policy } from "./aws/policy";
import { PolicyAttachment } from "./aws/policyAttachment";
import { StackSetInstance } from "./aws/stackSetInstance";
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
import { changedPaths } from "./propertyDiff";
import { containsUnknown, type PropertyMap, withoutSecrets } from "./propertyValues";
import type { CheckResult, ConfigureRequest, DiffResult, ProviderPlugin } from "./providerPlugin";
import { serveProvider } from "./providerServer";

const getCallerIdentity = "aws:index/getCallerIdentity:getCallerIdentity";

// They change nothing in what the stand-in does.
const ignored = ["skipMetadataApiCheck", "skipRegionValidation", "skipRequestingAccountId", "maxRetries"];

const Endpoints = z.array(z.record(z.string(), z.string()));

/** Stands in for @pulumi/aws. */
export class AwsPlugin implements ProviderPlugin {
  readonly name = "aws";
  readonly version = version;
  readonly features = { acceptSecrets: false, acceptResources: false, supportsAutonaming: true };
  readonly resources = {
    "aws:cloudformation/stackSetInstance:StackSetInstance": new StackSetInstance(() => this.cloudFormation()),
    "aws:iam/policy:Policy": new Policy(() => this.iam()),
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment": new PolicyAttachment("role", () => this.iam()),
    "aws:iam/userPolicyAttachment:UserPolicyAttachment": new PolicyAttachment("user", () => this.iam()),
    "aws:iam/groupPolicyAttachment:GroupPolicyAttachment": new PolicyAttachment("group", () => this.iam()),
  };
  readonly functions = { [getCallerIdentity]: () => this.getCallerIdentity() };
  private client: ClientConfiguration | undefined;
  private iamClient: IAMClient | undefined;
  private cloudFormationClient: CloudFormationClient | undefined;

  /** As the real plugin, refuses credentials that AWS does not accept before anything is done with them. */
  async checkConfig(news: PropertyMap): Promise<CheckResult> {
    const failures = unsupportedConfiguration(this.name, news, ignored);
    if (failures.length > 0) {
      return { failures };
    }
    if (containsUnknown(news)) {
      return { inputs: news };
    }
    const configuration = fromArgs(news);
    if (regionOf(configuration) === undefined) {
      return { failures: [{ property: "", reason: "no AWS Region: set aws:region or AWS_REGION" }] };
    }
    const client = clientOf(configuration);
    if (!skipsCredentialsValidation(configuration)) {
      try {
        await callerIdentity(client);
      } catch (error) {
        const reason = `unable to validate AWS credentials.\nDetails: ${(error as Error).message}\n`;
        return { failures: [{ property: "", reason }] };
      }
    }
    return { inputs: news };
  }

  /** Since version 7 a new Region does not replace the provider: resources carry their own. */
  diffConfig(olds: PropertyMap, news: PropertyMap): DiffResult {
    const diffs = [...changedPaths(olds, news).keys()];
    return { changes: diffs.length > 0 ? "some" : "unknown", diffs };
  }

  configure({ args }: ConfigureRequest): Promise<void> {
    const configuration = fromArgs(args);
    this.client = clientOf(configuration);
    this.iamClient = new IAMClient(clientOf(configuration, "iam"));
    this.cloudFormationClient = new CloudFormationClient(clientOf(configuration, "cloudformation"));
    return Promise.resolve();
  }

  private iam(): IAMClient {
    return configured(this.iamClient);
  }

  private cloudFormation(): CloudFormationClient {
    return configured(this.cloudFormationClient);
  }

  private async getCallerIdentity(): Promise<PropertyMap> {
    if (this.client === undefined) {
      throw new Error(`${getCallerIdentity} was invoked before the provider was configured`);
    }
    try {
      const { accountId, arn, userId } = await callerIdentity(this.client);
      return { accountId, arn, id: accountId, userId };
    } catch (error) {
      throw new Error(`invoking ${getCallerIdentity}: reading STS Caller Identity: ${(error as Error).message}`, {
        cause: error,
      });
    }
  }
}

function configured<Client>(client: Client | undefined): Client {
  if (client === undefined) {
    throw new Error("the aws provider was asked for a resource before it was configured");
  }
  return client;
}

function clientOf(configuration: Configuration, service = "sts"): ClientConfiguration {
  const endpoints = structured(configuration, "endpoints", Endpoints) ?? [];
  return clientConfiguration(configuration, endpoints.find((services) => services[service] !== undefined)?.[service]);
}

function fromArgs(args: PropertyMap): Configuration {
  return new Map(
    Object.entries(args).map(([key, value]) => {
      const plain = withoutSecrets(value);
      return [key, typeof plain === "string" ? plain : JSON.stringify(plain)];
    }),
  );
}

if (require.main === module) {
  void serveProvider(new AwsPlugin());
}
