import * as grpc from "@grpc/grpc-js";
import { EngineService } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { type LogRequest, LogSeverity } from "@pulumi/pulumi/proto/engine_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";

interface LogMessage {
  message: string;
  severity: string;
  ephemeral: boolean;
  urn: string;
}

/** The engine's side of the conversation: where plugins log. */
export class FakeEngine {
  readonly messages: LogMessage[] = [];
  private readonly waiting = new Map<string, () => void>();

  private constructor(
    private readonly server: grpc.Server,
    readonly address: string,
  ) {}

  static async start(): Promise<FakeEngine> {
    const server = new grpc.Server();
    server.addService(EngineService, {
      log: (call: grpc.ServerUnaryCall<LogRequest, Empty>, callback: grpc.sendUnaryData<Empty>) => {
        engine.take(call.request);
        callback(null, new Empty());
      },
    });
    const port = await new Promise<number>((resolve, reject) => {
      server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) => {
        if (error === null) {
          resolve(bound);
        } else {
          reject(error);
        }
      });
    });
    const engine = new FakeEngine(server, `127.0.0.1:${port}`);
    return engine;
  }

  /** Waits for a message with this text. */
  async received(message: string): Promise<void> {
    if (!this.messages.some((each) => each.message === message)) {
      await new Promise<void>((resolve) => this.waiting.set(message, resolve));
    }
  }

  close(): void {
    this.server.forceShutdown();
  }

  private take(request: LogRequest): void {
    const severity = Object.entries(LogSeverity).find(([, value]) => value === request.getSeverity())?.[0] ?? "";
    const message = request.getMessage();
    this.messages.push({ message, severity, ephemeral: request.getEphemeral(), urn: request.getUrn() });
    this.waiting.get(message)?.();
  }
}
