import { profileProblems } from "../aws/checkConnection";
import { endpointProblems } from "../aws/checkEndpoints";
import { finding, type Finding, fromProblem } from "./finding";
import type { DoctorContext } from "./context";
import { unlessUntold } from "./untold";

/** Who asks, and where. Nothing is called with a profile that there is not, or where AWS's calls would go elsewhere. */
export async function credentials(context: DoctorContext): Promise<readonly Finding[]> {
  const { connection, endpoints } = context.question;
  const problems = [...(await profileProblems(connection)), ...(await endpointProblems(connection, endpoints))];
  if (problems.length > 0) {
    return problems.map((problem) => fromProblem("credentials", problem, "could not tell"));
  }
  return unlessUntold("credentials", async () => {
    const { account, arn } = await context.caller();
    return [
      finding("credentials", { state: "ready", seen: `${arn}, of account ${account}, asks in ${connection.region}` }),
    ];
  });
}
