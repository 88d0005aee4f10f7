import { LookUpError } from "../aws/lookUp";
import type { CheckId } from "./checkIds";
import { couldNotTell, type Finding } from "./finding";

/**
 * Does what a check asks; where a call to AWS fails, the answer is that it could not be told.
 *
 * @param needed whether being ready depends on it
 * @throws whatever is no answer of AWS
 */
export async function unlessUntold(
  check: CheckId,
  ask: () => Promise<readonly Finding[]>,
  needed?: boolean,
): Promise<readonly Finding[]> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof LookUpError) {
      return [couldNotTell(check, error.failed, needed)];
    }
    throw error;
  }
}
