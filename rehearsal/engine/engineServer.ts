import type * as grpc from "@grpc/grpc-js";
import { EngineService } from "@pulumi/pulumi/proto/engine_grpc_pb";
import * as proto from "@pulumi/pulumi/proto/engine_pb";
import { ResourceMonitorService } from "@pulumi/pulumi/proto/resource_grpc_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import type { Registrations } from "./registrations";
import { resourceMonitor } from "./resourceMonitor";
import { handler, listen } from "./rpc";

type Severity = "info" | "warning" | "error";

/** Serves the program, the plugins and the policy packs: pulumirpc.Engine and pulumirpc.ResourceMonitor on one port. */
export function serve(
  server: grpc.Server,
  engine: {
    log: (severity: Severity, message: string, urn: string | undefined) => void;
    registrations: () => Registrations | undefined;
  },
): Promise<string> {
  server.addService(EngineService, engineService(engine.log));
  const monitor = resourceMonitor(() => {
    const registrations = engine.registrations();
    if (registrations === undefined) {
      throw new Error("this operation runs no program: it takes no resources");
    }
    return registrations;
  });
  server.addService(ResourceMonitorService, monitor);
  return listen(server);
}

function engineService(
  log: (severity: Severity, message: string, urn: string | undefined) => void,
): grpc.UntypedServiceImplementation {
  let rootResource = "";
  return {
    log: handler((request: proto.LogRequest) => {
      const severity = severities[request.getSeverity()];
      if (severity !== undefined) {
        log(severity, request.getMessage(), request.getUrn() === "" ? undefined : request.getUrn());
      }
      return new Empty();
    }),
    getRootResource: handler(() => new proto.GetRootResourceResponse().setUrn(rootResource)),
    setRootResource: handler((request: proto.SetRootResourceRequest) => {
      rootResource = request.getUrn();
      return new proto.SetRootResourceResponse();
    }),
  };
}

// Debug messages are for people who debug the SDK.
const severities: Readonly<Record<number, Severity | undefined>> = {
  [proto.LogSeverity.INFO]: "info",
  [proto.LogSeverity.WARNING]: "warning",
  [proto.LogSeverity.ERROR]: "error",
};
