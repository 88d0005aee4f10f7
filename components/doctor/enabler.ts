import { dependsOn, simulateEnabler } from "../identityAwareSessions/enablerCheck";
import { enablerActions } from "../identityAwareSessions/enablerPermissions";
import { enablerProblems } from "../identityAwareSessions/enablerProblems";
import type { DoctorContext } from "./context";
import { finding, type Finding } from "./finding";
import { unlessUntold } from "./untold";

/** Whether the enabler has the nine permissions. While the sessions are on, nobody needs them any more. */
export async function enabler(context: DoctorContext): Promise<readonly Finding[]> {
  const { connection, enabler: configured } = context.question;
  const isNeeded = (await context.switch())?.applicationArn === undefined;
  return unlessUntold(
    "enabler",
    async () => {
      const simulated = await simulateEnabler(connection, { enabler: configured }, enablerActions);
      if ("notChecked" in simulated) {
        return [notTold(simulated.notChecked, isNeeded)];
      }
      const { arn, decided, doubtful } = simulated;
      const problems = enablerProblems("enabler", arn, configured === undefined, decided);
      if (problems.length > 0) {
        const denied = decided.filter(({ EvalDecision }) => EvalDecision !== "allowed");
        return [
          finding("enabler", {
            state: isNeeded ? "not ready" : "note",
            seen: problems.map(({ found }) => found).join("; ") + (isNeeded ? "" : "; the sessions are on already"),
            ...(isNeeded && {
              toDo: problems.map(({ toDo }) => toDo).join("; "),
              lacks: denied.flatMap(({ EvalActionName }) => EvalActionName ?? []),
            }),
          }),
        ];
      }
      if (doubtful.length > 0) {
        return [notTold(dependsOn(arn, doubtful), isNeeded)];
      }
      const seen = `${arn}${configured === undefined ? " (the caller)" : ""} has the nine permissions`;
      return [finding("enabler", { state: "ready", needed: isNeeded, seen })];
    },
    isNeeded,
  );
}

function notTold(why: string, needed: boolean): Finding {
  // Two of the reasons are permissions of the caller, which they name.
  const lacks = /not allowed (iam:\w+)/.exec(why)?.slice(1);
  return finding("enabler", {
    state: "could not tell",
    needed,
    seen: why,
    toDo:
      lacks === undefined
        ? `see by other means that whoever is to switch the sessions on has ${enablerActions.join(", ")}`
        : `allow the caller ${lacks.join(", ")}`,
    ...(lacks !== undefined && { lacks }),
  });
}
