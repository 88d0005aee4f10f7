import { isatty } from "node:tty";

/** What shows that something goes on. */
export interface Progress {
  said(text: string): void;
  ended(): void;
}

const silent: Progress = { said: () => undefined, ended: () => undefined };

/**
 * A spinner on standard error, where that and standard output are terminals; nothing elsewhere, so that logs hold no control characters
 * and what goes into a pipe is not talked over. Nor on a terminal that does not know its width (0 columns, as in a container's bare
 * one): nanospinner 1.2.2 would clear lines there without end.
 */
export async function progress(): Promise<Progress> {
  if (!isatty(1) || !isatty(2) || process.stderr.columns === 0) {
    return silent;
  }
  const { createSpinner } = await import("nanospinner");
  const spinner = createSpinner("Asking AWS", { stream: process.stderr }).start();
  return {
    said: (text) => void spinner.update({ text }),
    ended: () => void spinner.stop(),
  };
}
