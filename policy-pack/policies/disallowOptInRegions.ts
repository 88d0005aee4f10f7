import type { ResourceValidationPolicy } from "@pulumi/policy";
import { isAwsProvider, providerPlacement, resourcePlacement } from "../placement";
import { defaultEnabledRegions } from "../regions";

interface Configuration {
  allowedRegions?: readonly string[];
}

/**
 * Refuses AWS providers, explicit and default, and resources with a Region of their own, that work outside of the allowed
 * Regions. Every provider of a stack comes by as a resource, so a wrong one is reported once, not once a resource.
 */
export const disallowOptInRegions: ResourceValidationPolicy = {
  name: "disallow-opt-in-regions",
  displayName: "Disallow opt-in Regions",
  description:
    "AWS resources stay in Regions that are enabled by default: an opt-in Region has to be enabled account by account, " +
    "and Amazon Q does not support an IAM Identity Center that is in one.",
  enforcementLevel: "mandatory",
  severity: "high",
  tags: ["aws", "regions"],
  remediationSteps:
    "Set the Region of the provider, or of the resource that states its own, to one that is enabled by default. The " +
    "Region of a default provider is aws:region, aws-native:region or awscc:region of the stack's configuration, or " +
    "else AWS_REGION or AWS_DEFAULT_REGION. A Region that is used on purpose belongs into the policy's allowedRegions.",
  url: "https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-regions.html",
  configSchema: {
    properties: {
      allowedRegions: {
        type: "array",
        description: "The Regions that stacks may use, in place of the 17 that are enabled by default.",
        items: { type: "string", pattern: "^[a-z]+(-[a-z]+)+-[0-9]+$" },
        minItems: 1,
        uniqueItems: true,
        default: [...defaultEnabledRegions],
      },
    },
  },
  validateResource: (args, reportViolation) => {
    const placement = isAwsProvider(args.type)
      ? providerPlacement(args, process.env)
      : resourcePlacement(args, process.env);
    if (!placement) {
      return;
    }
    const { allowedRegions = defaultEnabledRegions } = args.getConfig<Configuration>();
    const { region, statedBy, remedy } = placement;
    if (!allowedRegions.includes(region)) {
      reportViolation(
        `Region ${region} (${statedBy}) is not allowed. Allowed: ${allowedRegions.join(", ")}. ${remedy}; ` +
          `if ${region} is used on purpose, add it to the policy's allowedRegions.`,
      );
    }
  },
};
