import { authenticate, type Authentication, nobody } from "./authentication";
import { requireAuthorization } from "./authorization/authorize";
import { AwsError } from "./awsError";
import type { Clock } from "./clock";
import { deployAutomatically } from "./cloudFormation/stackInstances";
import type { Contents } from "./contents";
import { EventualConsistency } from "./eventualConsistency";
import { BrokenConnection, Faults } from "./faults";
import { uuidOf } from "./identifiers";
import { Durations, type Latency } from "./latency";
import { CallRate, type Limits } from "./limits";
import type { Organization } from "./organization";
import { formatError, formatOutput, parseCall, type HttpAnswer, type HttpCall, type ParsedCall } from "./protocol";
import { InvalidInput, type Operation, type Output, type Request, type Service } from "./service";

/** A call that local AWS got, in the log of calls. */
export interface Call {
  /** As the AWS CLI calls it: sso-admin, identitystore, organizations, sts, iam, cloudcontrol, cloudformation or signin; "" when the call names none. */
  service: string;
  operation: string;
  /** The Region that it was signed for; "" when it is not signed by anybody known. */
  region: string;
  /** Who signed it, if anybody known did. */
  principal?: { account: string; arn: string };
  input: unknown;
  /** Whether the operation is one that makes, changes or deletes something, whatever came of this call. */
  writes: boolean;
  /** The HTTP status of the answer, also of one that got lost; 0 when the connection broke before the call took effect. */
  status: number;
  error?: { type: string; message: string };
}

/** An answer, or how it gets lost on its way. */
export type Answer = HttpAnswer & { lost?: BrokenConnection["how"] };

/** See LocalAwsOptions. */
export interface Settings {
  statusPolls: number;
  clock: Clock;
  limits: Partial<Limits>;
  latency: Latency;
  consistencyLag: number;
}

/** Answers calls: finds the operation and the caller, lets the operation work on the contents, logs. */
export class Dispatch {
  readonly calls: Call[] = [];
  readonly faults = new Faults();

  private readonly rate: CallRate;
  private readonly durations: Durations;
  private readonly consistency: EventualConsistency;

  constructor(
    private readonly services: readonly Service[],
    private readonly contents: Contents,
    private readonly callers: Organization["callers"],
    private readonly settings: Settings,
  ) {
    this.rate = new CallRate(settings.limits);
    this.durations = new Durations(settings.latency);
    this.consistency = new EventualConsistency(contents, settings.consistencyLag);
  }

  async answer(call: HttpCall): Promise<Answer> {
    const logged: Call = { service: "", operation: "", region: "", input: undefined, writes: false, status: 200 };
    this.calls.push(logged);
    const requestId = uuidOf(`call ${this.calls.length}`);
    let parsed: ParsedCall | undefined;
    try {
      parsed = parseCall(call, this.services);
      const { service, operation: name, input } = parsed;
      Object.assign(logged, { service: service.name, operation: name, input });
      const isUnsigned = Object.hasOwn(service.operations, name) && service.operations[name]?.unsigned === true;
      const { callers, contents } = this;
      const { clock } = this.settings;
      const known = { callers, contents, now: clock.now(), wall: clock.wall?.() ?? clock.now() };
      const authentication = isUnsigned ? nobody : await authenticate(call, service, known);
      const { caller, region } = authentication;
      if (!isUnsigned) Object.assign(logged, { region, principal: { account: caller.account, arn: caller.arn } });
      const operation = operationOf(service, name);
      logged.writes = operation.writes;
      const duration = this.durations.next("call");
      if (duration !== undefined) await this.settings.clock.sleep(duration);
      const { output, lost } = this.perform(operation, parsed, authentication);
      return { ...formatOutput(service, name, output, requestId), ...(lost && { lost }) };
    } catch (thrown) {
      if (thrown instanceof BrokenConnection) {
        logged.status = 0;
        return { status: 0, headers: {}, body: "", lost: thrown.how };
      }
      const error = awsErrorOf(thrown, parsed?.service);
      logged.status = error.status;
      logged.error = { type: error.type, message: error.message };
      return formatError(call, parsed?.service, error, requestId);
    }
  }

  private perform(
    operation: Operation,
    { service, operation: name, input }: ParsedCall,
    { caller, region }: Authentication,
  ): { output: Output; lost?: BrokenConnection["how"] } {
    const { faults, durations, settings } = this;
    const { statusPolls, clock, limits } = settings;
    const now = clock.now();
    this.rate.count(service.name, name, caller.account, now);
    const before = faults.take(name, "before", service);
    if (before) throw before;
    const contents = this.consistency.contentsFor(name, now);
    const readyAt = () => {
      const duration = durations.next("asynchronous");
      return duration === undefined ? undefined : now + duration;
    };
    const request: Request = { contents, caller, region, faults, statusPolls, now, limits, readyAt };
    if (operation.unsigned !== true) requireAuthorization(service, name, input, request);
    deployAutomatically(this.contents);
    const output = operation.answer(input, request);
    const after = faults.take(name, "after", service);
    if (after instanceof AwsError) throw after;
    return { output, ...(after && { lost: after.how }) };
  }
}

function operationOf(service: Service, name: string): Operation {
  const operation = service.operations[name];
  if (operation && Object.hasOwn(service.operations, name)) return operation;
  throw new AwsError(
    service.protocol === "query" ? "InvalidAction" : "UnknownOperationException",
    `Local AWS has no operation ${name} of ${service.name}, only ${Object.keys(service.operations).join(", ")}.`,
  );
}

/** What an operation threw, as the service answers it; what is no error of AWS is a mistake of local AWS. */
function awsErrorOf(thrown: unknown, service: Service | undefined): AwsError {
  if (thrown instanceof AwsError) return thrown;
  if (thrown instanceof InvalidInput && service) return new AwsError(service.invalidInput, thrown.message);
  const stack = thrown instanceof Error ? thrown.stack : String(thrown);
  return new AwsError("InternalFailure", `Local AWS failed, which is a mistake of its own: ${String(stack)}`, {}, 500);
}
