/** How long to wait for AWS, in milliseconds. */
export interface Patience {
  /** The pause after the first question; each further pause is up to twice as long as the one before. */
  readonly firstPause: number;
  /** No pause is longer than this. */
  readonly longestPause: number;
  /** After this much time the waiting ends. */
  readonly atMost: number;
}

/**
 * Asks until there is an answer, with growing, jittered pauses (so that many who wait do not ask in step).
 *
 * @returns the first answer that is not undefined, or undefined when the time is up.
 */
export async function waitFor<T>(ask: () => Promise<T | undefined>, patience: Patience): Promise<T | undefined> {
  const end = Date.now() + patience.atMost;
  for (let pause = patience.firstPause; ; pause = Math.min(pause * 2, patience.longestPause)) {
    const answer = await ask();
    const left = end - Date.now();
    if (answer !== undefined || left <= 0) {
      return answer;
    }
    const jittered = pause * (0.5 + Math.random() / 2);
    await new Promise((resolve) => setTimeout(resolve, Math.min(jittered, left)));
  }
}
