import { nearest } from "../../policy-pack/nearest";
import { asynchronousOperations, type Fault, type FaultKind } from "./faults";
import { services } from "./services";

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
 * Reads "CreateAccountAssignment=throttled" or, for three calls, "CreateAccountAssignment=throttled*3". The service, as the AWS
 * CLI calls it, may stand before the operation: "organizations:ListTagsForResource=throttled"; without it, the operations of that
 * name of all services fail.
 *
 * @throws Error that says what is allowed, also for what would never happen
 */
export function parseFault(text: string): Fault {
  const [, service, operation, name, times] = /^(?:([\w-]+):)?(\w+)=([\w-]+)(?:\*(\d+))?$/.exec(text) ?? [];
  const kind = name !== undefined && Object.hasOwn(kinds, name) ? kinds[name] : undefined;
  const refused = (allowed: string, near: readonly string[] = []) =>
    new Error(`--fault is ${text}; ${allowed}.${near.length > 0 ? ` Did you mean ${near.join(" or ")}?` : ""}`);
  if (operation === undefined || name === undefined || kind === undefined) {
    throw refused(
      `it must be [SERVICE:]OPERATION=KIND, or [SERVICE:]OPERATION=KIND*TIMES, of a kind among ${Object.keys(kinds).join(", ")}`,
      nearest(name ?? "", Object.keys(kinds)),
    );
  }
  const named = services.filter((each) => service === undefined || each.name === service);
  if (named.length === 0) {
    const names = services.map((each) => each.name);
    throw refused(`the service must be among ${names.join(", ")}`, nearest(service ?? "", names));
  }
  const operations = [...new Set(named.flatMap((each) => Object.keys(each.operations)))];
  if (!operations.includes(operation)) {
    throw refused(
      `the operation must be one that local AWS has of ${named.map((each) => each.name).join(", ")}`,
      nearest(operation, operations),
    );
  }
  if (times !== undefined && Number(times) === 0) throw refused("the times must be a number from 1");
  if ("failure" in kind && !asynchronousOperations.some((each) => each === operation)) {
    throw refused(`${name} is for what can fail after its call: ${asynchronousOperations.join(", ")}`);
  }
  return {
    operation,
    ...(service !== undefined && { service }),
    ...(times !== undefined && { times: Number(times) }),
    ...kind,
  };
}
