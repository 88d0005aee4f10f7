import type { PermissionSet } from "../contents";

/** A permission set as AWS makes it of a name alone; an instance has it once it is in the contents. */
export function barePermissionSet(instanceArn: string, arn: string, name: string): PermissionSet {
  return {
    instanceArn,
    arn,
    name,
    sessionDuration: "PT1H",
    managedPolicies: [],
    customerManagedPolicyReferences: [],
    inlinePolicy: "",
    tags: [],
    createdDate: 0,
  };
}
