import { z } from "zod";
import { parsePolicy } from "../../../policy-pack/iam/parsePolicy";
import { AwsError } from "../awsError";
import type { IamPolicy } from "../contents";
import { beginning, digitsOf, newUuid, now } from "../identifiers";
import { type DefaultVersion, managedPolicyVersion } from "../managedPolicies";
import { find, operation, type Output, type Request } from "../service";
import { reservedRoles } from "../ssoAdmin/reservedRoles";
import { deleteConflict, entityAlreadyExists, noSuchEntity, notImplemented } from "./iamErrors";
import { time } from "./time";

export const policyArn = z
  .string()
  .regex(/^arn:aws[a-z-]*:iam::(\d{12}|aws):policy\/[!-~]+$/, "must be the ARN of a policy");

export const policyOperations = {
  CreatePolicy: operation(
    "writes",
    z.object({
      PolicyName: z.string().regex(/^[\w+=,.@-]{1,128}$/, "must be 1 to 128 letters, digits and +=,.@-_"),
      Path: z
        .string()
        .regex(/^\/([!-.0-~]+\/)*$/, "must begin and end with a slash")
        .default("/"),
      PolicyDocument: z.string(),
      Description: z.string().max(1000).optional(),
    }),
    ({ PolicyName: name, Path: path, PolicyDocument: document, Description: description }, request) => {
      const { contents } = request;
      const { account } = request.caller;
      if (contents.iamPolicies.some((each) => each.account === account && each.name === name)) {
        throw entityAlreadyExists(`A policy called ${name} already exists. Duplicate names are not allowed.`);
      }
      requirePolicyDocument(document);
      newUuid(contents); // a moment passes
      const createdDate = now(contents);
      const policy: IamPolicy = {
        account,
        arn: `arn:${contents.partition}:iam::${account}:policy${path}${name}`,
        name,
        path,
        ...(description !== undefined && { description }),
        createdDate,
        updatedDate: createdDate,
        versions: [{ id: "v1", document, isDefault: true, createdDate }],
        versionsMade: 1,
      };
      contents.iamPolicies.push(policy);
      return { Policy: policyForm(policy, request) };
    },
  ),

  GetPolicy: operation("reads", z.object({ PolicyArn: policyArn }), (input, request) => ({
    Policy: policyForm(readablePolicyOf(input.PolicyArn, request), request),
  })),

  DeletePolicy: operation("writes", z.object({ PolicyArn: policyArn }), (input, request) => {
    const policy = policyOf(input.PolicyArn, request);
    const { contents } = request;
    if (attachmentsOf(policy.arn, request) > 0) {
      throw deleteConflict("Cannot delete a policy attached to entities.");
    }
    if (policy.versions.length > 1) {
      throw deleteConflict(
        "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. " +
          "The default version is deleted with the policy.",
      );
    }
    contents.iamPolicies.splice(contents.iamPolicies.indexOf(policy), 1);
    return {};
  }),
};

/**
 * A policy as GetPolicy and GetPolicyVersion tell it: of the caller's account, or one of AWS's own. Of those, local AWS has no version
 * but the default.
 */
export function readablePolicyOf(arn: string, request: Request): IamPolicy {
  const managed = managedPolicyVersion(arn, request.contents);
  if (managed === undefined) return policyOf(arn, request);
  if (managed === "unknown") {
    const { path, name } = named(arn);
    throw notImplemented(
      `Local AWS does not have the document of ${path.slice(1)}${name}: add it to managedPolicies of the organization's file.`,
    );
  }
  return managedPolicy(arn, managed);
}

/** Of an AWS managed policy whose document local AWS does not have, all but its version. */
export function managedPolicy(arn: string, version?: DefaultVersion): IamPolicy {
  const versions = version === undefined ? [] : [{ id: version.versionId, document: JSON.stringify(version.document) }];
  return {
    account: "aws",
    ...named(arn),
    createdDate: beginning,
    updatedDate: beginning,
    versions: versions.map((each) => ({ ...each, isDefault: true, createdDate: beginning })),
    versionsMade: 1,
  };
}

/**
 * A customer managed policy of the caller's account.
 *
 * Source of the words: public logs of the AWS CLI's `get-policy` and of ROSA's `rosa attach policy`, which quote IAM's GetPolicy.
 */
export function policyOf(arn: string, { contents, caller }: Request): IamPolicy {
  if (managedPolicyVersion(arn, contents) !== undefined) {
    throw notImplemented("Local AWS has GetPolicy and GetPolicyVersion for AWS managed policies, and nothing else.");
  }
  return find(
    contents.iamPolicies,
    (each) => each.arn === arn && each.account === caller.account,
    () => noSuchEntity(`Policy ${arn} was not found.`),
  );
}

/** @throws AwsError of type MalformedPolicyDocument when IAM would not take it */
export function requirePolicyDocument(document: string): void {
  const [problem] = parsePolicy("the policy", document).problems ?? [];
  if (problem !== undefined) {
    throw new AwsError("MalformedPolicyDocument", `${problem.path}: found ${problem.found}, not ${problem.allowed}.`);
  }
}

/** What a managed policy's ARN says of it. */
export function named(arn: string): { arn: string; path: string; name: string } {
  const [, path = "/", name = ""] = /:policy(\/(?:.*\/)?)([^/]+)$/.exec(arn) ?? [];
  return { arn, path, name };
}

/** How many roles, users and groups of the caller's account have the policy, the roles of permission sets among them. */
function attachmentsOf(arn: string, { contents, caller: { account } }: Request): number {
  const { rolePolicyAttachments, userPolicyAttachments, groupPolicyAttachments } = contents;
  const attached = [...rolePolicyAttachments, ...userPolicyAttachments, ...groupPolicyAttachments].filter(
    (each) => each.account === account && each.policyArn === arn,
  );
  const reserved = reservedRoles(account, contents).filter(({ unknownPolicies }) => unknownPolicies?.includes(arn));
  return attached.length + reserved.length;
}

export function policyForm(policy: IamPolicy, request: Request): Output {
  return {
    PolicyName: policy.name,
    PolicyId: `ANPA${digitsOf(`${policy.arn} ${policy.createdDate}`, 17).toUpperCase()}`,
    Arn: policy.arn,
    Path: policy.path,
    DefaultVersionId: policy.versions.find(({ isDefault }) => isDefault)?.id,
    AttachmentCount: attachmentsOf(policy.arn, request),
    PermissionsBoundaryUsageCount: 0,
    IsAttachable: true,
    Description: policy.description,
    CreateDate: time(policy.createdDate),
    UpdateDate: time(policy.updatedDate),
  };
}
