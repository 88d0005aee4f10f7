import { execFileSync } from "node:child_process";

/** The processes that a process has started, with all that those have. */
export function descendants(of: number): number[] {
  const processes = execFileSync("ps", ["-A", "-o", "pid=,ppid=,stat="], { encoding: "utf8" })
    .trim()
    .split("\n")
    .map((line) => line.trim().split(/\s+/));
  const children = processes.flatMap(([pid, parent, state = ""]) =>
    Number(parent) === of && !state.startsWith("Z") ? [Number(pid)] : [],
  );
  return children.flatMap((child) => [child, ...descendants(child)]);
}
