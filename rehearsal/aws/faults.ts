import { AwsError } from "./awsError";
import type { Service } from "./service";

/** A failure to be had on request: it happens to the next calls of an operation. */
export type Fault = {
  operation: string;
  /** Which service's operation it is, as the log of calls names it; left out, any's: ListTagsForResource is of two. */
  service?: string;
  /** How many calls fail; 1 when left out. */
  times?: number;
} & FaultKind;

export type FaultKind = {
  /** Whether the call fails before it takes effect (the default) or after, with only its answer lost. */
  when?: "before" | "after";
} & (ErrorFault | ConnectionFault | OutcomeFault);

/** The call is answered with an error. */
interface ErrorFault {
  error: {
    /** The error's shape name, for example ThrottlingException. */
    type: string;
    /** The HTTP status; 400 when left out. */
    status?: number;
    message?: string;
    /** The member `reason` that some errors have, for example LIMIT_EXCEEDED. */
    reason?: string;
  };
}

/** The call is not answered as it should: never, with a connection that is reset, or with half an answer (`truncated`, always after). */
interface ConnectionFault {
  connection: "timeout" | "reset" | "truncated";
}

/** What the call starts ends FAILED, for this reason: it is one of `asynchronousOperations`. */
interface OutcomeFault {
  failure: string;
  /** Cloud Control's HandlerErrorCode; GeneralServiceException when left out. */
  errorCode?: string;
}

/**
 * Operations that start what can fail later. For UpdateInstance it is the change of the key, which ends UPDATE_FAILED. AddRegion
 * and RemoveRegion are not among them: the API reference has no RegionStatus for a failure.
 */
export const asynchronousOperations = [
  "CreateAccountAssignment",
  "DeleteAccountAssignment",
  "ProvisionPermissionSet",
  "UpdateInstance",
  "CreateResource",
  "UpdateResource",
  "DeleteResource",
  "CreateStackInstances",
  "DeleteStackInstances",
] as const;

/** How the answer gets lost. */
export class BrokenConnection extends Error {
  constructor(readonly how: ConnectionFault["connection"]) {
    super(`The connection breaks: ${how}`);
  }
}

/** The faults of a local AWS that are still to happen. */
export class Faults {
  /** In how many calls of List an application made from now on is not shown yet. */
  visibleAfter = 0;
  private readonly pending: { fault: Fault; times: number }[] = [];

  push(...faults: Fault[]): void {
    this.pending.push(...faults.map((fault) => ({ fault, times: fault.times ?? 1 })));
  }

  /** What this call of an operation gets instead of an answer at this moment, if anything. */
  take(operation: string, when: "before" | "after", service: Service): AwsError | BrokenConnection | undefined {
    const isIt = (each: Fault) =>
      !("failure" in each) && momentOf(each) === when && (each.service ?? service.name) === service.name;
    const fault = this.next(operation, isIt);
    if (fault === undefined || "failure" in fault) return undefined;
    return "connection" in fault ? new BrokenConnection(fault.connection) : errorOf(fault, service);
  }

  /** Why what this call of an operation has started is to end FAILED, if it is. Its name is of one service alone. */
  takeFailure(operation: (typeof asynchronousOperations)[number]): OutcomeFault | undefined {
    const fault = this.next(operation, (each) => "failure" in each);
    return fault !== undefined && "failure" in fault ? fault : undefined;
  }

  private next(operation: string, isIt: (fault: Fault) => boolean): Fault | undefined {
    const next = this.pending.find(({ fault, times }) => times > 0 && fault.operation === operation && isIt(fault));
    if (next !== undefined) next.times -= 1;
    return next?.fault;
  }
}

function momentOf(fault: Fault): "before" | "after" {
  return "connection" in fault && fault.connection === "truncated" ? "after" : (fault.when ?? "before");
}

/** A query service calls its errors otherwise than their shapes: without Exception at the end. */
function errorOf({ error: { type, status, message, reason } }: ErrorFault, service: Service): AwsError {
  return new AwsError(
    service.protocol === "query" ? (queryNames[type] ?? type) : type,
    message ?? `${type}, as a fault asked for.`,
    reason === undefined ? {} : { reason },
    status,
  );
}

const queryNames: Readonly<Record<string, string>> = {
  ThrottlingException: "Throttling",
  InternalFailureException: "InternalFailure",
  ServiceUnavailableException: "ServiceUnavailable",
  ExpiredTokenException: "ExpiredToken",
};
