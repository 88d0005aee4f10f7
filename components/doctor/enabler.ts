import { dependsOn, simulateEnabler } from "../identityAwareSessions/enablerCheck";
import { enablerActions } from "../identityAwareSessions/enablerPermissions";
import { enablerProblems } from "../identityAwareSessions/enablerProblems";
import { type Problem, Refusal } from "../problem";
import type { DoctorContext } from "./context";
import { finding, type Finding } from "./finding";
import { unlessUntold } from "./untold";

/** Whether the enabler has the nine permissions. While the sessions are on, nobody needs them any more. */
export async function enabler(context: DoctorContext): Promise<readonly Finding[]> {
  const { connection, enabler: configured } = context.question;
  const state = (await context.switch())?.finding.state ?? "could not tell";
  const needed = state !== "ready";
  return unlessUntold(
    "enabler",
    async () => {
      const simulated = await simulateEnabler(connection, { enabler: configured }, enablerActions).catch(refused);
      if ("problems" in simulated) {
        return [lacking(simulated.problems, [], state)];
      }
      if ("notChecked" in simulated) {
        return [notTold(simulated.notChecked, needed)];
      }
      const { arn, decided, doubtful } = simulated;
      const problems = enablerProblems("enabler", arn, configured === undefined, decided);
      if (problems.length > 0) {
        const denied = decided.filter(({ EvalDecision }) => EvalDecision !== "allowed");
        return [
          lacking(
            problems,
            denied.flatMap(({ EvalActionName }) => EvalActionName ?? []),
            state,
          ),
        ];
      }
      if (doubtful.length > 0) {
        return [notTold(dependsOn(arn, doubtful), needed)];
      }
      const seen = `${arn}${configured === undefined ? " (the caller)" : ""} has the nine permissions`;
      return [finding("enabler", { state: "ready", needed, seen })];
    },
    needed,
  );
}

/** Of a configured enabler that does not exist. */
function refused(error: unknown): { problems: readonly Problem[] } {
  if (error instanceof Refusal) {
    return { problems: error.problems };
  }
  throw error;
}

/** What it means that permissions lack is for the switch to say. */
function lacking(problems: readonly Problem[], lacks: readonly string[], ofSwitch: Finding["state"]): Finding {
  const seen = problems.map(({ found }) => found).join("; ");
  switch (ofSwitch) {
    case "ready":
      return finding("enabler", { state: "note", seen: `${seen}; the sessions are on already` });
    case "not ready": {
      const toDo = problems.map((problem) => problem.toDo).join("; ");
      return finding("enabler", { state: "not ready", seen, toDo, lacks: [...lacks] });
    }
    case "note":
    case "could not tell":
      return finding("enabler", {
        state: "could not tell",
        seen: `${seen}; whether that matters depends on switch`,
        toDo: "see to switch first",
      });
  }
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
