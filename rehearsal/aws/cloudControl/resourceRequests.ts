import { isDeepStrictEqual } from "node:util";
import { AwsError } from "../awsError";
import type { ResourceRequest } from "../contents";
import { newUuid, now } from "../identifiers";
import { getsDone, inProgress } from "../progress";
import { find, type Output, type Request } from "../service";
import { identifierOf, type Properties, type ResourceType } from "./resourceType";

/** The HandlerErrorCodes that the public handler of AWS::SSO::PermissionSet gives for the exceptions of its service. */
const handlerErrorCodes: Readonly<Record<string, string>> = {
  ResourceNotFoundException: "NotFound",
  AccessDeniedException: "AccessDenied",
  ValidationException: "InvalidRequest",
  ConflictException: "AlreadyExists",
  ServiceQuotaExceededException: "ServiceLimitExceeded",
  GeneralServiceException: "GeneralServiceException",
  ThrottlingException: "Throttling",
};

const operationNames = { CREATE: "CreateResource", UPDATE: "UpdateResource", DELETE: "DeleteResource" } as const;

/**
 * Starts what GetResourceRequestStatus then follows. The same client token again gives the request that it stands for.
 * @param denial what the caller is not allowed of what the handler does: then the request ends FAILED with AccessDenied
 */
export function startRequest(
  asked: ResourceRequest["asked"],
  clientToken: string | undefined,
  denial: string | undefined,
  request: Request,
): Output {
  const { contents, caller, region, faults } = request;
  const earlier = requestsOf(request).find((each) => clientToken !== undefined && each.clientToken === clientToken);
  if (earlier) {
    if (isDeepStrictEqual(earlier.asked, asked)) return { ProgressEvent: progressEvent(earlier) };
    throw new AwsError(
      "ClientTokenConflictException",
      `Request ${earlier.requestToken} came with the same ClientToken but asked for something else.`,
    );
  }
  const fault = faults.takeFailure(operationNames[asked.operation]);
  const started: ResourceRequest = {
    requestToken: newUuid(contents),
    ...(clientToken !== undefined && { clientToken }),
    account: caller.account,
    region,
    asked,
    ...(asked.identifier !== undefined && { identifier: asked.identifier }),
    eventTime: now(contents),
    ...inProgress(request),
    ...(fault !== undefined && {
      failure: { code: fault.errorCode ?? "GeneralServiceException", message: fault.failure },
    }),
    ...(denial !== undefined && {
      failure: { code: "AccessDenied", message: `${denial} (Service: ${serviceOf(asked.typeName)}, Status Code: 400)` },
    }),
  };
  contents.resourceRequests.push(started);
  return { ProgressEvent: progressEvent(started) };
}

/** The client of the AWS SDK that a type's handlers call its service with. */
function serviceOf(typeName: string): string {
  return typeName.startsWith("AWS::SSO::") ? "SsoAdmin" : "CloudFormation";
}

/** Refuses a second request for a resource that an earlier one still works on. */
export function refuseWhileAnotherGoesOn(type: ResourceType, identifier: string, request: Request): void {
  const other = requestsOf(request).find((each) => each.status === "IN_PROGRESS" && each.identifier === identifier);
  if (other === undefined) return;
  poll(other, type, request); // or it would go on for ever when whoever started it is gone
  throw new AwsError(
    "ConcurrentOperationException",
    `Request ${other.requestToken} for ${identifier} is still in progress.`,
  );
}

export function requestStatus(token: string, typeNamed: (name: string) => ResourceType, request: Request): Output {
  const found = find(
    requestsOf(request),
    ({ requestToken }) => requestToken === token,
    () => new AwsError("RequestTokenNotFoundException", `Request with token ${token} was not found.`),
  );
  poll(found, typeNamed(found.asked.typeName), request);
  return { ProgressEvent: progressEvent(found) };
}

function requestsOf({ contents, caller, region }: Request): ResourceRequest[] {
  return contents.resourceRequests.filter((each) => each.account === caller.account && each.region === region);
}

/** Somebody looks at a request: that is how time passes for it. */
function poll(started: ResourceRequest, type: ResourceType, request: Request): void {
  if (!getsDone(started, request)) return;
  if (started.failure !== undefined) {
    const { code, message } = started.failure;
    const eventTime = now(request.contents);
    Object.assign(started, { status: "FAILED", errorCode: code, statusMessage: message, eventTime });
    return;
  }
  try {
    const model = handle(started.asked, type, request);
    started.status = "SUCCESS";
    if (model) {
      started.identifier = identifierOf(type, model);
      started.resourceModel = JSON.stringify(model);
    }
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    started.status = "FAILED";
    started.errorCode = handlerErrorCodes[error.type] ?? "InternalFailure";
    started.statusMessage = error.message;
  }
  started.eventTime = now(request.contents);
}

function handle(asked: ResourceRequest["asked"], type: ResourceType, request: Request): Properties | undefined {
  switch (asked.operation) {
    case "CREATE":
      return type.create(asked.desired, request);
    case "UPDATE":
      return type.update(asked.identifier, asked.desired, request);
    case "DELETE":
      type.remove(asked.identifier, request);
      return undefined;
  }
}

function progressEvent(started: ResourceRequest): Output {
  const { asked, identifier, resourceModel, errorCode, statusMessage } = started;
  return {
    TypeName: asked.typeName,
    RequestToken: started.requestToken,
    Operation: asked.operation,
    OperationStatus: started.status,
    EventTime: started.eventTime,
    ...(identifier !== undefined && { Identifier: identifier }),
    ...(resourceModel !== undefined && { ResourceModel: resourceModel }),
    ...(errorCode !== undefined && { ErrorCode: errorCode }),
    ...(statusMessage !== undefined && { StatusMessage: statusMessage }),
  };
}
