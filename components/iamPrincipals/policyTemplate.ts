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
