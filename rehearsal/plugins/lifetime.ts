import { fstatSync } from "node:fs";

/**
 * Calls `end` once the engine that started this process is gone or asks for its end. Pulumi's engine leaves plugins a
 * standard input that closes with it, interrupts them when it is done, and may be killed without doing either.
 */
export function endWithEngine(end: () => void): void {
  process.once("SIGINT", end);
  process.once("SIGTERM", end);
  const input = fstatSync(0);
  // Anything else (a terminal, /dev/null) says nothing about the engine.
  if (input.isFIFO() || input.isSocket()) {
    process.stdin.once("close", end).resume();
  }
  const engine = process.ppid;
  setInterval(() => {
    if (process.ppid !== engine) {
      end();
    }
  }, 1000).unref();
}
