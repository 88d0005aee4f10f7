import { failedCall } from "../aws/failedCall";
import type { Connection } from "../aws/connection";
import { ConsoleApplication } from "../identityAwareSessions/consoleApplication";
import { isUndocumented } from "../identityAwareSessions/undocumented";
import { masked } from "../masked";
import { couldNotTell, finding, type Finding } from "./finding";

export interface SwitchChecked {
  readonly finding: Finding;
  /** The application that has the sessions on; undefined while they are off, and where that could not be told. */
  readonly applicationArn: string | undefined;
}

/** Reads whether identity-aware sessions of an instance are on. The verification after an update asks the same. */
export async function checkSwitch(connection: Connection, instanceArn: string): Promise<SwitchChecked> {
  const application = new ConsoleApplication(connection, { firstPause: 0, longestPause: 0, atMost: 0 });
  try {
    const applicationArn = await application.find(instanceArn);
    return { finding: applicationArn === undefined ? off(instanceArn) : on(applicationArn), applicationArn };
  } catch (error) {
    return { finding: unread(error as Error), applicationArn: undefined };
  }
}

function on(applicationArn: string): Finding {
  return finding("switch", { state: "ready", seen: `identity-aware sessions are Enabled, by ${applicationArn}` });
}

function off(instanceArn: string): Finding {
  return finding("switch", {
    state: "not ready",
    seen: `identity-aware sessions of ${instanceArn} are not Enabled: AWS lists no application for them`,
    toDo:
      "run `pulumi refresh`, then `pulumi up`, which switches them on; or enable them in the IAM Identity Center console (Settings > " +
      "Details > Identity-aware sessions > Enable)",
  });
}

/** An error of the project keeps AWS's as its cause; without one it is about what it was given, by AWS or by whoever asks. */
function unread(error: Error): Finding {
  if (error.cause !== undefined) {
    return couldNotTell(
      "switch",
      failedCall("signin:ListTrustedIdentityPropagationApplicationsForConsole", error.cause),
    );
  }
  if (error.name !== "Error" && !isUndocumented(error)) {
    throw error;
  }
  return finding("switch", { state: "could not tell", seen: masked(error.message) });
}
