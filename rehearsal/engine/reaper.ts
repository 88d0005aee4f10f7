import { spawn } from "node:child_process";
import type { Writable } from "node:stream";

/**
 * Reads `+ GROUP` and `- GROUP` until the engine closes its end, also by being killed; then ends the process groups that
 * are left: first as anybody would ask them to, after two seconds for good.
 */
const script = `
groups=
while read -r change group; do
  rest=
  for known in $groups; do [ "$known" = "$group" ] || rest="$rest $known"; done
  groups=$rest
  [ "$change" = - ] || groups="$groups $group"
done
for group in $groups; do kill -s TERM -- "-$group" 2>/dev/null; done
tries=0
while [ "$tries" -lt 20 ]; do
  alive=
  for group in $groups; do kill -s 0 -- "-$group" 2>/dev/null && alive=yes; done
  [ -n "$alive" ] || exit 0
  sleep 0.1
  tries=$((tries + 1))
done
for group in $groups; do kill -s KILL -- "-$group" 2>/dev/null; done
`;

/**
 * Sees to it that no process outlives the engine that started it. A process that is killed with SIGKILL can do nothing about
 * its children, and theirs would not notice; so one small shell does, whose standard input closes with the engine.
 */
class Reaper {
  private input: Writable | undefined;

  /** @param group the id of a process group, which is that of the process that leads it. */
  watch(group: number): void {
    this.input ??= start();
    this.input.write(`+ ${group}\n`);
  }

  forget(group: number): void {
    this.input?.write(`- ${group}\n`);
  }
}

function start(): Writable {
  // A group of its own: what ends the engine's must not end this one first.
  const shell = spawn("sh", ["-c", script], { stdio: ["pipe", "ignore", "ignore"], detached: true });
  shell.on("error", () => undefined); // Without a shell they outlive an engine that is killed, and nothing else changes.
  shell.stdin.on("error", () => undefined);
  shell.unref();
  (shell.stdin as Writable & { unref?: () => void }).unref?.(); // must not keep the engine from ending
  return shell.stdin;
}

export const reaper = new Reaper();
