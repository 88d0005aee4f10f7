import type { z } from "zod";
import type { FailedCall } from "../aws/failedCall";
import { masked } from "../masked";
import type { Problem } from "../problem";
import { type CheckId, isNeeded } from "./checkIds";
import { documentation } from "./documentation";
import type { findingSchema } from "./reportSchema";

/** What one check has found: plain data, whose members `reportSchema` describes. */
export type Finding = Readonly<z.output<typeof findingSchema>>;

/** What a finding says beside the check and where that is documented. Needed as its check is, and a note never, unless it says otherwise. */
export type Said = Omit<Finding, "check" | "documentedAt" | "needed"> & { readonly needed?: boolean };

export function finding(check: CheckId, said: Said): Finding {
  return { check, needed: isNeeded(check) && said.state !== "note", ...said, documentedAt: documentation[check] };
}

/** A call that failed: nobody knows what it would have said. What looks like a credential is masked. */
export function couldNotTell(check: CheckId, failed: FailedCall, needed = isNeeded(check)): Finding {
  const { action, isDenied, said, toDo } = failed;
  return finding(check, {
    state: "could not tell",
    needed,
    seen: masked(`${isDenied ? `the caller may not do ${action}` : `${action} failed`}. AWS said: ${said}`),
    toDo: masked(toDo),
    ...(isDenied && { lacks: [action] }),
  });
}

/** What a check could not ask before something else is in order. */
export function dependent(check: CheckId, on: CheckId, needed = isNeeded(check)): Finding {
  return finding(check, {
    state: "could not tell",
    needed,
    seen: `not asked: it depends on ${on}`,
    toDo: `see to ${on} first`,
  });
}

/** What the program would refuse, in its words. */
export function fromProblem(
  check: CheckId,
  { found, allowed, toDo }: Problem,
  state: Exclude<Finding["state"], "ready"> = "not ready",
): Finding {
  return finding(check, { state, seen: masked(`found ${found}; needed: ${allowed}`), toDo });
}
