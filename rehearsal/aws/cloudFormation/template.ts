import { z } from "zod";
import { parsePolicy } from "../../../policy-pack/iam/parsePolicy";
import { AwsError } from "../awsError";

const managedPolicy = z.strictObject({
  Type: z.literal("AWS::IAM::ManagedPolicy"),
  Properties: z.strictObject({
    ManagedPolicyName: z.string().regex(/^[\w+=,.@-]{1,128}$/),
    Description: z.string().max(1000).optional(),
    Path: z
      .string()
      .regex(/^\/([!-.0-~]+\/)*$/)
      .default("/"),
    PolicyDocument: z.looseObject({}),
    Roles: z.array(z.string()).default([]),
  }),
});

const template = z.strictObject({
  AWSTemplateFormatVersion: z.literal("2010-09-09").optional(),
  Description: z.string().max(1024).optional(),
  Resources: z.record(z.string().regex(/^[A-Za-z0-9]+$/), managedPolicy),
});

/** A customer managed policy of a template. */
export type TemplatePolicy = z.output<typeof managedPolicy>["Properties"];

/**
 * The policies of a template, which local AWS has to be in JSON and of named AWS::IAM::ManagedPolicy alone, without functions.
 * @throws AwsError of type ValidationError for any other template
 */
export function templatePolicies(body: string): readonly TemplatePolicy[] {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch (error) {
    throw invalid(`it is not JSON (${(error as Error).message})`);
  }
  const parsed = template.safeParse(value);
  if (!parsed.success) {
    throw invalid(parsed.error.issues.map(({ path, message }) => `/${path.join("/")}: ${message}`).join("; "));
  }
  const policies = Object.values(parsed.data.Resources).map(({ Properties }) => Properties);
  for (const { ManagedPolicyName, PolicyDocument } of policies) {
    const [problem] = parsePolicy(ManagedPolicyName, PolicyDocument).problems ?? [];
    if (problem !== undefined) throw invalid(`${problem.path}: found ${problem.found}, not ${problem.allowed}`);
  }
  return policies;
}

/**
 * @throws AwsError of type InsufficientCapabilitiesException unless it is acknowledged that the template makes IAM resources with
 *   names of their own
 *
 * Source: CloudFormation API reference, CreateStackSet, Capabilities.
 */
export function requireCapabilities(policies: readonly TemplatePolicy[], capabilities: readonly string[]): void {
  if (policies.length > 0 && !capabilities.includes("CAPABILITY_NAMED_IAM")) {
    throw new AwsError("InsufficientCapabilitiesException", "Requires capabilities : [CAPABILITY_NAMED_IAM]");
  }
}

function invalid(why: string): AwsError {
  return new AwsError("ValidationError", `Template format error, or one that local AWS does not deploy: ${why}`);
}
