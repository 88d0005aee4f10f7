import type { DescribeInstanceResponse } from "@aws-sdk/client-sso-admin";
import type { Connection } from "../aws/connection";
import { IdentityCenterReader } from "../aws/identityCenter";
import { OrganizationReader } from "../aws/organization";
import { refusal } from "../problem";
import { administrationProblems } from "./administrationProblems";
import { attributesProblems } from "./attributesProblems";
import { chooseInstance } from "./chooseInstance";
import { type InstanceFacts, instanceProblems } from "./instanceProblems";
import { settingsProblems } from "./settingsProblems";
import type { WantedInstance } from "./wantedInstance";

/** The organization instance of IAM Identity Center, found and checked. */
export interface Instance {
  readonly arn: string;
  /** d-1234567890 */
  readonly identityStoreId: string;
  /** The one Region where permission sets and assignments are managed: us-east-1 */
  readonly primaryRegion: string;
  /** The organization's management account. */
  readonly ownerAccountId: string;
  /** Whether permission sets are on; where they are off, AWS refuses to look for any. */
  readonly permissionSetsEnabled: boolean;
}

/**
 * Finds the instance that the stack is about and checks that it can have identity-aware sessions; only reads.
 *
 * @param chosenArn the instance's ARN of the stack's configuration, needed when the account sees several instances.
 * @param wanted what the stack sets on the instance.
 * @param confirmed what the stack's safety.confirm lists.
 * @throws RunError that says what is wrong with it and the way out, everything at once.
 */
export async function findInstance(
  connection: Connection,
  chosenArn?: string,
  wanted: WantedInstance = {},
  confirmed: readonly string[] = [],
): Promise<Instance> {
  const identityCenter = new IdentityCenterReader(connection);
  const [{ arn, elsewhere }, managementAccountId] = await Promise.all([
    chooseInstance(identityCenter, connection.region, chosenArn),
    new OrganizationReader(connection).managementAccountId(),
  ]);
  const described = elsewhere ?? (await identityCenter.describe(arn));
  const facts: InstanceFacts = {
    arn,
    ownerAccountId: described.OwnerAccountId ?? "",
    managementAccountId,
    status: described.Status ?? "unknown",
    statusReason: described.StatusReason,
    // An instance that does not say so was made before there were additional Regions: it has the one it is called in.
    primaryRegion: described.PrimaryRegion ?? connection.region,
    region: connection.region,
    isInRegion: elsewhere === undefined,
  };
  const found = {
    arn,
    identityStoreId: described.IdentityStoreId ?? "",
    primaryRegion: facts.primaryRegion,
    ownerAccountId: facts.ownerAccountId,
    // An instance that does not say so is older than instances without permission sets.
    permissionSetsEnabled: (described as DescribeInstanceResponse).PermissionSetsEnabled ?? true,
  };
  const problems = instanceProblems(facts);
  // The rest can be asked only of an instance that is sound and near.
  if (problems.length === 0) {
    problems.push(...(await furtherProblems(connection, found, described, wanted, confirmed)));
  }
  if (problems.length > 0) {
    throw refusal("The instance of IAM Identity Center cannot have identity-aware sessions", problems);
  }
  return found;
}

async function furtherProblems(
  connection: Connection,
  found: Instance,
  described: DescribeInstanceResponse,
  wanted: WantedInstance,
  confirmed: readonly string[],
) {
  const administration = await administrationProblems(connection, found);
  const settings = settingsProblems(described, wanted, confirmed, found.primaryRegion);
  // Asked of administrators only, for AWS denies everybody else.
  const attributes = administration.length === 0 ? await attributesProblems(connection, found.arn, wanted) : [];
  return [...administration, ...settings, ...attributes];
}
