/** A KMS key's ARN as IAM Identity Center takes it (API reference, EncryptionConfiguration); mrk- begins a multi-Region key's id. */
export const kmsKeyArnPattern =
  /^arn:(aws|aws-us-gov|aws-cn|aws-iso|aws-iso-[bcd]):kms:([a-z]{2,}(-[a-z0-9]+)+):[0-9]{12}:key\/(mrk-[a-f0-9]{32}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/;
