import { parsePolicy } from "../../../policy-pack/iam/parsePolicy";
import { AwsError } from "../awsError";
import type { PermissionSet } from "../contents";
import { newDigits, now } from "../identifiers";
import { requireManagedPolicy } from "../managedPolicies";
import type { Request } from "../service";
import { administeredInstance } from "./instance";
import { outdate, provisionedPermissionSets } from "./provisioning";
import { requireDistinctKeys } from "./tags";

/** What a permission set is beside its identity. */
export type Settings = Omit<PermissionSet, "instanceArn" | "arn" | "createdDate">;

/** Quotas of IAM Identity Center (User Guide, "AWS IAM Identity Center quotas"). */
const quotas = { permissionSets: 3500, policies: 25, inlinePolicyCharacters: 10_240, inlinePolicyBytes: 32_768 };

/** @throws AwsError of type ConflictException when the name is taken (words: avlcloudtechnologies/terraform-aws-sso#6) */
export function createPermissionSet(instanceArn: string, settings: Settings, request: Request): PermissionSet {
  const { contents } = request;
  const { arn } = administeredInstance(instanceArn, request);
  const others = contents.permissionSets.filter((each) => each.instanceArn === arn);
  if (others.some(({ name }) => name === settings.name)) {
    throw conflict(`PermissionSet with name ${settings.name} already exists.`);
  }
  if (others.length >= quotas.permissionSets) {
    throw quotaExceeded(`Cannot create PermissionSet more than ${quotas.permissionSets}`);
  }
  requirePossible(settings, request);
  const permissionSet: PermissionSet = {
    instanceArn: arn,
    arn: `${arn.replace(":instance/", ":permissionSet/")}/ps-${newDigits(contents)}`,
    createdDate: now(contents),
    ...settings,
  };
  contents.permissionSets.push(permissionSet);
  return permissionSet;
}

/** Replaces what a permission set is. Accounts that have it keep what it was until it is provisioned again. */
export function changePermissionSet(permissionSet: PermissionSet, settings: Settings, request: Request): PermissionSet {
  const { contents } = request;
  requirePossible(settings, request);
  const { instanceArn, arn, createdDate } = permissionSet;
  const changed: PermissionSet = { ...settings, instanceArn, arn, createdDate };
  outdate(permissionSet, contents);
  contents.permissionSets.splice(contents.permissionSets.indexOf(permissionSet), 1, changed);
  return changed;
}

/** @throws AwsError of type ConflictException while an account has it (words: reports of Terraform's aws_ssoadmin_permission_set) */
export function deletePermissionSet(permissionSet: PermissionSet, { contents }: Request): void {
  if (provisionedPermissionSets(contents).some(({ permissionSetArn }) => permissionSetArn === permissionSet.arn)) {
    throw conflict("Could not delete because PermissionSet has ApplicationProfile associated with it.");
  }
  contents.permissionSets.splice(contents.permissionSets.indexOf(permissionSet), 1);
}

/** What a shape cannot say: policies that there are, what is there once, and quotas. */
function requirePossible(settings: Settings, { contents }: Request): void {
  const { managedPolicies, customerManagedPolicyReferences, permissionsBoundary, inlinePolicy, sessionDuration } =
    settings;
  requireDistinctKeys(settings.tags);
  requireDistinctPolicies(settings);
  requireOneBoundary(permissionsBoundary);
  const boundary = permissionsBoundary?.ManagedPolicyArn;
  [...managedPolicies, ...(boundary === undefined ? [] : [boundary])].forEach((arn) =>
    requireManagedPolicy(arn, contents),
  );
  if (managedPolicies.length + customerManagedPolicyReferences.length > quotas.policies) {
    throw quotaExceeded(`Cannot attach managed policy: more than ${quotas.policies}`);
  }
  if (Buffer.byteLength(inlinePolicy) > quotas.inlinePolicyBytes) {
    throw new AwsError("ValidationException", `The inline policy has more than ${quotas.inlinePolicyBytes} bytes.`);
  }
  if (inlinePolicy.replace(/\s/g, "").length > quotas.inlinePolicyCharacters) {
    throw quotaExceeded(
      `The inline policy has more than ${quotas.inlinePolicyCharacters} characters that are not white space`,
    );
  }
  if (inlinePolicy !== "" && parsePolicy("the inline policy", inlinePolicy).problems !== undefined) {
    // The words are public (aws-cloudformation/cloudformation-coverage-roadmap#1986), the error's type is local AWS's own choice.
    throw new AwsError("ValidationException", `Invalid PermissionsPolicy Document ${inlinePolicy}`);
  }
  const hours = hoursOf(sessionDuration);
  if (hours < 1 || hours > 12) {
    throw new AwsError("ValidationException", `The session duration ${sessionDuration} is not between 1 and 12 hours.`);
  }
}

/**
 * Only Cloud Control can ask for a policy twice: the CloudFormation schema has no uniqueItems, and so its handler attaches it twice.
 * The words are those of attaching it again, with the permission set's name for its id.
 */
function requireDistinctPolicies({ name, managedPolicies, customerManagedPolicyReferences }: Settings): void {
  const attached = managedPolicies.find((arn, index) => managedPolicies.indexOf(arn) !== index);
  if (attached !== undefined) {
    throw conflict(`Permission set ${name} already has a typed link attachment to a manged policy with ${attached}`);
  }
  const references = customerManagedPolicyReferences.map(({ Name, Path = "/" }) => `name: ${Name}  and path ${Path}`);
  const referred = references.find((each, index) => references.indexOf(each) !== index);
  if (referred !== undefined) throw conflict(`Given customer managed policy with ${referred} already attached`);
}

/** "Specify either CustomerManagedPolicyReference ... or ManagedPolicyArn" (API reference, PermissionsBoundary). */
function requireOneBoundary(boundary: Settings["permissionsBoundary"]): void {
  if (boundary === undefined) return;
  const { CustomerManagedPolicyReference, ManagedPolicyArn } = boundary;
  if ((CustomerManagedPolicyReference === undefined) === (ManagedPolicyArn === undefined)) {
    throw new AwsError(
      "ValidationException",
      "PermissionsBoundary must have either CustomerManagedPolicyReference or ManagedPolicyArn.",
    );
  }
}

function conflict(message: string): AwsError {
  return new AwsError("ConflictException", message);
}

/** The 1 to 12 hours are the User Guide's, "Set session duration for AWS accounts". @param duration in ISO 8601, of days or less */
function hoursOf(duration: string): number {
  const [, days = 0, hours = 0, minutes = 0, seconds = 0] =
    /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/
      .exec(duration)
      ?.map((part) => Number(part) || 0) ?? [];
  return days * 24 + hours + minutes / 60 + seconds / 3600;
}

function quotaExceeded(what: string): AwsError {
  return new AwsError(
    "ServiceQuotaExceededException",
    `You have exceeded AWS SSO limits. ${what}. Please refer to https://docs.aws.amazon.com/singlesignon/latest/userguide/limits.html`,
  );
}
