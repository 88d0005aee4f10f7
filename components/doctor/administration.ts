import { OrganizationReader } from "../aws/organization";
import { administrationProblems } from "../organizationInstance/administrationProblems";
import type { DoctorContext } from "./context";
import { dependent, finding, type Finding, fromProblem } from "./finding";
import { unlessUntold } from "./untold";

/**
 * Whether the caller's account administers the instance, and which accounts do beside the management account. The sessions do not
 * depend on who asks.
 */
export async function administration(context: DoctorContext): Promise<readonly Finding[]> {
  const instance = await context.usableInstance();
  if (instance === undefined) {
    return [dependent("administration", "instance")];
  }
  const { connection } = context.question;
  return unlessUntold("administration", async () => {
    const [problem] = await administrationProblems(connection, instance);
    if (problem !== undefined) {
      return [fromProblem("administration", problem, "note")];
    }
    const { account } = await context.caller();
    const mayAdminister =
      account === instance.ownerAccountId
        ? `account ${account} administers it as the management account`
        : `account ${account} administers it as a delegated administrator, which cannot change what is provisioned in the management account`;
    const delegated = await new OrganizationReader(connection).delegatedAdministrators("sso.amazonaws.com");
    if (delegated === undefined) {
      return [
        finding("administration", {
          state: "could not tell",
          seen: `${mayAdminister}; which accounts are delegated administrators the caller may not ask (organizations:ListDelegatedAdministrators)`,
          toDo: "allow the caller organizations:ListDelegatedAdministrators",
          lacks: ["organizations:ListDelegatedAdministrators"],
        }),
      ];
    }
    const others =
      delegated.length === 0
        ? "there are no delegated administrators"
        : `delegated administrators: ${delegated.join(", ")}`;
    return [finding("administration", { state: "ready", seen: `${mayAdminister}; ${others}` })];
  });
}
