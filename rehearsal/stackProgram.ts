import { join } from "node:path";
import type { LocalAws } from "./aws/server";
import type { PluginCommand } from "./engine/pluginProcess";
import { environment, root, standIns } from "./environment";

/** A Pulumi program with what it runs in, whichever engine runs it. All of it is plain data. */
export interface StackProgram {
  /** The folder of its Pulumi.yaml. */
  readonly root: string;
  /** How to start the plugin of each package. */
  readonly plugins: Readonly<Record<string, PluginCommand>>;
  /** Folders of policy packs. */
  readonly policyPacks: readonly string[];
  readonly environment: NodeJS.ProcessEnv;
}

/** This project's program on local AWS, with stand-ins for the plugins it needs. */
export function projectOn(aws: LocalAws): StackProgram {
  return { root, plugins: standIns, policyPacks: [join(root, "policy-pack")], environment: environment(aws) };
}
