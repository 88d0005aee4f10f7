import {
  CreatePolicyVersionCommand,
  DeletePolicyVersionCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  type IAMClient,
  paginateListPolicyVersions,
  type PolicyVersion,
} from "@aws-sdk/client-iam";
import type { PropertyMap, PropertyValue } from "../propertyValues";
import { iamCall, ifThere } from "./iamCall";
import { equivalent } from "./policyDocument";

/** As many versions as IAM keeps of a policy. */
const mostVersions = 5;

/**
 * A policy as the real plugin's outputs, or undefined when it is gone.
 * @param known the document in the state, which stays as it is written when IAM's says the same.
 */
export async function readPolicy(iam: IAMClient, arn: string, known?: PropertyValue): Promise<PropertyMap | undefined> {
  const doing = `reading IAM Policy (${arn})`;
  const found = await ifThere(iamCall(doing, "GetPolicy", iam.send(new GetPolicyCommand({ PolicyArn: arn }))));
  if (found?.Policy === undefined) {
    return undefined;
  }
  const { PolicyName, Path, Description, PolicyId, AttachmentCount, DefaultVersionId } = found.Policy;
  const version = new GetPolicyVersionCommand({ PolicyArn: arn, VersionId: DefaultVersionId });
  const { PolicyVersion } = await iamCall(doing, "GetPolicyVersion", iam.send(version));
  const document = decodeURIComponent(PolicyVersion?.Document ?? "");
  return {
    arn,
    attachmentCount: AttachmentCount ?? 0,
    description: Description ?? "",
    id: arn,
    name: PolicyName ?? "",
    namePrefix: "",
    path: Path ?? "/",
    policy: known !== undefined && equivalent(known, document) ? known : document,
    policyId: PolicyId ?? "",
    tags: {},
    tagsAll: {},
  };
}

/** Makes the document the policy's default version, and room for it first. */
export async function putDocument(iam: IAMClient, arn: string, document: string): Promise<void> {
  const versions = await versionsOf(iam, arn);
  const oldest = versions.findLast(({ IsDefaultVersion }) => IsDefaultVersion !== true);
  if (versions.length >= mostVersions && oldest !== undefined) {
    await deleteVersion(iam, arn, oldest);
  }
  const input = { PolicyArn: arn, PolicyDocument: document, SetAsDefault: true };
  await iamCall(`updating IAM Policy (${arn})`, "CreatePolicyVersion", iam.send(new CreatePolicyVersionCommand(input)));
}

/** A policy can only be deleted with its default version as its last. */
export async function deleteOtherVersions(iam: IAMClient, arn: string): Promise<void> {
  for (const version of await versionsOf(iam, arn)) {
    if (version.IsDefaultVersion !== true) {
      await deleteVersion(iam, arn, version);
    }
  }
}

async function deleteVersion(iam: IAMClient, arn: string, { VersionId }: PolicyVersion): Promise<void> {
  const doing = `deleting IAM Policy (${arn}) version (${String(VersionId)})`;
  await iamCall(doing, "DeletePolicyVersion", iam.send(new DeletePolicyVersionCommand({ PolicyArn: arn, VersionId })));
}

/** The newest first. */
async function versionsOf(iam: IAMClient, arn: string): Promise<PolicyVersion[]> {
  const versions: PolicyVersion[] = [];
  for await (const page of paginateListPolicyVersions({ client: iam }, { PolicyArn: arn })) {
    versions.push(...(page.Versions ?? []));
  }
  return versions.toSorted((a, b) => numberOf(b) - numberOf(a));
}

/** v12 is 12. */
function numberOf({ VersionId = "" }: PolicyVersion): number {
  return Number(VersionId.slice(1));
}
