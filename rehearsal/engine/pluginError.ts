import type * as grpc from "@grpc/grpc-js";
import * as proto from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { fromStruct, type PropertyMap } from "./propertyValues";
import { unary } from "./rpc";

/**
 * The resource exists, but could not be finished: it belongs in the state together with the reasons, which are what the user is
 * told, in the form of Pulumi's engine (hashicorp/go-multierror).
 */
export class InitializationError extends Error {
  constructor(
    readonly id: string,
    readonly outputs: PropertyMap,
    readonly inputs: PropertyMap | undefined,
    readonly reasons: string[],
  ) {
    const count = reasons.length === 1 ? "1 error" : `${reasons.length} errors`;
    super(`${count} occurred:\n${reasons.map((reason) => `\t* ${reason}`).join("\n")}\n\n`);
  }
}

/** A call whose failure is the plugin's own message. */
export async function attempt<Response>(start: Parameters<typeof unary<Response>>[0]): Promise<Response> {
  try {
    return await unary(start);
  } catch (error) {
    throw asError(error);
  }
}

/** A plugin's error without gRPC's prefix, or the resource that exists in spite of it. */
export function asError(error: unknown): Error {
  const { details, message, metadata } = error as Partial<grpc.ServiceError>;
  const text = details !== undefined && details !== "" ? details : (message ?? String(error));
  for (const bytes of metadata?.get("grpc-status-details-bin") ?? []) {
    for (const any of Status.deserializeBinary(bytes as Buffer).getDetailsList()) {
      if (any.getTypeName() === "pulumirpc.ErrorResourceInitFailed") {
        const failed = proto.ErrorResourceInitFailed.deserializeBinary(any.getValue_asU8());
        const inputs = failed.getInputs();
        return new InitializationError(
          failed.getId(),
          fromStruct(failed.getProperties()),
          inputs === undefined ? undefined : fromStruct(inputs),
          failed.getReasonsList(),
        );
      }
    }
  }
  return new Error(text);
}
