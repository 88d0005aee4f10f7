import * as grpc from "@grpc/grpc-js";
import { EngineClient } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { LogRequest, LogSeverity } from "@pulumi/pulumi/proto/engine_pb";

/** The engine's log, once its address is known: as an argument, by Handshake or by Attach. */
export class EngineLog {
  private client: EngineClient | undefined;

  connect(address: string): void {
    if (address !== "") {
      this.client?.close();
      this.client = new EngineClient(address, grpc.credentials.createInsecure());
    }
  }

  /** Shows a line in the resource's Info column; it does not stay in the final output. */
  async status(urn: string, severity: "info" | "warning", message: string): Promise<void> {
    const request = new LogRequest()
      .setUrn(urn)
      .setSeverity(severity === "info" ? LogSeverity.INFO : LogSeverity.WARNING)
      .setMessage(message)
      .setEphemeral(true);
    await new Promise<void>((resolve) => {
      if (this.client === undefined) {
        resolve();
      } else {
        // A log that does not arrive must not fail what it tells about.
        this.client.log(request, () => resolve());
      }
    });
  }
}
