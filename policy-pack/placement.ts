import { knownProperty, notYetKnown } from "./knownProperty";

/** Where a provider or a resource works, and where that is written. */
export interface Placement {
  /** The Region as stated, for example "eu-south-1"; anything may stand there. */
  region: string;
  /** What states the Region, to follow the Region's name in brackets. */
  statedBy: string;
  /** What to do when the Region is the wrong one: a sentence without its full stop. */
  remedy: string;
}

/** What policies get to see of a provider, be it the resource that they judge or the provider of that resource. */
export interface Provider {
  type: string;
  name: string;
  props: Readonly<Record<string, unknown>>;
}

/** What policies get to see of any other resource. */
export interface Resource {
  type: string;
  props: Readonly<Record<string, unknown>>;
  provider?: Provider;
}

const providerPrefix = "pulumi:providers:";
const awsProviderTypes = ["aws", "aws-native", "awscc"].map((name) => providerPrefix + name);

/** Whether `type` is the type of a provider that works in one AWS Region, which is its property "region". */
export function isAwsProvider(type: string): boolean {
  return awsProviderTypes.includes(type);
}

/**
 * The placement of an AWS provider: its own "region", or else AWS_REGION, or else AWS_DEFAULT_REGION, as the providers
 * themselves look for it. Undefined when that is not yet known, or is settled where a policy cannot look (a profile).
 *
 * The stack's configuration needs no look-up: Pulumi copies it into the properties of a default provider, and an explicit
 * provider does not read it (pulumi/pulumi, pkg/resource/deploy/default_providers.go).
 */
export function providerPlacement(
  provider: Provider,
  environment: Readonly<Record<string, string | undefined>>,
): Placement | undefined {
  const configurationKey = `${provider.type.slice(providerPrefix.length)}:region`;
  const stated = knownProperty(provider.props, "region");
  if (stated === notYetKnown) {
    return undefined;
  }
  if (isName(stated)) {
    return isDefaultProvider(provider.name)
      ? {
          region: stated,
          statedBy: `${configurationKey} of the stack's configuration`,
          remedy: `Set ${configurationKey} to an allowed Region`,
        }
      : { region: stated, statedBy: "the provider's region", remedy: "Give the provider an allowed Region" };
  }
  for (const variable of ["AWS_REGION", "AWS_DEFAULT_REGION"]) {
    const value = environment[variable];
    if (isName(value)) {
      return {
        region: value,
        statedBy: `${variable} of the environment, as the provider states no Region`,
        remedy: `Set ${configurationKey} in the stack's configuration, or ${variable}, to an allowed Region`,
      };
    }
  }
  return undefined;
}

/**
 * The placement of a resource that states a Region of its own, as those of @pulumi/aws 7 can. Undefined when it states
 * none, when that is not yet known, and when it is the Region of its provider: the provider plugin fills that in for
 * every resource (pulumi/pulumi-aws, provider/region.go), and the provider is judged by itself, once.
 */
export function resourcePlacement(
  resource: Resource,
  environment: Readonly<Record<string, string | undefined>>,
): Placement | undefined {
  const stated = resource.type.startsWith("aws:") ? knownProperty(resource.props, "region") : undefined;
  if (!isName(stated)) {
    return undefined;
  }
  const { provider } = resource;
  if (provider && providerPlacement(provider, environment)?.region === stated) {
    return undefined;
  }
  return {
    region: stated,
    statedBy: "the resource's own region",
    remedy: "Leave the resource's region out, or make it an allowed Region",
  };
}

/** Pulumi calls the providers that it makes itself "default", or "default_7_48_0" after the plugin's version. */
function isDefaultProvider(name: string): boolean {
  return /^default(_|$)/.test(name);
}

/** AWS's tools take an empty string for no Region at all. */
function isName(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}
