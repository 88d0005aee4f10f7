/**
 * Does what a dynamic provider is asked for; an error goes on without its stack trace, which Pulumi's provider process would print
 * beside the message.
 */
export async function withoutStack<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    throw Object.assign(error as Error, { stack: "" });
  }
}
