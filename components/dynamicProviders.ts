import { GrantsProvider } from "./grants/grantsProvider";
import { SwitchProvider } from "./identityAwareSessions/switchProvider";
import { InstanceSettingsProvider } from "./organizationInstance/instanceSettingsProvider";

// What states name (dynamicResource.ts): this file and what it exports keep their names, also once the program makes no such resource any
// more, or what has been made could be neither refreshed nor destroyed.

/** The provider of AccountAssignments and StackRecord: one, since one guard adds up all that a stack removes. */
export const grants = new GrantsProvider();

export const instanceSettings = new InstanceSettingsProvider();

/** The provider of Switch. */
export const identityAwareSessions = new SwitchProvider();
