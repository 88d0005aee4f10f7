/** The account in an ARN. */
export function accountOf(arn: string): string {
  return arn.split(":")[4] ?? "";
}

/** The partition in an ARN: aws, aws-cn, aws-us-gov ... */
export function partitionOf(arn: string): string {
  return arn.split(":")[1] ?? "";
}
