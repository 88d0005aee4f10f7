/**
 * Does some work for every item, at most `limit` at a time, and goes on when one of them fails.
 *
 * @returns the items whose work failed, with their errors.
 */
export async function inParallel<T>(
  limit: number,
  items: readonly T[],
  work: (item: T) => Promise<void>,
): Promise<{ item: T; error: Error }[]> {
  const waiting = [...items];
  const failures: { item: T; error: Error }[] = [];
  const worker = async () => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) {
      try {
        await work(item);
      } catch (error) {
        failures.push({ item, error: error as Error });
      }
    }
  };
  await Promise.all(Array.from({ length: limit }, worker));
  return failures;
}

/**
 * Does some work for every item, at most `limit` at a time, and begins none after one has failed.
 *
 * @throws the first error.
 */
export async function allInParallel<T>(
  limit: number,
  items: readonly T[],
  work: (item: T) => Promise<void>,
): Promise<void> {
  let hasFailed = false;
  const failures = await inParallel(limit, items, async (item) => {
    if (!hasFailed) {
      await work(item).catch((error: unknown) => {
        hasFailed = true;
        throw error;
      });
    }
  });
  for (const { error } of failures) {
    throw error;
  }
}
