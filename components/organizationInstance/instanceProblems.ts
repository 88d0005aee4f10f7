import { isDefaultEnabledRegion } from "../../policy-pack/regions";
import type { Problem } from "../problem";

/** What AWS says about an instance, and from where and as whom it was asked. */
export interface InstanceFacts {
  readonly arn: string;
  readonly ownerAccountId: string;
  /** undefined: the account belongs to no organization. */
  readonly managementAccountId: string | undefined;
  readonly status: string;
  readonly statusReason: string | undefined;
  readonly primaryRegion: string;
  /** The Region of the stack. */
  readonly region: string;
  /** Whether the instance is in the Region of the stack at all. */
  readonly isInRegion: boolean;
  /** Where the instance is somebody else's: the organization's own, if the account sees it in some Region. */
  readonly organizations?: { readonly arn: string; readonly primaryRegion: string } | undefined;
}

/**
 * Why nothing else can be asked about an instance from here; none when it can. What is wrong with it beside that, a primary Region
 * that is opt-in among it, is told together with all the rest.
 *
 * ARNs of organization and account instances look alike. An instance belongs to the organization exactly when its owner is
 * the management account: the organization instance is made there, and CreateInstance, which makes account instances, is
 * rejected there.
 */
export function instanceProblems(facts: InstanceFacts): Problem[] {
  return [ownerProblem(facts), statusProblem(facts), regionProblem(facts)].filter((problem) => problem !== undefined);
}

/** Why it is not the organization's. */
export function ownerProblem({
  arn,
  ownerAccountId,
  managementAccountId,
  region,
  organizations,
}: InstanceFacts): Problem | undefined {
  if (ownerAccountId === managementAccountId) {
    return undefined;
  }
  const inOrganization = managementAccountId !== undefined;
  return {
    path: "identity-aware-sessions:instance",
    found: `${arn}, an account instance of ${ownerAccountId}${inOrganization ? "" : ", an account without an organization"}`,
    allowed: `an organization instance${inOrganization ? `, owned by the management account ${managementAccountId}` : ""}`,
    toDo: !inOrganization
      ? "enable IAM Identity Center for an organization, in its management account"
      : organizations !== undefined
        ? `set identity-aware-sessions:instance.arn to ${organizations.arn}, which is the organization's` +
          (organizations.primaryRegion === region ? "" : `, and aws:region to ${organizations.primaryRegion}`)
        : `run the stack as the management account ${managementAccountId} or the delegated administrator of IAM Identity Center`,
  };
}

/** Why it is not in use. */
export function statusProblem({ arn, status, statusReason }: InstanceFacts): Problem | undefined {
  if (status === "ACTIVE") {
    return undefined;
  }
  return {
    path: "identity-aware-sessions:instance",
    found: `${arn} with status ${status}${statusReason === undefined ? "" : ` (${statusReason})`}`,
    allowed: "status ACTIVE",
    toDo: "wait until the instance is ACTIVE, or look at it in the IAM Identity Center console",
  };
}

/** Why it cannot be administered in the Region that is asked. */
export function regionProblem({ arn, primaryRegion, region, isInRegion }: InstanceFacts): Problem | undefined {
  if (primaryRegion === region) {
    return undefined;
  }
  return (
    // Going there would be of no use.
    optInProblem({ arn, primaryRegion }) ?? {
      path: "aws:region",
      found: isInRegion ? `${region}, an additional Region of ${arn}` : `${region}, in which ${arn} is not`,
      allowed: `its primary Region, ${primaryRegion}: permission sets and assignments are managed there only`,
      toDo: `run \`pulumi config set aws:region ${primaryRegion}\``,
    }
  );
}

/** Why an instance cannot stay where it is. It can be asked about there all the same, unlike where it is not. */
export function optInProblem({
  arn,
  primaryRegion,
}: Pick<InstanceFacts, "arn" | "primaryRegion">): Problem | undefined {
  // The Regions of GovCloud and China are not opted in to: the list is that of partition aws.
  if (!arn.startsWith("arn:aws:") || isDefaultEnabledRegion(primaryRegion)) {
    return undefined;
  }
  return {
    path: "aws:region",
    found: `${arn} with the primary Region ${primaryRegion}, which has to be opted in to`,
    allowed:
      "a primary Region that is enabled by default: Amazon Q is not supported when IAM Identity Center is in an opt-in Region",
    toDo: "an instance cannot be moved: it has to be deleted, with all its data, and enabled again in another Region",
  };
}
