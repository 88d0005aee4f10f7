import { byName, flag, list, section, text } from "./fields";
import { withRules } from "./keyRules";
import { arnOf, instanceId, nameCharacters, whole } from "./patterns";
import { additionalRegion } from "./regions";
import { key } from "./rules";

const attributeName = text({
  pattern: whole(String.raw`[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}`),
  allowed: "names of 1 to 128 letters, digits, spaces and _.:/=+-@",
  toDo: "rename the attribute",
});

const attributeSource = text({
  pattern: whole(String.raw`(?=.{1,256}$)\$\{(path|user|dir):[\p{L}\p{Z}\p{N}_.:/=+\-@[\]\\"]+\}`),
  allowed: "an attribute of the identity source: ${path:...}, ${user:...} or ${dir:...}, 256 characters at most",
  toDo: 'write for example "${path:enterprise.costCenter}"',
});

const oneSource = {
  allowed: "a list of exactly one source",
  toDo: 'write for example CostCenter: ["${path:enterprise.costCenter}"]',
};

const kmsKeyArn = text({
  pattern: whole(
    `${arnOf}:kms:[a-z]{2,}(-[a-z0-9]+)+:[0-9]{12}:key/(mrk-[a-f0-9]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})`,
  ),
  allowed: "the ARN of a KMS key, not of an alias",
  toDo: "write for example arn:aws:kms:us-east-1:111111111111:key/12345678-1234-1234-1234-123456789012",
});

export const instanceArn = text({
  pattern: whole(`${arnOf}:sso:::instance/${instanceId}`),
  allowed: "the ARN of an instance of IAM Identity Center",
  toDo: "copy it from the console (Settings > Details); it looks like arn:aws:sso:::instance/ssoins-1234567890abcdef",
});

const keys = section({
  arn: key(
    "Which instance of IAM Identity Center; needed only where the account sees several.",
    instanceArn.optional(),
  ),
  accessControlAttributes: key(
    "The attributes of users that become session tags, by name, each with where it comes from; without this key the stack leaves them alone.",
    byName(attributeName, list(attributeSource, { ...oneSource, exactly: 1 }), {
      atMost: 50,
      allowed: "an object of attributes by name",
      toDo: oneSource.toDo,
    }).optional(),
  ),
  importAccessControlAttributes: key(
    "Whether the instance has such attributes already, which the stack then takes over.",
    flag("write true to take over what there is, else false").default(false),
  ),
  name: key(
    "The instance's name.",
    text({
      pattern: whole(`${nameCharacters}{1,255}`),
      allowed: "1 to 255 letters, digits and +=,.@-_",
      toDo: "shorten it, or replace the characters that IAM Identity Center does not take",
    }).optional(),
  ),
  kmsKeyArn: key("The customer managed KMS key that encrypts the instance's data.", kmsKeyArn.optional()),
  enablePermissionSets: key(
    "Whether to turn permission sets on where they are off, which AWS cannot undo.",
    flag("write true only where permission sets are off").default(false),
  ),
  additionalRegions: key(
    "The Regions beside the primary one that the instance is replicated to. Taken out again, those that this stack added are removed from the instance; while safety.protect is true only when safety.confirm holds additionalRegions.",
    list(additionalRegion, {
      atMost: 5,
      allowed: "a list of AWS Regions",
      toDo: "write a list, for example [eu-west-1]",
    }).default([]),
  ),
});

export const instanceSection = withRules(
  keys,
  {
    keys: ["importAccessControlAttributes"],
    allowed: "importAccessControlAttributes only beside accessControlAttributes",
    toDo: "write the attributes as they are into accessControlAttributes, or remove importAccessControlAttributes",
    broken: ({ accessControlAttributes, importAccessControlAttributes }) =>
      importAccessControlAttributes && accessControlAttributes === undefined
        ? [{ path: ["importAccessControlAttributes"] }]
        : [],
  },
  {
    keys: ["kmsKeyArn"],
    kinds: ["additionalRegions"],
    allowed: "with additionalRegions a multi-Region KMS key",
    toDo: "name a key whose id begins with mrk-, or remove additionalRegions",
    broken: ({ kmsKeyArn, additionalRegions }) =>
      additionalRegions.length > 0 && kmsKeyArn !== undefined && !kmsKeyArn.includes(":key/mrk-")
        ? [{ path: ["kmsKeyArn"] }]
        : [],
  },
);
