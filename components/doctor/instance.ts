import {
  type InstanceFacts,
  optInProblem,
  ownerProblem,
  regionProblem,
  statusProblem,
} from "../organizationInstance/instanceProblems";
import { LookUpError } from "../aws/lookUp";
import { Refusal } from "../problem";
import type { CheckId } from "./checkIds";
import type { DoctorContext, Described } from "./context";
import { couldNotTell, dependent, finding, type Finding, fromProblem } from "./finding";

const ofTheInstance = ["instance-status", "instance-region", "region-rule"] as const;

/** The instance of IAM Identity Center: whose it is, its status, and its Regions. */
export async function instance(context: DoctorContext): Promise<readonly Finding[]> {
  let found: Described;
  try {
    found = await context.instance();
  } catch (error) {
    return [...notFound(error), ...ofTheInstance.map((check) => dependent(check, "instance"))];
  }
  const { facts } = found;
  const isOrganizationKnown = await context.managementAccountId().then(
    () => true,
    () => false,
  );
  return [
    isOrganizationKnown
      ? (judged("instance", ownerProblem(facts)) ?? organizations(facts))
      : dependent("instance", "organization"),
    judged("instance-status", statusProblem(facts)) ??
      finding("instance-status", { state: "ready", seen: facts.status }),
    judged("instance-region", regionProblem(facts)) ?? primaryRegion(found),
    judged("region-rule", optInProblem(facts)) ?? regionRule(facts),
  ];
}

function notFound(error: unknown): Finding[] {
  if (error instanceof LookUpError) {
    return [couldNotTell("instance", error.failed)];
  }
  if (error instanceof Refusal) {
    // Which of several is meant is for whoever asks to say.
    return error.problems.map((problem) =>
      problem.path.endsWith("instance.arn")
        ? fromProblem("instance", { ...problem, toDo: `${problem.toDo} (here: --instance)` }, "could not tell")
        : fromProblem("instance", problem),
    );
  }
  throw error;
}

function judged(check: CheckId, problem: ReturnType<typeof ownerProblem>): Finding | undefined {
  return problem && fromProblem(check, problem);
}

function organizations({ arn, ownerAccountId }: InstanceFacts): Finding {
  return finding("instance", {
    state: "ready",
    seen: `${arn}, the organization instance, owned by the management account ${ownerAccountId}`,
  });
}

function primaryRegion({ facts: { primaryRegion: primary }, described: { Regions = [] } }: Described): Finding {
  const additional = Regions.map(({ RegionName = "" }) => RegionName).filter((region) => region !== primary);
  return finding("instance-region", {
    state: "ready",
    seen: `the primary Region is ${primary}${additional.length === 0 ? "" : `; additional Regions: ${additional.join(", ")}`}`,
  });
}

function regionRule({ arn, primaryRegion: region }: InstanceFacts): Finding {
  return finding("region-rule", {
    state: "ready",
    seen: arn.startsWith("arn:aws:")
      ? `${region} is enabled by default in every account`
      : `${region} is of a partition whose Regions need no opting in`,
  });
}
