import { operationError } from "../awsError";

/**
 * A call of IAM whose error reads as the real plugin's: what it was doing, then the Go SDK's words.
 * @param doing for example "creating IAM Policy (Base)".
 */
export async function iamCall<T>(doing: string, operation: string, call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    const { name, message, $metadata } = error as Error & { $metadata?: object };
    const cause = { name: name.replace(/Exception$/, ""), message, $metadata };
    throw new Error(`1 error occurred:\n\t* ${doing}: ${operationError("IAM", operation, cause).message}\n\n`, {
      cause: error,
    });
  }
}

/** The answer, or undefined when IAM does not have what is asked for. */
export async function ifThere<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (isMissing(error) || isMissing((error as Error).cause)) {
      return undefined;
    }
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  return (error as Error | undefined)?.name === "NoSuchEntityException";
}
