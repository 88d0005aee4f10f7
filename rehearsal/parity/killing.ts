import { type ChildProcess, execFileSync } from "node:child_process";
import { once } from "node:events";

/** Kills a process, so that it can do nothing about it, and then what it has left running. */
export async function kill(child: ChildProcess): Promise<void> {
  const left = descendants(child.pid ?? 0);
  const ended = once(child, "exit");
  child.kill("SIGKILL");
  await ended;
  for (const pid of left) {
    try {
      process.kill(pid, "SIGKILL");
    } catch {
      // It has ended with its parent.
    }
  }
}

/** The processes that a process has started, with all that those have. */
function descendants(of: number): number[] {
  const processes = execFileSync("ps", ["-A", "-o", "pid=,ppid="], { encoding: "utf8" })
    .trim()
    .split("\n")
    .map((line) => line.trim().split(/\s+/).map(Number));
  const children = processes.flatMap(([pid, parent]) => (pid !== undefined && parent === of ? [pid] : []));
  return children.flatMap((child) => [child, ...descendants(child)]);
}
