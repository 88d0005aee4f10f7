import type { Fault, FaultKind } from "./faults";

/** Faults by the names that the command line has for them. */
const kinds: Readonly<Record<string, FaultKind>> = {
  throttled: { error: { type: "ThrottlingException", message: "Rate exceeded" } },
  "internal-failure": { error: { type: "InternalFailureException", status: 500 } },
  unavailable: { error: { type: "ServiceUnavailableException", status: 503 } },
  "access-denied": { error: { type: "AccessDeniedException" } },
  "expired-credentials": {
    error: { type: "ExpiredTokenException", message: "The security token included in the request is expired" },
  },
  timeout: { connection: "timeout" },
  "timeout-after": { connection: "timeout", when: "after" },
  reset: { connection: "reset" },
  "reset-after": { connection: "reset", when: "after" },
  truncated: { connection: "truncated" },
  failed: { failure: "An unexpected internal service exception was encountered" },
};

/**
 * Reads "CreateAccountAssignment=throttled" or, for three calls, "CreateAccountAssignment=throttled*3".
 * @throws Error that says what is allowed
 */
export function parseFault(text: string): Fault {
  const [, operation, name = "", times] = /^(\w+)=([\w-]+)(?:\*(\d+))?$/.exec(text) ?? [];
  const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined;
  if (operation === undefined || kind === undefined) {
    throw new Error(
      `--fault is ${text}; it must be OPERATION=KIND, or OPERATION=KIND*TIMES, of a kind among ${Object.keys(kinds).join(", ")}.`,
    );
  }
  return { operation, ...(times !== undefined && { times: Number(times) }), ...kind };
}
