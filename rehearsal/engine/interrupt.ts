/** `npm run` hands a terminal's Ctrl-C on to the process that got it from the terminal already. */
const millisecondsOfOneSignal = 300;
const exitCode = 130; // 128 and the number of SIGINT, as shells tell it

/**
 * Takes Ctrl-C for what Pulumi takes it for: the first asks to stop at the next safe point, the second ends at once.
 * @returns what tells an operation to stop, and what gives Ctrl-C back its usual meaning.
 */
export function interruptible(print: (line: string) => void): { signal: AbortSignal; release: () => void } {
  const controller = new AbortController();
  let first = 0;
  const onSignal = (name: NodeJS.Signals) => {
    const shown = name === "SIGINT" ? "^C" : name;
    if (!controller.signal.aborted) {
      first = performance.now();
      print(`${shown} received; cancelling. If you would like to terminate immediately, press ^C again.`);
      print(
        "Note that terminating immediately may lead to orphaned resources and other inconsistencies: " +
          "what is under way now stays on record as pending.",
      );
      controller.abort();
    } else if (performance.now() - first > millisecondsOfOneSignal) {
      print(`${shown} received; terminating`);
      process.exit(exitCode);
    }
  };
  const signals = ["SIGINT", "SIGTERM"] as const;
  signals.forEach((signal) => process.on(signal, onSignal));
  return {
    signal: controller.signal,
    release: () => signals.forEach((signal) => process.off(signal, onSignal)),
  };
}
