import type { z } from "zod";
import { AwsError } from "./awsError";
import type { Contents } from "./contents";
import type { Faults } from "./faults";
import type { Limits } from "./limits";
import type { Organization } from "./organization";

/** Whose credentials signed a call. */
export type Caller = Organization["callers"][number] & { account: string };

/** What an operation knows beside its input. */
export interface Request {
  readonly contents: Contents;
  readonly caller: Caller;
  /** The Region that the call was signed for. */
  readonly region: string;
  /** The time, in milliseconds since 1970. */
  readonly now: number;
  readonly faults: Faults;
  /** How many times the status of something asynchronous is asked for until it is done, that one included. */
  readonly statusPolls: number;
  readonly limits: Partial<Limits>;
  /** When something asynchronous that starts now is done at the earliest, in milliseconds since 1970, if anything was asked for. */
  readonly readyAt: () => number | undefined;
}

/** What an operation answers, as it goes over the wire: members by their wire name, times in seconds since 1970. */
export type Output = Record<string, unknown>;

export interface Operation {
  /** Whether it makes, changes or deletes anything. */
  readonly writes: boolean;
  /** Whether it is for callers who have no credentials yet. */
  readonly unsigned?: boolean;
  /** @throws AwsError when AWS would answer an error, {@link InvalidInput} when the input is not of its shape */
  readonly answer: (input: unknown, request: Request) => Output;
}

export interface Service {
  /** The name in the log of calls: the AWS CLI's. */
  readonly name: string;
  /** The service in the credential scope of a signature. */
  readonly signingName: string;
  readonly protocol: "json-1.0" | "json-1.1" | "query";
  /** What the protocol finds the service by: the prefix of X-Amz-Target, or the Version parameter of a query. */
  readonly identifiedBy: string;
  /** The type of the error for an input that is not of the operation's shape. */
  readonly invalidInput: string;
  /** The member that holds an error's text. */
  readonly messageMember: "message" | "Message";
  readonly operations: Readonly<Record<string, Operation>>;
}

/** An operation whose input has a shape; members that the shape lacks are passed over, as AWS does. */
export function operation<Shape extends z.ZodType>(
  kind: "reads" | "writes",
  shape: Shape,
  answer: (input: z.output<Shape>, request: Request) => Output,
): Operation {
  return {
    writes: kind === "writes",
    answer: (input, request) => {
      const parsed = shape.safeParse(input);
      if (parsed.success) return answer(parsed.data, request);
      throw new InvalidInput(parsed.error);
    },
  };
}

/** An input that is not of its operation's shape; each service has its own error for it. */
export class InvalidInput extends Error {
  constructor(error: z.ZodError) {
    const problems = error.issues.map(
      ({ path, message }) => `Value at '${path.join(".")}' failed to satisfy constraint: ${message}`,
    );
    const count = problems.length === 1 ? "1 validation error" : `${problems.length} validation errors`;
    super(`${count} detected: ${problems.join("; ")}`);
  }
}

/** Finds one, or answers with the error that `missing` makes. */
export function find<T>(values: readonly T[], isIt: (value: T) => boolean, missing: () => AwsError): T {
  const found = values.find(isIt);
  if (found === undefined) throw missing();
  return found;
}
