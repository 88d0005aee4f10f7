import { AwsError } from "./awsError";
import type { Progress } from "./progress";
import type { Request } from "./service";

/** How much at once. */
export interface Limits {
  /** Calls of IAM Identity Center by an account, and of each Identity Store operation. */
  callsPerSecond: number;
  /** Assignments being made and deleted at the same time. */
  assignmentsInTheMaking: number;
  /** Permission sets being provisioned at the same time. */
  provisionings: number;
}

/** AWS's. Source: IAM Identity Center User Guide, "AWS IAM Identity Center quotas". */
export const awsLimits: Limits = { callsPerSecond: 20, assignmentsInTheMaking: 15, provisionings: 3 };

/** Counts calls: a bucket for each account and what is limited, that fills up in a second. */
export class CallRate {
  private readonly buckets = new Map<string, { left: number; at: number }>();

  constructor(private readonly limits: Partial<Limits>) {}

  /** @throws AwsError of type ThrottlingException when there are too many @param now in milliseconds */
  count(service: string, operation: string, account: string, now: number): void {
    const { callsPerSecond: rate } = this.limits;
    if (rate === undefined || (service !== "sso-admin" && service !== "identitystore")) return;
    const key = service === "sso-admin" ? `${account} ${service}` : `${account} ${service} ${operation}`;
    const { left, at } = this.buckets.get(key) ?? { left: rate, at: now };
    const filled = Math.min(rate, left + ((now - at) * rate) / 1000);
    this.buckets.set(key, { left: filled < 1 ? filled : filled - 1, at: now });
    if (filled < 1) throw throttled("Rate exceeded");
  }
}

/**
 * Refuses to start what would be one too many. That AWS answers ThrottlingException is local AWS's own choice: it documents the
 * limits, but not how it refuses.
 *
 * @param all of its kind that were ever started
 * @param poll looks at one
 */
export function requireRoom<Started extends Progress>(
  limit: number | undefined,
  all: readonly Started[],
  poll: (started: Started, request: Request) => void,
  request: Request,
): void {
  const inProgress = all.filter(({ status }) => status === "IN_PROGRESS");
  if (limit === undefined || inProgress.length < limit) return;
  inProgress.forEach((each) => poll(each, request)); // or they would go on for ever when whoever started them is gone
  throw throttled(`There are ${limit} asynchronous calls in progress already.`);
}

function throttled(message: string): AwsError {
  return new AwsError("ThrottlingException", message);
}
