import * as pulumi from "@pulumi/pulumi";

export interface RecordedResource {
  readonly type: string;
  readonly name: string;
  readonly inputs: Record<string, unknown>;
}

/**
 * Starts a Pulumi run on mocks and records what it registers.
 *
 * @param outputs what a custom resource of a type has beside its inputs.
 * @param idOf the id of a resource; "" for one that is not known at preview.
 * @param accountId the account that Pulumi's AWS providers act as.
 */
export async function recordResources(
  outputs: Record<string, (name: string) => Record<string, unknown>> = {},
  preview = false,
  idOf: (name: string) => string = (name) => `${name}-id`,
  accountId = "111111111111",
): Promise<RecordedResource[]> {
  const recorded: RecordedResource[] = [];
  await pulumi.runtime.setMocks(
    {
      newResource: ({ type, name, inputs }: pulumi.runtime.MockResourceArgs) => {
        // Of a dynamic resource everything but its provider's code, which has tests of its own.
        const { __provider, ...own } = inputs as Record<string, unknown>;
        recorded.push({ type, name, inputs: own });
        return { id: idOf(name), state: { ...own, __provider, ...outputs[type]?.(name) } };
      },
      call: ({ token }) =>
        ["aws:index/getCallerIdentity:getCallerIdentity", "aws-native:index:getAccountId"].includes(token)
          ? { accountId }
          : {},
    },
    "identity-aware-sessions",
    "test",
    preview,
  );
  return recorded;
}

/** A component's option that records the options of everything in it, by name. */
export function recordOptions(): {
  options: Record<string, pulumi.ResourceOptions>;
  transformations: pulumi.ResourceTransformation[];
} {
  const options: Record<string, pulumi.ResourceOptions> = {};
  const record: pulumi.ResourceTransformation = ({ name, opts }) => {
    options[name] = opts;
    return undefined;
  };
  return { options, transformations: [record] };
}

/** The value of an output, once everything it depends on is registered. */
export function valueOf<T>(output: pulumi.Output<T>): Promise<pulumi.Unwrap<T>> {
  return new Promise((resolve) => output.apply((value) => resolve(value as pulumi.Unwrap<T>)));
}

/** Waits until a number of resources is registered. */
export async function registered(recorded: readonly RecordedResource[], count: number): Promise<void> {
  while (recorded.length < count) {
    await new Promise(setImmediate);
  }
}
