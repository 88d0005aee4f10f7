/**
 * Spaces out what many ask for at the same time.
 *
 * @param perSecond how many may begin in a second
 * @returns a function to wait for before each call
 */
export function paced(perSecond: number): () => Promise<void> {
  let next = 0;
  return async () => {
    const now = Date.now();
    const start = Math.max(now, next);
    next = start + 1000 / perSecond;
    if (start > now) {
      await new Promise((resolve) => setTimeout(resolve, start - now));
    }
  };
}
