/** What a stack says of its instance; what it does not say, it leaves as it is. */
export interface WantedInstance {
  /** 1 to 255 letters, digits and +=,.@-_ */
  readonly name?: string | undefined;
  /** ARN of the customer managed KMS key that encrypts the instance's data. */
  readonly kmsKeyArn?: string | undefined;
  /** Turns permission sets on, which cannot be undone. */
  readonly enablePermissionSets?: boolean;
  /** Regions that the instance has beside its primary one. */
  readonly additionalRegions?: readonly string[];
  /** Attributes for access control: by key (CostCenter) the attribute of the identity store it comes from. */
  readonly accessControlAttributes?: Readonly<Record<string, readonly string[]>> | undefined;
  /** Takes over the attributes for access control that are there already. */
  readonly importAccessControlAttributes?: boolean;
}
