import { IdentityCenterReader } from "../aws/identityCenter";
import type { Connection } from "../aws/connection";
import { OrganizationReader } from "../aws/organization";
import { type Problem, refusal } from "../problem";
import { type InstanceFacts, instanceProblems } from "./instanceProblems";

/** The organization instance of IAM Identity Center, found and checked. */
export interface Instance {
  readonly arn: string;
  /** d-1234567890 */
  readonly identityStoreId: string;
  /** arn:aws:identitystore::111111111111:identitystore/d-1234567890 */
  readonly primaryRegion: string;
  /** The organization's management account. */
  readonly ownerAccountId: string;
}

/**
 * Finds the instance that the stack is about and checks that it can have identity-aware sessions; only reads.
 *
 * @param chosenArn the instance's ARN of the stack's configuration, needed when the account sees several instances.
 * @throws RunError that says what is wrong with it and the way out.
 */
export async function findInstance(connection: Connection, chosenArn?: string): Promise<Instance> {
  const identityCenter = new IdentityCenterReader(connection);
  const seen = (await identityCenter.instances()).flatMap(({ InstanceArn }) => InstanceArn ?? []);
  const arn = choose(seen, connection.region, chosenArn);
  const [described, managementAccountId] = await Promise.all([
    identityCenter.describe(arn),
    new OrganizationReader(connection).managementAccountId(),
  ]);
  const facts: InstanceFacts = {
    arn,
    ownerAccountId: described.OwnerAccountId ?? "",
    managementAccountId,
    status: described.Status ?? "unknown",
    statusReason: described.StatusReason,
    // An instance that does not say so was made before there were additional Regions: it has the one it is called in.
    primaryRegion: described.PrimaryRegion ?? connection.region,
    region: connection.region,
  };
  const problems = instanceProblems(facts);
  if (problems.length > 0) {
    throw refusal("The instance of IAM Identity Center cannot have identity-aware sessions", problems);
  }
  const { ownerAccountId, primaryRegion } = facts;
  return { arn, identityStoreId: described.IdentityStoreId ?? "", primaryRegion, ownerAccountId };
}

function choose(seen: readonly string[], region: string, chosenArn: string | undefined): string {
  const [only, ...others] = seen;
  const chosen = chosenArn ?? (others.length === 0 ? only : undefined);
  if (chosen !== undefined && seen.includes(chosen)) {
    return chosen;
  }
  throw refusal("The instance of IAM Identity Center was not found", [choiceProblem(seen, region, chosenArn)]);
}

function choiceProblem(seen: readonly string[], region: string, chosenArn: string | undefined): Problem {
  const path = "identity-aware-sessions:instance.arn";
  if (seen.length === 0) {
    return {
      path: "aws:region",
      found: `no instance of IAM Identity Center in ${region}`,
      allowed: "the primary Region of the organization's instance",
      toDo:
        "set aws:region to that Region; where the organization has no instance yet, enable IAM Identity Center in its management " +
        "account, in a Region that is enabled by default",
    };
  }
  const allowed = `one of ${seen.join(", ")}`;
  return chosenArn === undefined
    ? {
        path,
        found: `nothing, and ${seen.length} instances`,
        allowed,
        toDo: "set it to the ARN of the organization's instance",
      }
    : { path, found: chosenArn, allowed, toDo: "correct it, or set aws:region to the primary Region of that instance" };
}
