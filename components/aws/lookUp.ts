import { RunError } from "@pulumi/pulumi";
import { type FailedCall, failedCall } from "./failedCall";

/** A look-up that failed: a message instead of a stack trace, and the parts it is made of. */
export class LookUpError extends RunError {
  constructor(
    action: string,
    readonly failed: FailedCall,
  ) {
    const { said, toDo } = failed;
    super(`A look-up in AWS failed (${action}). Nothing was changed.\n  AWS said: ${said}\n  to do:    ${toDo}`);
  }
}

/**
 * A read-only call to AWS whose failure ends the program with a message instead of a stack trace.
 *
 * @param action the IAM action of the call, for example sso:ListInstances: what a caller who is denied has to be allowed, unless
 *   AWS names another one, for some calls need more than the action of their name.
 */
export async function lookUp<T>(action: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw new LookUpError(action, failedCall(action, error));
  }
}
