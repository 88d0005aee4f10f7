import * as grpc from "@grpc/grpc-js";

/** Pulumi's own limit for one message: 400 MB (states and plans are large). */
export const grpcOptions: grpc.ChannelOptions = {
  "grpc.max_receive_message_length": 400 * 1024 * 1024,
  "grpc.max_send_message_length": 400 * 1024 * 1024,
  // Everything is on loopback, whatever proxy the machine has.
  "grpc.enable_http_proxy": 0,
};

type Done<Response> = (error: grpc.ServiceError | null, response: Response) => void;

/** One unary call as a promise: `unary((done) => client.check(request, done))`. */
export function unary<Response>(start: (done: Done<Response>) => unknown): Promise<Response> {
  return new Promise((resolve, reject) => {
    start((error, response) => {
      if (error === null) {
        resolve(response);
      } else {
        reject(error);
      }
    });
  });
}

/** An async function as gRPC's callback style of handler. */
export function handler<Request, Response>(
  handle: (request: Request) => Response | Promise<Response>,
): grpc.handleUnaryCall<Request, Response> {
  return (received, callback) => {
    Promise.resolve()
      .then(() => handle(received.request))
      .then(
        (response) => callback(null, response),
        (error: unknown) => callback(asServiceError(error)),
      );
  };
}

export function isUnimplemented(error: unknown): boolean {
  return (error as Partial<grpc.ServiceError>).code === grpc.status.UNIMPLEMENTED;
}

function asServiceError(error: unknown): Partial<grpc.StatusObject> {
  const { code, message, details } = error as Partial<grpc.ServiceError>;
  return { code: code ?? grpc.status.UNKNOWN, details: details ?? message ?? String(error) };
}

/** Serves on a free loopback port and answers with its address. */
export function listen(server: grpc.Server): Promise<string> {
  return new Promise((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
      if (error === null) {
        resolve(`127.0.0.1:${port}`);
      } else {
        reject(error);
      }
    });
  });
}
