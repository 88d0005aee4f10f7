import {
  type CloudControlClient,
  GetResourceRequestStatusCommand,
  type ProgressEvent,
} from "@aws-sdk/client-cloudcontrol";
import { operationError } from "../awsError";
import type { Call } from "../providerPlugin";
import { backoff } from "./backoff";

const maximumAttempts = 25;

/** An operation that Cloud Control accepted and that failed later. */
export class OperationFailed extends Error {
  constructor(readonly event: ProgressEvent) {
    super(`operation ${event.Operation ?? ""} failed with "${event.ErrorCode ?? ""}": ${event.StatusMessage ?? ""}`);
    this.name = "OperationFailed";
  }
}

/**
 * Starts an operation and waits for its end. One that ended throttled is started again, as the SDK would do had the call
 * itself been throttled; any other failure is final.
 * @throws OperationFailed
 */
export async function completed(
  client: CloudControlClient,
  operation: string,
  call: Call,
  start: () => Promise<{ ProgressEvent?: ProgressEvent | undefined }>,
): Promise<ProgressEvent> {
  for (let attempt = 1; ; attempt++) {
    const event = await ended(client, await started(operation, start), call);
    if (event.OperationStatus === "SUCCESS") {
      return event;
    }
    if (event.ErrorCode !== "Throttling" || attempt === maximumAttempts) {
      throw new OperationFailed(event);
    }
    await call.logStatus("info", `Retrying after "${event.ErrorCode}" error (attempt ${attempt}/${maximumAttempts})`);
    await backoff(attempt, call.signal, event.RetryAfter);
  }
}

async function started(
  operation: string,
  start: () => Promise<{ ProgressEvent?: ProgressEvent | undefined }>,
): Promise<ProgressEvent> {
  try {
    return (await start()).ProgressEvent ?? {};
  } catch (error) {
    throw operationError("CloudControl", operation, error);
  }
}

async function ended(client: CloudControlClient, first: ProgressEvent, call: Call): Promise<ProgressEvent> {
  let event = first;
  for (let attempt = 0; event.OperationStatus === "IN_PROGRESS" || event.OperationStatus === "PENDING"; attempt++) {
    await backoff(attempt, call.signal, event.RetryAfter);
    try {
      const request = new GetResourceRequestStatusCommand({ RequestToken: event.RequestToken });
      event = (await client.send(request, { abortSignal: call.signal })).ProgressEvent ?? {};
    } catch (error) {
      const { message } = operationError("CloudControl", "GetResourceRequestStatus", error);
      throw new Error(`getting resource request status: ${message}`, { cause: error });
    }
  }
  if (event.OperationStatus !== "SUCCESS" && event.OperationStatus !== "FAILED") {
    throw new Error(
      `unknown status "${event.OperationStatus ?? ""}" of Cloud Control request ${event.RequestToken ?? ""}`,
    );
  }
  return event;
}
