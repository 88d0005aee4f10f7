import * as grpc from "@grpc/grpc-js";
import { CallbacksClient } from "@pulumi/pulumi/proto/callback_grpc_pb";
import { type Callback, CallbackInvokeRequest, type CallbackInvokeResponse } from "@pulumi/pulumi/proto/callback_pb";
import { attempt } from "./pluginError";
import { grpcOptions } from "./rpc";

/** Calls functions of the program, which it serves itself while it runs (pulumirpc.Callbacks): transforms and hooks. */
export class Callbacks {
  private readonly clients = new Map<string, CallbacksClient>();

  /** @throws Error with what the function threw. */
  async invoke(callback: Callback, request: { serializeBinary(): Uint8Array }): Promise<Uint8Array> {
    const message = new CallbackInvokeRequest().setToken(callback.getToken()).setRequest(request.serializeBinary());
    const client = this.client(callback.getTarget());
    const response = await attempt<CallbackInvokeResponse>((done) => client.invoke(message, done));
    return response.getResponse_asU8();
  }

  close(): void {
    for (const client of this.clients.values()) {
      client.close();
    }
  }

  private client(target: string): CallbacksClient {
    const client =
      this.clients.get(target) ?? new CallbacksClient(target, grpc.credentials.createInsecure(), grpcOptions);
    this.clients.set(target, client);
    return client;
  }
}
