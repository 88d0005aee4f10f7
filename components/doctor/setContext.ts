import { LookUpError } from "../aws/lookUp";
import { partitionOf } from "../grants/policyDocument";
import type { CheckId } from "./checkIds";
import type { DoctorContext } from "./context";
import { couldNotTell, dependent, finding, type Finding } from "./finding";
import { judgeIamPrincipals } from "./iamPrincipals";
import { isSomebodyGranted } from "./judgePrincipal";
import { memberAccounts } from "./memberAccounts";
import { type JudgedPrincipals, judgePermissionSets } from "./permissionSets";
import { principalsText } from "./principalsText";
import type { Principal } from "./reportSchema";

type PathId = Extract<CheckId, "set-context-permission-sets" | "set-context-iam">;

/** One way to be granted sts:SetContext: who is, or why nobody knows. */
type Path = { readonly check: PathId } & (JudgedPrincipals | { readonly untold: (needed: boolean) => Finding });

/**
 * Who may use sts:SetContext, and by which path. Needed is that somebody may at all: what is not known of one path does not matter once
 * another one is known to reach people. Of member accounts only what StackSets have deployed there can be told, so that what is not known
 * of it leaves no doubt about the others.
 */
export async function setContext(context: DoctorContext): Promise<readonly Finding[]> {
  const instance = await context.usableInstance();
  const [byStackSets, ...paths] = await Promise.all([
    memberAccounts(context),
    instance === undefined
      ? untold("set-context-permission-sets", (check, needed) => dependent(check, "instance", needed))
      : path("set-context-permission-sets", () => judgePermissionSets(context, instance)),
    path("set-context-iam", () => judgeIamPrincipals(context)),
  ]);
  const isAnybody =
    byStackSets.isAnybody || paths.some((each) => "principals" in each && each.principals.some(isSomebodyGranted));
  const isDoubtful = paths.some(isUntold);
  const { arn } = await context.caller();
  return [...paths.map((each) => told(each, isAnybody, isDoubtful, partitionOf(arn))), ...byStackSets.findings];
}

function untold(check: PathId, say: (check: PathId, needed: boolean) => Finding): Path {
  return { check, untold: (needed) => say(check, needed) };
}

async function path(check: PathId, judge: () => Promise<JudgedPrincipals>): Promise<Path> {
  try {
    return { check, ...(await judge()) };
  } catch (error) {
    if (error instanceof LookUpError) {
      const { failed } = error;
      return untold(check, (id, needed) => couldNotTell(id, failed, needed));
    }
    throw error;
  }
}

/** Whether somebody might be granted it this way, for all that is known. */
function isUntold(each: Path): boolean {
  return "untold" in each || (!each.principals.some(isSomebodyGranted) && each.principals.some(mightBeGranted));
}

function mightBeGranted({ kind, setContext: state, accounts }: Principal): boolean {
  const isGranted = state === "granted" || state === "granted in some accounts";
  return kind === "permission set"
    ? (isGranted && accounts === undefined) || (state === "not known" && accounts !== 0)
    : kind !== "group" && state === "not known";
}

function told(each: Path, isAnybody: boolean, isDoubtful: boolean, partition: string): Finding {
  if ("untold" in each) {
    return each.untold(!isAnybody);
  }
  const { check, principals, lacks } = each;
  const isSets = check === "set-context-permission-sets";
  const about = isSets
    ? "the instance has no permission sets"
    : "the account has no IAM users, groups or roles of its own";
  const said = {
    seen: principals.length === 0 ? about : `sts:SetContext is ${principalsText(principals)}`,
    principals: [...principals],
    ...(lacks.length > 0 && { lacks: [...lacks] }),
  };
  const toLift = lacks.length === 0 ? {} : { toDo: `allow the caller ${lacks.join(", ")}, to read the rest` };
  if (principals.some(isSomebodyGranted)) {
    return finding(check, { ...said, ...toLift, state: "ready" });
  }
  if (isUntold(each)) {
    const toDo = "see to what was not read; AWS's policy simulator tells of a single principal";
    return finding(check, { ...said, toDo, ...toLift, state: "could not tell", needed: !isAnybody });
  }
  // The usual path says what is missing, when nobody is granted it by any.
  return isAnybody || isDoubtful || !isSets
    ? finding(check, { ...said, ...toLift, state: "note" })
    : finding(check, { ...said, toDo: grantIt(partition), state: "not ready" });
}

function grantIt(partition: string): string {
  return (
    "assign a permission set to people that allows sts:SetContext on " +
    `arn:${partition}:sts::*:self (those of identity-aware-sessions:permissionSets do), or name who comes without one in ` +
    "identity-aware-sessions:iamPrincipals, and run `pulumi up`"
  );
}
