import type { DescribeInstanceResponse } from "@aws-sdk/client-sso-admin";
import type { Connection } from "../aws/connection";
import { IdentityCenterReader } from "../aws/identityCenter";
import { OrganizationReader } from "../aws/organization";
import { refuseAny } from "../problem";
import { together } from "../together";
import { administrationProblems } from "./administrationProblems";
import { attributesProblems } from "./attributesProblems";
import { type ChosenInstance, chooseInstance } from "./chooseInstance";
import { type InstanceFacts, instanceProblems, optInProblem } from "./instanceProblems";
import { settingsProblems } from "./settingsProblems";
import { usersProblems } from "./usersProblems";
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

/** An instance, and all that AWS says about it. */
export interface FoundInstance {
  readonly instance: Instance;
  readonly described: DescribeInstanceResponse;
}

/**
 * Finds the instance that the stack is about and checks that it belongs to the organization, is ACTIVE, and is administered
 * from here by the caller; only reads.
 *
 * @param chosenArn the instance's ARN of the stack's configuration, needed when the account sees several instances.
 * @throws RunError that says what is wrong with it and the way out, everything at once.
 */
export async function findInstance(connection: Connection, chosenArn?: string): Promise<FoundInstance> {
  const identityCenter = new IdentityCenterReader(connection);
  const [chosen, managementAccountId] = await together(
    chooseInstance(identityCenter, connection.region, chosenArn),
    new OrganizationReader(connection).managementAccountId(),
  );
  const described = await describeChosen(identityCenter, chosen);
  const facts = await instanceFacts(identityCenter, connection, chosen, described, managementAccountId);
  const instance = instanceOf(facts, described);
  const problems = instanceProblems(facts);
  // Administrators can be asked for only of an instance that is sound and near.
  if (problems.length === 0) {
    problems.push(...(await administrationProblems(connection, instance)));
  }
  refuseAny(unsuitable, problems);
  return { instance, described };
}

/** What AWS says about the instance; of one in another Region, what the list of all has. */
export async function describeChosen(
  identityCenter: IdentityCenterReader,
  { arn, elsewhere }: ChosenInstance,
): Promise<DescribeInstanceResponse> {
  return elsewhere ?? identityCenter.describe(arn);
}

/** What decides whether an instance is the organization's, in use, and administered from here; only reads. */
export async function instanceFacts(
  identityCenter: IdentityCenterReader,
  { region }: Connection,
  { arn, elsewhere }: ChosenInstance,
  described: DescribeInstanceResponse,
  managementAccountId: string | undefined,
): Promise<InstanceFacts> {
  const isOrganizations = ({ OwnerAccountId }: { OwnerAccountId?: string | undefined }) =>
    managementAccountId !== undefined && OwnerAccountId === managementAccountId;
  const organizations = isOrganizations(described)
    ? undefined
    : (await identityCenter.instancesOfAllRegions()).find(isOrganizations);
  return {
    arn,
    ownerAccountId: described.OwnerAccountId ?? "",
    managementAccountId,
    status: described.Status ?? "unknown",
    statusReason: described.StatusReason,
    // An instance that does not say so was made before there were additional Regions: it has the one it is called in.
    primaryRegion: described.PrimaryRegion ?? region,
    region,
    isInRegion: elsewhere === undefined,
    organizations: organizations && {
      arn: organizations.InstanceArn ?? "",
      primaryRegion: organizations.PrimaryRegion ?? region,
    },
  };
}

export function instanceOf(
  { arn, primaryRegion, ownerAccountId }: InstanceFacts,
  { IdentityStoreId, PermissionSetsEnabled }: DescribeInstanceResponse,
): Instance {
  return {
    arn,
    identityStoreId: IdentityStoreId ?? "",
    primaryRegion,
    ownerAccountId,
    // An instance that does not say so is older than instances without permission sets.
    permissionSetsEnabled: PermissionSetsEnabled ?? true,
  };
}

/**
 * Checks that the instance can have what the stack wants of it, and that somebody could use the sessions; only reads.
 *
 * @param wanted what the stack sets on the instance.
 * @param confirmed what the stack's safety.confirm lists.
 * @throws RunError that says what it cannot have and the way out, everything at once.
 */
export async function checkInstance(
  connection: Connection,
  { instance, described }: FoundInstance,
  wanted: WantedInstance = {},
  confirmed: readonly string[] = [],
): Promise<void> {
  const [users, attributes] = await together(
    usersProblems(connection, instance),
    attributesProblems(connection, instance.arn, wanted),
  );
  const settings = settingsProblems(described, wanted, confirmed, instance.primaryRegion);
  const optIn = optInProblem(instance);
  refuseAny(unsuitable, [...(optIn === undefined ? [] : [optIn]), ...users, ...settings, ...attributes]);
}

const unsuitable = "The stack cannot use its instance of IAM Identity Center as it is";
