import { RunError, runtime } from "@pulumi/pulumi";
import type { Connection } from "../aws/connection";
import { refusal } from "../problem";
import { ConsoleApplication } from "./consoleApplication";
import { checkEnabler, checkReader, type EnablerSettings } from "./enablerCheck";

/** What the stack does about the switch: turn it on and keep it on, refuse to go on while it is off, or leave it alone. */
export type SwitchMode = "manage" | "require" | "ignore";

export interface SwitchSettings extends EnablerSettings {
  readonly mode: SwitchMode;
}

/** What is known of the switch before anything is changed. */
export interface Preflight {
  readonly mode: SwitchMode;
  /** The application that has the sessions on already; undefined while they are off, and when the stack ignores them. */
  readonly applicationArn: string | undefined;
  /** What could not be checked, a text each. */
  readonly warnings: readonly string[];
}

/**
 * Reads the switch of an instance and, when this stack has to turn it on, whether that will be allowed; only reads.
 *
 * @throws RunError when the switch cannot be read, is off though the stack requires it, or cannot be turned on.
 */
export async function preflight(
  connection: Connection,
  instanceArn: string,
  settings: SwitchSettings = { mode: "manage" },
): Promise<Preflight> {
  const { mode } = settings;
  if (mode === "ignore") {
    return { mode, applicationArn: undefined, warnings: [] };
  }
  const applicationArn = await findApplication(connection, instanceArn);
  if (applicationArn === undefined && mode === "require") {
    throw notEnabled(instanceArn);
  }
  // A preview's caller need not be who enables; an update's is, and is asked about before anything is written.
  const enabler = runtime.isDryRun() ? settings.enabler : undefined;
  const warnings = applicationArn === undefined ? await checkEnabler(connection, { ...settings, enabler }) : [];
  return { mode, applicationArn, warnings };
}

/** Reads the application that has the sessions on; undefined while they are off. */
export async function findApplication(connection: Connection, instanceArn: string): Promise<string | undefined> {
  try {
    const application = new ConsoleApplication(connection, { firstPause: 0, longestPause: 0, atMost: 0 });
    return await application.find(instanceArn);
  } catch (error) {
    if (((error as Error).cause as Error | undefined)?.name === "AccessDeniedException") {
      await checkReader(connection);
    }
    throw new RunError(`${(error as Error).message} Nothing was changed.`);
  }
}

function notEnabled(instanceArn: string): RunError {
  return refusal("This stack requires identity-aware sessions that it does not switch on itself", [
    {
      path: "identity-aware-sessions:switch.mode",
      found: `require, and identity-aware sessions of ${instanceArn} are not Enabled`,
      allowed: "require while another stack or an administrator has them Enabled",
      toDo:
        "ask whoever runs the stack with mode manage for this instance to run `pulumi up`, or an administrator of IAM Identity " +
        "Center to enable them in its console (Settings > Details > Identity-aware sessions > Enable); or write mode: manage",
    },
  ]);
}
