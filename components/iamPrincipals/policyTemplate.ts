import { z } from "zod";
import { type PolicyDocument, sortedJson } from "../grants/policyDocument";
import { sessionPolicyDescription } from "./sessionPolicy";

/** A CloudFormation template, as text that is always the same, of one customer managed policy and whom it is attached to. */
export function policyTemplate(
  { policyName, attachTo }: { readonly policyName: string; readonly attachTo: readonly string[] },
  document: PolicyDocument,
): string {
  const template = {
    AWSTemplateFormatVersion: "2010-09-09",
    Description: "A policy for identity-aware console sessions. Deployed by a StackSet of the management account.",
    Resources: {
      SessionPolicy: {
        Type: "AWS::IAM::ManagedPolicy",
        Properties: {
          ManagedPolicyName: policyName,
          Description: sessionPolicyDescription,
          PolicyDocument: document,
          ...(attachTo.length > 0 && { Roles: [...attachTo] }),
        },
      },
    },
  };
  return sortedJson(template);
}

/** A template as above, with whatever else CloudFormation or somebody has put in. */
const policyTemplateSchema = z.object({
  Resources: z.object({
    SessionPolicy: z.object({
      Type: z.literal("AWS::IAM::ManagedPolicy"),
      Properties: z.object({
        ManagedPolicyName: z.string(),
        PolicyDocument: z.looseObject({}),
        Roles: z.array(z.string()).default([]),
      }),
    }),
  }),
});

/** What such a template makes; undefined when it is another one. */
export function readPolicyTemplate(
  templateBody: string,
): { readonly policyName: string; readonly attachTo: readonly string[]; readonly document: object } | undefined {
  const { data } = policyTemplateSchema.safeParse(parsedJson(templateBody));
  if (data === undefined) {
    return undefined;
  }
  const { ManagedPolicyName, Roles, PolicyDocument } = data.Resources.SessionPolicy.Properties;
  return { policyName: ManagedPolicyName, attachTo: Roles, document: PolicyDocument };
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // YAML, which is none of ours
  }
}
