import { ApplicationReader } from "../aws/application";
import type { Connection } from "../aws/connection";
import { failedCall } from "../aws/failedCall";
import type { CheckId } from "./checkIds";
import { couldNotTell, finding, type Finding, type Said } from "./finding";

const inConsole = "in the IAM Identity Center console (Applications > AWS managed)";
const makeAgain =
  "ask AWS Support: the application is made whole by the switch, and AWS documents no way to repair it; what may make it anew is " +
  "deleting it (`switch.onDestroy: deleteApplication`, `pulumi destroy`) and switching on again";

/**
 * Reads back the application that has the sessions on. What it contains is not public, so no more is expected of it than that it is
 * enabled and has a grant and a scope at all. The verification after an update asks the same.
 */
export async function checkApplication(connection: Connection, applicationArn: string): Promise<readonly Finding[]> {
  const reader = new ApplicationReader(connection, applicationArn);
  return Promise.all([
    asked("application", "sso:DescribeApplication", async () => ofStatus((await reader.describe()).Status)),
    asked("application-grants", "sso:ListApplicationGrants", async () => some("grant", await reader.grants())),
    asked("application-scopes", "sso:ListApplicationAccessScopes", async () =>
      some("access scope", await reader.accessScopes()),
    ),
    asked("application-authentication", "sso:ListApplicationAuthenticationMethods", async () => ({
      state: "ready",
      seen: `the application's authentication methods: ${listed(await reader.authenticationMethods())}`,
    })),
    asked("application-assignment", "sso:GetApplicationAssignmentConfiguration", async () =>
      ofAssignment(await reader.isAssignmentRequired()),
    ),
  ]);
}

async function asked(check: CheckId, action: string, ask: () => Promise<Said>): Promise<Finding> {
  let said: Said;
  try {
    said = await ask();
  } catch (error) {
    return couldNotTell(check, failedCall(action, error));
  }
  return finding(check, said);
}

function ofStatus(status = "unknown"): Said {
  return status === "ENABLED"
    ? { state: "ready", seen: "the application's status is ENABLED" }
    : {
        state: "not ready",
        seen: `the application's status is ${status}: nobody's session becomes identity-aware by it`,
        toDo: `enable it ${inConsole}`,
      };
}

function some(what: string, names: readonly string[]): Said {
  return names.length > 0
    ? { state: "ready", seen: `the application's ${what}s: ${listed(names)}` }
    : { state: "not ready", seen: `the application has no ${what}`, toDo: makeAgain };
}

function ofAssignment(isRequired: boolean): Said {
  return isRequired
    ? {
        state: "note",
        seen: "the application is for those alone who are assigned to it",
        toDo: `see that everybody is assigned who is to have identity-aware sessions, ${inConsole}`,
      }
    : { state: "ready", seen: "the application is for everybody: assignments to it are not required" };
}

function listed(names: readonly string[]): string {
  return names.length === 0 ? "none" : names.join(", ");
}
