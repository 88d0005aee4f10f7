import {
  type CloudFormationClient,
  DescribeStackSetOperationCommand,
  paginateListStackSetOperationResults,
} from "@aws-sdk/client-cloudformation";
import { backoff } from "../awsNative/backoff";
import type { Call } from "../providerPlugin";

/**
 * Waits for the end of an operation on a StackSet.
 * @throws Error that names every account where it failed, as the real plugin does
 */
export async function succeeded(
  client: CloudFormationClient,
  stackSetName: string,
  operationId: string,
  { signal }: Call,
): Promise<void> {
  const input = { StackSetName: stackSetName, OperationId: operationId, CallAs: "SELF" as const };
  for (let attempt = 0; ; attempt++) {
    const { StackSetOperation } = await client.send(new DescribeStackSetOperationCommand(input), {
      abortSignal: signal,
    });
    const status = StackSetOperation?.Status;
    if (status === "SUCCEEDED") return;
    if (status !== "RUNNING" && status !== "QUEUED") {
      throw new Error(
        `unexpected state '${String(status)}', wanted target 'SUCCEEDED'. last error: ${await reasons(client, input)}`,
      );
    }
    await backoff(attempt, signal);
  }
}

async function reasons(
  client: CloudFormationClient,
  input: { StackSetName: string; OperationId: string; CallAs: "SELF" },
): Promise<string> {
  const failed: string[] = [];
  for await (const { Summaries = [] } of paginateListStackSetOperationResults({ client }, input)) {
    for (const { Account, Region, Status, StatusReason } of Summaries) {
      if (Status !== "SUCCEEDED") {
        failed.push(
          `Account (${String(Account)}), Region (${String(Region)}), ${String(Status)}: ${String(StatusReason)}`,
        );
      }
    }
  }
  return failed.join("; ");
}
