import { LocalWorkspace, type Stack } from "@pulumi/pulumi/automation";
import { copyFileSync, mkdirSync, readdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { quiet } from "./pulumiCli";

/** Where a stack of a real Pulumi comes from, and where it lives. */
export interface StackPlace {
  /** The folder of the program. */
  readonly root: string;
  /** The installed packages, which may be those of a folder above. */
  readonly modules: string;
  readonly stack: string;
  /** The stack's configuration. */
  readonly stackFile: string;
  /** A folder for its backend, and for the program's own; both stay there. */
  readonly home: string;
  /** With PATH, and what points at local AWS. */
  readonly environment: NodeJS.ProcessEnv;
}

/** The stack's file that Pulumi writes into. */
export function stackFileIn({ home, stack }: StackPlace): string {
  return join(home, "program", `Pulumi.${stack}.yaml`);
}

/**
 * A folder of the stack's own, in which everything is the program's but its configuration: Pulumi writes into that, and deletes
 * it with the stack.
 */
export function createStack(place: StackPlace): Promise<Stack> {
  const { environment, home, modules, root, stack, stackFile } = place;
  const workDir = join(home, "program");
  mkdirSync(join(home, "backend"), { recursive: true });
  mkdirSync(workDir, { recursive: true });
  linkProgram(root, modules, workDir);
  copyFileSync(stackFile, stackFileIn(place));
  const envVars = { ...quiet, ...environment, PULUMI_BACKEND_URL: `file://${join(home, "backend")}` };
  return LocalWorkspace.createOrSelectStack({ stackName: stack, workDir }, { envVars: defined(envVars) });
}

/** Links to a program's files, but for the configuration of its stacks and what others keep beside it. */
export function linkProgram(root: string, modules: string, workDir: string): void {
  const entries = readdirSync(root).filter((each) => !/^(\.git|\.rehearsal|Pulumi\..+\.yaml)$/.test(each));
  const links = { node_modules: modules, ...Object.fromEntries(entries.map((entry) => [entry, join(root, entry)])) };
  const present = readdirSync(workDir);
  for (const [name, target] of Object.entries(links)) {
    if (!present.includes(name)) {
      symlinkSync(target, join(workDir, name));
    }
  }
}

function defined(environment: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
