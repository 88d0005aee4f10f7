import {
  GetInlinePolicyForPermissionSetCommand,
  GetPermissionsBoundaryForPermissionSetCommand,
  paginateListAccountsForProvisionedPermissionSet,
  paginateListCustomerManagedPolicyReferencesInPermissionSet,
  paginateListManagedPoliciesInPermissionSet,
  type PermissionsBoundary,
  SSOAdminClient,
} from "@aws-sdk/client-sso-admin";
import { clientConfiguration, type Connection } from "./connection";
import { lookUp } from "./lookUp";

/** Reads what permission sets of one instance allow, and where they are assigned. */
export class PermissionSetPolicyReader {
  private readonly client: SSOAdminClient;
  private readonly instanceArn: string;
  private readonly pace: () => Promise<void>;

  /** @param pace is waited for before each call: IAM Identity Center takes 20 a second of an account. */
  constructor(connection: Connection, instanceArn: string, pace: () => Promise<void>) {
    this.client = new SSOAdminClient(clientConfiguration(connection));
    this.instanceArn = instanceArn;
    this.pace = pace;
  }

  /** @returns its JSON, or undefined where there is none. */
  async inlinePolicy(permissionSetArn: string): Promise<string | undefined> {
    await this.pace();
    const command = new GetInlinePolicyForPermissionSetCommand(this.of(permissionSetArn));
    return lookUp("sso:GetInlinePolicyForPermissionSet", async () => {
      const { InlinePolicy } = await this.client.send(command);
      return InlinePolicy === "" ? undefined : InlinePolicy;
    });
  }

  /** The ARNs of the AWS managed policies that are attached. */
  async managedPolicies(permissionSetArn: string): Promise<string[]> {
    await this.pace();
    return lookUp("sso:ListManagedPoliciesInPermissionSet", async () => {
      const arns: string[] = [];
      const query = [{ client: this.client }, this.of(permissionSetArn)] as const;
      for await (const page of paginateListManagedPoliciesInPermissionSet(...query)) {
        arns.push(...(page.AttachedManagedPolicies ?? []).flatMap(({ Arn }) => Arn ?? []));
      }
      return arns;
    });
  }

  /** The paths and names of the customer managed policies that each account has to have: /team/Base */
  async customerManagedPolicies(permissionSetArn: string): Promise<string[]> {
    await this.pace();
    return lookUp("sso:ListCustomerManagedPolicyReferencesInPermissionSet", async () => {
      const names: string[] = [];
      const query = [{ client: this.client }, this.of(permissionSetArn)] as const;
      for await (const page of paginateListCustomerManagedPolicyReferencesInPermissionSet(...query)) {
        names.push(...(page.CustomerManagedPolicyReferences ?? []).map(({ Path = "/", Name = "" }) => Path + Name));
      }
      return names;
    });
  }

  /** @returns undefined where there is none. */
  async permissionsBoundary(permissionSetArn: string): Promise<PermissionsBoundary | undefined> {
    await this.pace();
    const command = new GetPermissionsBoundaryForPermissionSetCommand(this.of(permissionSetArn));
    return lookUp("sso:GetPermissionsBoundaryForPermissionSet", async () => {
      try {
        return (await this.client.send(command)).PermissionsBoundary;
      } catch (error) {
        if ((error as Error).name === "ResourceNotFoundException") {
          return undefined;
        }
        throw error;
      }
    });
  }

  /** The accounts that have it because it is assigned there. */
  async accounts(permissionSetArn: string): Promise<string[]> {
    await this.pace();
    return lookUp("sso:ListAccountsForProvisionedPermissionSet", async () => {
      const ids: string[] = [];
      const query = [{ client: this.client }, { ...this.of(permissionSetArn), MaxResults: 100 }] as const;
      for await (const page of paginateListAccountsForProvisionedPermissionSet(...query)) {
        ids.push(...(page.AccountIds ?? []));
      }
      return ids;
    });
  }

  private of(permissionSetArn: string) {
    return { InstanceArn: this.instanceArn, PermissionSetArn: permissionSetArn };
  }
}
