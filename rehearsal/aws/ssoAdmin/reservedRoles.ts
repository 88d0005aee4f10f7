import type { Contents, IamPrincipal, PermissionSet } from "../contents";
import { digitsOf } from "../identifiers";
import { provisionedPermissionSets } from "./provisioning";

/** The roles of permission sets in an account, as they were provisioned last: they go with the last assignment. */
export function reservedRoles(account: string, contents: Contents): IamPrincipal[] {
  return provisionedPermissionSets(contents)
    .filter(({ accountId }) => accountId === account)
    .flatMap(({ permissionSetArn, outdated }) => {
      const current = contents.permissionSets.find(({ arn }) => arn === permissionSetArn);
      return current ? [reservedRole(outdated ?? current, account, contents)] : [];
    });
}

/**
 * The role that an account has, or would have, for a permission set. Source of its path (with the Region unless it is us-east-1)
 * and name: IAM Identity Center User Guide, "Referencing permission sets in resource policies, Amazon EKS Cluster config maps, and
 * AWS KMS key policies". The digits at the end of its name say nothing, and are the same in every run.
 */
export function reservedRole(permissionSet: PermissionSet, account: string, contents: Contents): IamPrincipal {
  const { partition, instances } = contents;
  const region = instances.find(({ arn }) => arn === permissionSet.instanceArn)?.primaryRegion ?? "us-east-1";
  const name = `AWSReservedSSO_${permissionSet.name}_${digitsOf(`${account} ${permissionSet.arn}`, 16)}`;
  const path = `/aws-reserved/sso.amazonaws.com/${region === "us-east-1" ? "" : `${region}/`}`;
  return {
    kind: "role",
    account,
    arn: `arn:${partition}:iam::${account}:role${path}${name}`,
    name,
    path,
    inlinePolicies: permissionSet.inlinePolicy === "" ? {} : { AwsSSOInlinePolicy: permissionSet.inlinePolicy },
    unknownPolicies: [
      ...permissionSet.managedPolicies,
      ...permissionSet.customerManagedPolicyReferences.map(
        ({ Name, Path = "/" }) => `arn:${partition}:iam::${account}:policy${Path}${Name}`,
      ),
    ],
  };
}
