import type { LocalAws } from "../../../rehearsal/aws/server";
import { barePermissionSet } from "../../../rehearsal/aws/ssoAdmin/barePermissionSet";
import { instanceArn } from "../localAws";

/** Puts a permission set into local AWS as if somebody else had made it. @returns its ARN. */
export function addPermissionSet({ contents }: LocalAws, name: string): string {
  const number = String(contents.permissionSets.length + 1).padStart(16, "0");
  const arn = `${instanceArn.replace(":instance/", ":permissionSet/")}/ps-${number}`;
  contents.permissionSets.push(barePermissionSet(instanceArn, arn, name));
  return arn;
}
