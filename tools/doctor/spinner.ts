/** What shows that something goes on. */
export interface Progress {
  said(text: string): void;
  ended(): void;
}

const silent: Progress = { said: () => undefined, ended: () => undefined };

/**
 * A spinner on standard error, where that and standard output are terminals; nothing elsewhere, so that logs hold no control characters
 * and what goes into a pipe is not talked over.
 */
export async function progress(): Promise<Progress> {
  if (!process.stderr.isTTY || !process.stdout.isTTY) {
    return silent;
  }
  const { createSpinner } = await import("nanospinner");
  const spinner = createSpinner("Asking AWS", { stream: process.stderr }).start();
  return {
    said: (text) => void spinner.update({ text }),
    ended: () => void spinner.stop(),
  };
}
