import { z } from "zod";
import { AwsError } from "../awsError";
import type { IamPolicy } from "../contents";
import { newUuid, now } from "../identifiers";
import { find, operation, type Output } from "../service";
import { deleteConflict, noSuchEntity } from "./iamErrors";
import { markedPage, markedPageInput } from "./pages";
import { policyArn, policyOf, readablePolicyOf, requirePolicyDocument } from "./policies";
import { time } from "./time";

type Version = IamPolicy["versions"][number];

const mostVersions = 5;

export const policyVersionOperations = {
  GetPolicyVersion: operation(
    "reads",
    z.object({ PolicyArn: policyArn, VersionId: z.string() }),
    ({ PolicyArn, VersionId }, request) => ({
      PolicyVersion: versionForm(versionOf(VersionId, readablePolicyOf(PolicyArn, request)), "with document"),
    }),
  ),

  ListPolicyVersions: operation("reads", z.object({ PolicyArn: policyArn, ...markedPageInput }), (input, request) => {
    const { versions } = policyOf(input.PolicyArn, request);
    return markedPage(
      "Versions",
      versions.toReversed().map((version) => versionForm(version)),
      input,
    );
  }),

  CreatePolicyVersion: operation(
    "writes",
    z.object({
      PolicyArn: policyArn,
      PolicyDocument: z.string(),
      SetAsDefault: z
        .enum(["true", "false"])
        .transform((text) => text === "true")
        .default(false),
    }),
    ({ PolicyArn, PolicyDocument: document, SetAsDefault: isDefault }, request) => {
      const { contents } = request;
      const policy = policyOf(PolicyArn, request);
      requirePolicyDocument(document);
      if (policy.versions.length >= mostVersions) {
        throw new AwsError(
          "LimitExceeded",
          `A managed policy can have up to ${mostVersions} versions. Before you create a new version, you must delete an existing version.`,
          {},
          409,
        );
      }
      newUuid(contents); // a moment passes
      policy.versionsMade += 1;
      policy.updatedDate = now(contents);
      if (isDefault) policy.versions.forEach((each) => (each.isDefault = false));
      const version = { id: `v${policy.versionsMade}`, document, isDefault, createdDate: now(contents) };
      policy.versions.push(version);
      return { PolicyVersion: versionForm(version) };
    },
  ),

  DeletePolicyVersion: operation(
    "writes",
    z.object({ PolicyArn: policyArn, VersionId: z.string() }),
    ({ PolicyArn, VersionId }, request) => {
      const policy = policyOf(PolicyArn, request);
      const version = versionOf(VersionId, policy);
      if (version.isDefault) throw deleteConflict("Cannot delete the default version of a policy.");
      policy.versions.splice(policy.versions.indexOf(version), 1);
      return {};
    },
  ),
};

function versionOf(versionId: string, { arn, versions }: IamPolicy): Version {
  const missing = () => noSuchEntity(`Policy ${arn} version ${versionId} does not exist or is not attachable.`);
  return find(versions, ({ id }) => id === versionId, missing);
}

/** Documents come back URL-encoded, as IAM answers them. */
export function versionForm({ id, document, isDefault, createdDate }: Version, withDocument?: "with document"): Output {
  return {
    ...(withDocument && { Document: encodeURIComponent(document) }),
    VersionId: id,
    IsDefaultVersion: isDefault,
    CreateDate: time(createdDate),
  };
}
