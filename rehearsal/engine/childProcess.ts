import { type ChildProcess, type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import type { Readable } from "node:stream";
import { reaper } from "./reaper";

export type EngineChild = ChildProcessByStdio<null, Readable, Readable>;

/** As long as Pulumi gives a plugin to end. */
const millisecondsToEnd = 5000;
const hasProcessGroups = process.platform !== "win32";

/**
 * Starts a process of the engine: the program, a plugin, a policy pack. It has a process group of its own, so that Ctrl-C in
 * a terminal reaches the engine alone, and ends with the engine however that ends.
 */
export function startChild(
  command: string,
  args: readonly string[],
  { cwd, env }: { cwd: string; env: NodeJS.ProcessEnv },
): EngineChild {
  const child = spawn(command, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"], detached: hasProcessGroups });
  const { pid } = child;
  if (pid !== undefined && hasProcessGroups) {
    reaper.watch(pid);
    child.once("exit", () => reaper.forget(pid));
  }
  return child;
}

/** Ends a process with all that it has started, and waits for it. */
export async function stopChild(child: EngineChild): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) {
    return;
  }
  const ended = once(child, "exit");
  kill(child, "SIGTERM");
  const deadline = setTimeout(() => kill(child, "SIGKILL"), millisecondsToEnd);
  await ended;
  clearTimeout(deadline);
}

function kill(child: ChildProcess, signal: NodeJS.Signals): void {
  if (!hasProcessGroups || child.pid === undefined) {
    child.kill(signal);
    return;
  }
  try {
    process.kill(-child.pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") {
      throw error; // It ended by itself in the meantime.
    }
  }
}
