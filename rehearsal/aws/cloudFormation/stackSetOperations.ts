import { AwsError } from "../awsError";
import type { StackSet, StackSetOperation, StackSetTarget } from "../contents";
import { newUuid, now } from "../identifiers";
import { getsDone, inProgress } from "../progress";
import { find, type Request } from "../service";
import { accountsIn, deploy, removeInstance } from "./stackInstances";

/** Starts what DescribeStackSetOperation then follows. */
export function startOperation(
  stackSet: StackSet,
  action: "CREATE" | "DELETE",
  targets: StackSetTarget[],
  request: Request,
): StackSetOperation {
  const { contents, faults } = request;
  const goesOn = contents.stackSetOperations.some(
    (each) => each.stackSetId === stackSet.id && each.status === "IN_PROGRESS",
  );
  if (goesOn && stackSet.managedExecution.Active !== true) {
    throw new AwsError(
      "OperationInProgressException",
      `Another Operation on StackSet ${stackSet.id} is in progress`,
      {},
      409,
    );
  }
  const fault = faults.takeFailure(action === "CREATE" ? "CreateStackInstances" : "DeleteStackInstances");
  const started: StackSetOperation = {
    operationId: newUuid(contents),
    stackSetId: stackSet.id,
    action,
    targets,
    createdDate: now(contents),
    results: [],
    ...inProgress(request),
    ...(fault !== undefined && { failure: fault.failure }),
  };
  contents.stackSetOperations.push(started);
  return started;
}

/** Somebody looks at an operation: that is how time passes for it. */
export function operationOf(stackSet: StackSet, operationId: string, request: Request): StackSetOperation {
  const operation = find(
    request.contents.stackSetOperations,
    (each) => each.stackSetId === stackSet.id && each.operationId === operationId,
    () => new AwsError("OperationNotFoundException", `Operation ${operationId} not found`, {}, 404),
  );
  if (getsDone(operation, request)) finish(operation, stackSet, request);
  return operation;
}

/** Deploys a StackSet's template to all of its accounts, as UpdateStackSet does. @returns the operation, which is through */
export function updateEverywhere(stackSet: StackSet, request: Request): StackSetOperation {
  const { contents } = request;
  const operation: StackSetOperation = {
    operationId: newUuid(contents),
    stackSetId: stackSet.id,
    action: "UPDATE",
    targets: stackSet.targets,
    createdDate: now(contents),
    results: [],
    ...inProgress(request),
  };
  contents.stackSetOperations.push(operation);
  finish(operation, stackSet, request);
  return operation;
}

function finish(operation: StackSetOperation, stackSet: StackSet, { contents }: Request): void {
  const { action, targets, failure, results } = operation;
  for (const target of targets) {
    const { region, organizationalUnitId } = target;
    if (action === "CREATE" && !stackSet.targets.some((each) => isSame(each, target))) stackSet.targets.push(target);
    if (action === "DELETE") stackSet.targets = stackSet.targets.filter((each) => !isSame(each, target));
    const accounts =
      action === "DELETE"
        ? stackSet.instances
            .filter((each) => isSame(each, { region, organizationalUnitId }))
            .map((each) => each.accountId)
        : accountsIn(target, contents);
    for (const accountId of accounts) {
      if (action === "CREATE") stackSet.reached.push(accountId);
      const reason = failure ?? performed(stackSet, action, accountId, target, contents);
      const status = reason === undefined ? "SUCCEEDED" : "FAILED";
      results.push({ accountId, region, status, ...(reason !== undefined && { statusReason: reason }) });
    }
  }
  const isWhole = failure === undefined && results.every(({ status }) => status === "SUCCEEDED");
  operation.status = isWhole ? "SUCCEEDED" : "FAILED";
}

function performed(
  stackSet: StackSet,
  action: StackSetOperation["action"],
  accountId: string,
  target: StackSetTarget,
  contents: Request["contents"],
): string | undefined {
  if (action !== "DELETE") return deploy(stackSet, accountId, target, contents);
  const instance = stackSet.instances.find((each) => each.accountId === accountId && each.region === target.region);
  return instance && removeInstance(stackSet, instance, contents);
}

function isSame(one: StackSetTarget, other: StackSetTarget): boolean {
  return one.organizationalUnitId === other.organizationalUnitId && one.region === other.region;
}
