import {
  ListInstancesCommand,
  paginateListAccountAssignments,
  paginateListAccountsForProvisionedPermissionSet,
  SSOAdminClient,
} from "@aws-sdk/client-sso-admin";
import { clientConfiguration, type Connection } from "../aws/connection";
import { isDenied } from "../aws/deniedAction";
import { PermissionSetReader } from "../aws/permissionSets";
import { permissionSetPath } from "../configPath";
import { handingOver } from "./handingOver";

/**
 * Permission sets that are to be deleted although somebody else assigns them too, which AWS refuses only once the stack's own
 * assignments are gone (DeletePermissionSet: ConflictException, "ApplicationProfile associated"). Only reads.
 *
 * @param chosenArn the instance's ARN of the stack's configuration
 * @param counts how many assignments the stack has of each permission set that would be deleted, by name
 * @returns why each cannot be, and the way out; nothing where AWS does not let the caller see assignments.
 */
export async function usedByOthers(
  connection: Connection,
  chosenArn: string | undefined,
  counts: Readonly<Record<string, number>>,
): Promise<string[]> {
  const names = Object.keys(counts);
  if (names.length === 0) {
    return [];
  }
  const client = new SSOAdminClient(clientConfiguration(connection));
  // The program has seen to it that there is one only, or that one is chosen.
  const instanceArn = chosenArn ?? (await client.send(new ListInstancesCommand())).Instances?.[0]?.InstanceArn ?? "";
  const arns = await new PermissionSetReader(connection, { arn: instanceArn, permissionSetsEnabled: true }).find(names);
  const objections: string[] = [];
  for (const [name, count] of Object.entries(counts)) {
    const arn = arns[name];
    const account = arn === undefined ? undefined : await oneMoreThan(count, client, instanceArn, arn);
    if (account !== undefined) {
      objections.push(
        `${permissionSetPath(name)}\n` +
          `  found:   a permission set that would be deleted, and more assignments of it than the ${count} that this stack has on record, in ${account}\n` +
          "  allowed: deleting what nobody else assigns: AWS refuses it for others\n" +
          `  to do:   take those assignments back where they were made; or leave the permission set to others: ${handingOver(name)}`,
      );
    }
  }
  return objections;
}

/** @returns the account of the first assignment that is one too many, if there is one. */
async function oneMoreThan(
  count: number,
  client: SSOAdminClient,
  InstanceArn: string,
  PermissionSetArn: string,
): Promise<string | undefined> {
  let seen = 0;
  const query = { InstanceArn, PermissionSetArn };
  try {
    for await (const { AccountIds = [] } of paginateListAccountsForProvisionedPermissionSet({ client }, query)) {
      for (const AccountId of AccountIds) {
        for await (const page of paginateListAccountAssignments({ client }, { ...query, AccountId })) {
          seen += page.AccountAssignments?.length ?? 0;
          if (seen > count) {
            return AccountId;
          }
        }
      }
    }
  } catch (error) {
    if (!isDenied(error)) {
      throw error;
    }
  }
  return undefined;
}
