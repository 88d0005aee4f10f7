import * as pulumi from "@pulumi/pulumi";
import type { Policy } from "../../policy-pack/iam/policy";
import { permissionSetPath } from "../configPath";
import { refusal, refuseAny } from "../problem";
import type { PermissionSetSettings } from "../settings/settings";
import { type GrantingPolicy, grantingPolicy } from "./grantingPolicy";
import { knownManagedPolicy } from "./knownManagedPolicies";
import { managedPolicyArn, policyText, type PolicyStatement } from "./policyDocument";

/** A policy document whose values, however deep, may come from other resources. */
export interface PolicyDocumentArgs {
  readonly Version?: pulumi.Input<string>;
  readonly Id?: pulumi.Input<string>;
  /** A statement, or a list of statements. */
  readonly Statement: pulumi.Input<unknown>;
}

/** A permission set as the settings describe it, whose inline policy may come from other resources, or be text. */
export interface GrantedPermissionSet extends Omit<PermissionSetSettings, "inlinePolicy"> {
  readonly inlinePolicy?: pulumi.Input<PolicyDocumentArgs | string> | undefined;
}

/** What `grantingPolicy` judges by, beside the permission set itself. */
export interface PolicyOptions {
  readonly partition: string;
  readonly statements?: Readonly<Record<string, readonly PolicyStatement[]>> | undefined;
  /** The AWS managed policies that were read, by ARN. Default: none. */
  readonly managedPolicies?: Readonly<Record<string, Policy>> | undefined;
}

/** The judged inline policies of the permission sets that the stack manages, by name; undefined where one is not known yet. */
export type JudgedPolicies = Readonly<Record<string, GrantingPolicy | undefined>>;

/**
 * Judges the inline policies that are known by now.
 *
 * @throws RunError with everything in them that would take sts:SetContext away, or is no policy.
 */
export function judgePolicies(
  permissionSets: Readonly<Record<string, GrantedPermissionSet>>,
  options: PolicyOptions,
): JudgedPolicies {
  const judged = Object.entries(permissionSets).flatMap(([name, set]) =>
    set.existing
      ? []
      : [{ name, granting: isKnown(set.inlinePolicy) ? judge(name, set, set.inlinePolicy, options) : undefined }],
  );
  const problems = judged.flatMap(({ granting }) => granting?.problems ?? []);
  refuseAny(wouldNotGrant, problems);
  return Object.fromEntries(judged.map(({ name, granting }) => [name, granting]));
}

/**
 * The inline policy of a permission set, as the text to write; undefined where it needs none.
 *
 * @param judged what `judgePolicies` said; without it the policy is judged, and refused, as soon as it is known.
 */
export function inlinePolicyText(
  name: string,
  set: GrantedPermissionSet,
  options: PolicyOptions,
  judged: GrantingPolicy | undefined,
): pulumi.Output<string | undefined> {
  const granting =
    judged === undefined
      ? pulumi
          .output<object | string | undefined>(set.inlinePolicy)
          .apply((policy) => judge(name, set, policy, options))
      : pulumi.output(judged);
  return granting.apply(({ document, problems, notChecked }) => {
    if (problems.length > 0) {
      throw refusal(wouldNotGrant, problems, `${name} was not written.`);
    }
    if (notChecked.length > 0) {
      const reasons = notChecked.join("; ");
      void pulumi.log.warn(
        `Not checked: whether sessions of permission set ${name} may become identity-aware. What is not known: ${reasons}.`,
      );
    }
    return document && policyText(document);
  });
}

const wouldNotGrant = "Permission sets would not grant sts:SetContext";

function judge(name: string, set: GrantedPermissionSet, inlinePolicy: unknown, options: PolicyOptions): GrantingPolicy {
  const { amazonQ, managedPolicies, permissionsBoundary } = set;
  return grantingPolicy(
    permissionSetPath(name),
    { amazonQ, managedPolicies, permissionsBoundary, inlinePolicy },
    options.partition,
    options.statements?.[name],
    (policy) => options.managedPolicies?.[managedPolicyArn(policy, options.partition)] ?? knownManagedPolicy(policy),
  );
}

/** Whether a value is there already, and everything in it. */
function isKnown(value: unknown): boolean {
  if (pulumi.Output.isInstance(value) || value instanceof Promise) {
    return false;
  }
  return typeof value !== "object" || value === null || Object.values(value).every(isKnown);
}
