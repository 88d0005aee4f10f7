import type * as grpc from "@grpc/grpc-js";
import type { Callback } from "@pulumi/pulumi/proto/callback_pb";
import { CheckFailure } from "@pulumi/pulumi/proto/provider_pb";
import * as proto from "@pulumi/pulumi/proto/resource_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { fromStruct, refuseUnsupportedValues, toStruct } from "./propertyValues";
import { readResource } from "./readResource";
import { registerResource } from "./registerResource";
import type { Registrations } from "./registrations";
import { handler } from "./rpc";
import { packageOf } from "./urn";

// The SDK asks for these, and does without the others or refuses them by itself.
const features = new Set([
  "secrets",
  "aliasSpecs",
  "deletedWith",
  "replaceWith",
  "replacementTrigger",
  "transforms",
  "resourceHooks",
  "errorHooks",
]);

/**
 * pulumirpc.ResourceMonitor, to which the program registers its resources. What it has no support for it answers with an
 * error that names it.
 */
export function resourceMonitor(registrations: () => Registrations): grpc.UntypedServiceImplementation {
  const unsupported = (what: string) =>
    handler(() => {
      throw new Error(`this engine does not support ${what}`);
    });
  return {
    supportsFeature: handler((request: proto.SupportsFeatureRequest) =>
      new proto.SupportsFeatureResponse().setHassupport(features.has(request.getId())),
    ),
    registerResource: handler((request: proto.RegisterResourceRequest) => registerResource(request, registrations())),
    registerResourceOutputs: handler(async (request: proto.RegisterResourceOutputsRequest) => {
      const outputs = fromStruct(request.getOutputs());
      refuseUnsupportedValues(outputs);
      await registrations().registerOutputs(request.getUrn(), outputs);
      return new Empty();
    }),
    readResource: handler((request: proto.ReadResourceRequest) => readResource(request, registrations())),
    invoke: handler((request: proto.ResourceInvokeRequest) => invoke(request, registrations())),
    registerStackTransform: handler((transform: Callback) => {
      registrations().transforms.registerForStack(transform);
      return new Empty();
    }),
    registerResourceHook: handler((request: proto.RegisterResourceHookRequest) => {
      const [onDryRun, ignoreErrors] = [request.getOnDryRun(), request.getIgnoreErrors()];
      const callback = given(request.getCallback());
      registrations().hooks.register(request.getName(), { callback, onDryRun, ignoreErrors });
      return new Empty();
    }),
    registerErrorHook: handler((request: proto.RegisterErrorHookRequest) => {
      registrations().hooks.registerErrorHook(request.getName(), given(request.getCallback()));
      return new Empty();
    }),
    // The program stays until everything is done, so that its hooks can be called.
    signalAndWaitForShutdown: handler(async () => {
      await registrations().finish();
      return new Empty();
    }),
    call: unsupported("calling methods of components (call)"),
    registerStackInvokeTransform: unsupported("transforms of invokes"),
    registerPackage: unsupported("parameterized packages"),
  };
}

async function invoke(
  request: proto.ResourceInvokeRequest,
  registrations: Registrations,
): Promise<proto.ResourceInvokeResponse> {
  const token = request.getTok();
  const provider =
    request.getProvider() === ""
      ? await registrations.defaultProvider(packageOf(token), request.getVersion())
      : request.getProvider();
  const args = fromStruct(request.getArgs());
  refuseUnsupportedValues(args);
  const { result, failures } = await registrations.invoke(token, provider, args);
  return new proto.ResourceInvokeResponse()
    .setReturn(toStruct(result))
    .setFailuresList(
      failures.map(({ property, reason }) => new CheckFailure().setProperty(property).setReason(reason)),
    );
}

function given(callback: Callback | undefined): Callback {
  if (callback === undefined) {
    throw new Error("the program registered a hook without a function");
  }
  return callback;
}
