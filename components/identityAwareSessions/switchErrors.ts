import { deniedAction } from "../aws/deniedAction";
import { enablerActions, readerActions } from "./enablerPermissions";

const operations = {
  List: "signin:ListTrustedIdentityPropagationApplicationsForConsole",
  Create: "signin:CreateTrustedIdentityPropagationApplicationForConsole",
  Delete: "sso:DeleteApplication",
};

/** What IAM must allow for the call, beside the action of the same name. */
const permissions = {
  List: readerActions,
  Create: enablerActions,
  Delete: ["sso:DeleteApplicationInstance", "sso:DeleteManagedApplicationInstance"],
};

/** What to do about a SetupFailedException of Create, by its reason. */
const setupAdvice: Readonly<Record<string, string>> = {
  LIMIT_EXCEEDED:
    "The instance has as many applications as its quota allows (7,000 unless it was raised): delete some that are not used, or ask " +
    "for more in Service Quotas, then run the update again.",
  RESOURCE_NOT_FOUND:
    "See whether the instance is still there, and ACTIVE, in the IAM Identity Center console, then run the update again.",
};

/** Whether Create failed because the instance has its application already: somebody else was faster. */
export function isAlreadyThere(error: unknown): boolean {
  const { name, reason } = error as { name?: string; reason?: string };
  return name === "SetupFailedException" && reason === "APPLICATION_ALREADY_EXISTS";
}

/** An error of the SDK in the words of this project: what failed, what AWS said, what to do next. */
export function switchError(
  operation: keyof typeof operations,
  instanceArn: string,
  error: unknown,
  applicationArn = "",
): Error {
  const { name, message, reason } = error as { name: string; message: string; reason?: string };
  const said = `${name}${reason === undefined ? "" : ` (${reason})`}: ${message.replace(/\.$/, "")}`;
  const denied =
    name === "AccessDeniedException"
      ? ` The caller needs ${deniedAction(message) ?? `${operations[operation]} with ${others(operation)}`}; ask an administrator of IAM Identity Center.`
      : "";
  switch (operation) {
    case "List":
      return new Error(
        `Could not read whether identity-aware sessions of ${instanceArn} are on. AWS said ${said}.${denied}`,
        { cause: error },
      );
    case "Create": {
      const advice = setupAdvice[reason ?? ""];
      const toDo = advice === undefined ? denied : ` ${advice}`;
      return new Error(`Could not switch on identity-aware sessions of ${instanceArn}. AWS said ${said}.${toDo}`);
    }
    case "Delete":
      return new Error(
        `AWS did not delete application ${applicationArn}, which is the switch of identity-aware sessions of ${instanceArn}. ` +
          `It said ${said}.${denied} AWS documents no way to switch the sessions off: to leave them on, set ` +
          "identity-aware-sessions:switch.onDestroy to keep, run `pulumi up` once, then destroy again.",
      );
  }
}

function others(operation: keyof typeof operations): string {
  const actions = permissions[operation].filter((action) => action !== operations[operation]);
  return `${actions.slice(0, -1).join(", ")} and ${actions.at(-1) ?? ""}`;
}
