import { z } from "zod";
import { parsePolicy } from "../../../policy-pack/iam/parsePolicy";
import { AwsError } from "../awsError";
import type { IamPolicy } from "../contents";
import { digitsOf, newUuid, now } from "../identifiers";
import { find, operation, type Output, type Request } from "../service";
import { deleteConflict, entityAlreadyExists, noSuchEntity } from "./iamErrors";
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
    ({ PolicyName: name, Path: path, PolicyDocument: document, Description: description }, { contents, caller }) => {
      const { account } = caller;
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
      return { Policy: policyForm(policy, contents) };
    },
  ),

  GetPolicy: operation("reads", z.object({ PolicyArn: policyArn }), (input, request) => ({
    Policy: policyForm(policyOf(input.PolicyArn, request), request.contents),
  })),

  DeletePolicy: operation("writes", z.object({ PolicyArn: policyArn }), (input, request) => {
    const policy = policyOf(input.PolicyArn, request);
    const { contents } = request;
    if (contents.rolePolicyAttachments.some((each) => each.policyArn === policy.arn)) {
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

/** A customer managed policy of the caller's account; local AWS has none of AWS's own. */
export function policyOf(arn: string, { contents, caller }: Request): IamPolicy {
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

function policyForm(policy: IamPolicy, { rolePolicyAttachments }: Request["contents"]): Output {
  return {
    PolicyName: policy.name,
    PolicyId: `ANPA${digitsOf(`${policy.arn} ${policy.createdDate}`, 17).toUpperCase()}`,
    Arn: policy.arn,
    Path: policy.path,
    DefaultVersionId: policy.versions.find(({ isDefault }) => isDefault)?.id,
    AttachmentCount: rolePolicyAttachments.filter((each) => each.policyArn === policy.arn).length,
    PermissionsBoundaryUsageCount: 0,
    IsAttachable: true,
    Description: policy.description,
    CreateDate: time(policy.createdDate),
    UpdateDate: time(policy.updatedDate),
  };
}
