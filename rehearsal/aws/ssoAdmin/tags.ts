import { z } from "zod";
import { AwsError } from "../awsError";
import { page, pageInput } from "../pages";
import { operation, type Operation } from "../service";
import { instanceArn } from "./instance";
import { existingPermissionSet, permissionSetArn } from "./permissionSets";

/** Local AWS keeps tags of permission sets only. */
const resource = { InstanceArn: instanceArn, ResourceArn: permissionSetArn };
const Key = z
  .string()
  .min(1)
  .max(128)
  .regex(/^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u);
const Value = z
  .string()
  .max(256)
  .regex(/^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u);
/** By the API reference: more characters than the CloudFormation schema takes. */
export const Tags = z.array(z.object({ Key, Value })).max(75);
const mostTags = 50;

export const tags: Record<string, Operation> = {
  ListTagsForResource: operation("reads", z.object({ ...resource, ...pageInput(75) }), (input, request) =>
    page("Tags", taggedOf(input, request).tags, input),
  ),
  TagResource: operation("writes", z.object({ ...resource, Tags: Tags.min(1) }), (input, request) => {
    const permissionSet = taggedOf(input, request);
    requireDistinctKeys(input.Tags);
    const given = input.Tags.map(({ Key }) => Key);
    const all = [...permissionSet.tags.filter(({ Key }) => !given.includes(Key)), ...input.Tags];
    if (all.length > mostTags) {
      throw new AwsError("ServiceQuotaExceededException", `A resource has ${mostTags} tags at most.`);
    }
    permissionSet.tags = all;
    return {};
  }),
  UntagResource: operation(
    "writes",
    z.object({ ...resource, TagKeys: z.array(Key).min(1).max(75) }),
    (input, request) => {
      const permissionSet = taggedOf(input, request);
      permissionSet.tags = permissionSet.tags.filter(({ Key }) => !input.TagKeys.includes(Key));
      return {};
    },
  ),
};

/**
 * @throws AwsError of type ValidationException for a key that is there twice. That keys are unique is AWS's: Tagging AWS Resources
 * User Guide, "Tag naming limits and requirements"; the words are local AWS's own.
 */
export function requireDistinctKeys(tags: readonly { Key: string }[]): void {
  const keys = tags.map(({ Key }) => Key);
  const twice = keys.find((key, index) => keys.indexOf(key) !== index);
  if (twice !== undefined) throw new AwsError("ValidationException", `The tag key ${twice} is there more than once.`);
}

function taggedOf(
  { InstanceArn, ResourceArn }: { InstanceArn: string; ResourceArn: string },
  request: Parameters<typeof existingPermissionSet>[1],
): ReturnType<typeof existingPermissionSet> {
  return existingPermissionSet({ InstanceArn, PermissionSetArn: ResourceArn }, request);
}
