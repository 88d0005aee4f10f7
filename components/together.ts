import { RunError } from "@pulumi/pulumi";

/**
 * Waits for all look-ups, also when one of them refuses, so that one run tells every problem that it can find.
 *
 * @returns what they return, in their order.
 * @throws RunError with all that they refuse, each reason once; an error that is no refusal as it is.
 */
export async function together<T extends readonly unknown[]>(
  ...lookUps: T
): Promise<{ -readonly [Index in keyof T]: Awaited<T[Index]> }> {
  const settled = await Promise.allSettled(lookUps);
  const errors = settled.flatMap((one) => (one.status === "rejected" ? [one.reason as Error] : []));
  const fault = errors.find((error) => !isRefusal(error)) ?? (errors.length === 1 ? errors[0] : undefined);
  if (fault !== undefined) {
    throw fault;
  }
  if (errors.length > 0) {
    const messages = errors.map(({ message }) => message.replace(/\n+$/, ""));
    throw new RunError(`${[...new Set(messages)].join("\n\n")}\n`);
  }
  return Promise.all(lookUps);
}

function isRefusal(error: Error): boolean {
  return RunError.isInstance(error);
}
