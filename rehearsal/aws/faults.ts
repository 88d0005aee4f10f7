import { AwsError } from "./awsError";

/** A failure to be had on request: the next calls of an operation are answered with an error. */
export interface Fault {
  operation: string;
  /** How many calls fail; 1 when left out. */
  times?: number;
  error: {
    /** The error's shape name, for example ThrottlingException. */
    type: string;
    /** The HTTP status; 400 when left out. */
    status?: number;
    message?: string;
    /** The member `reason` that some errors have, for example LIMIT_EXCEEDED. */
    reason?: string;
  };
  /** Whether the call fails before it takes effect (the default) or after, with only its answer lost. */
  when?: "before" | "after";
}

/** The faults of a local AWS that are still to happen. */
export class Faults {
  /** In how many calls of List an application made from now on is not shown yet. */
  visibleAfter = 0;
  /** Why the next change of an instance's key ends with UPDATE_FAILED; it succeeds while this is undefined. */
  keyChangeFailure: string | undefined;
  private readonly pending: { fault: Fault; times: number }[] = [];

  push(...faults: Fault[]): void {
    this.pending.push(...faults.map((fault) => ({ fault, times: fault.times ?? 1 })));
  }

  /** The error that this call of an operation gets at this moment, if any. */
  take(operation: string, when: "before" | "after"): AwsError | undefined {
    const next = this.pending.find(
      ({ fault, times }) => times > 0 && fault.operation === operation && (fault.when ?? "before") === when,
    );
    if (next === undefined) return undefined;
    next.times -= 1;
    const { type, status, message, reason } = next.fault.error;
    return new AwsError(
      type,
      message ?? `${type}, as a fault asked for.`,
      reason === undefined ? {} : { reason },
      status,
    );
  }
}
