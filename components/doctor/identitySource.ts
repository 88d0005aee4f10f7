import { usersProblems } from "../organizationInstance/usersProblems";
import type { DoctorContext } from "./context";
import { dependent, finding, type Finding, fromProblem } from "./finding";
import { unlessUntold } from "./untold";

/** Whether there is anybody who could use the sessions. Which kind of identity source it is AWS tells by no public operation. */
export async function identitySource(context: DoctorContext): Promise<readonly Finding[]> {
  const instance = await context.usableInstance();
  if (instance === undefined) {
    return [dependent("identity-source", "instance")];
  }
  return unlessUntold("identity-source", async () => {
    const [problem] = await usersProblems(context.question.connection, instance);
    return [
      problem === undefined
        ? finding("identity-source", { state: "ready", seen: `identity store ${instance.identityStoreId} has users` })
        : fromProblem("identity-source", problem),
    ];
  });
}
