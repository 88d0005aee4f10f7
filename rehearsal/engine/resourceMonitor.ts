import * as grpc from "@grpc/grpc-js";
import * as proto from "@pulumi/pulumi/proto/resource_pb";
import { CheckFailure } from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { fromStruct, type PropertyMap, toStruct, unsupportedIn } from "./propertyValues";
import { handler } from "./rpc";
import type { Goal } from "./stepGenerator";
import type { ResourceState } from "./deployment";
import { isProviderType, packageOf } from "./urn";

/** What the program's requests are turned into. */
export interface Registrations {
  register(goal: Goal): Promise<ResourceState>;
  registerOutputs(urn: string, outputs: PropertyMap): void;
  /** `URN::ID` of the default provider for a package in a version. */
  defaultProvider(packageName: string, version: string): Promise<string>;
  /** Fails the operation; what it throws tells the program that the engine shuts down. */
  fail(error: unknown, what: string): never;
  invoke(
    token: string,
    provider: string,
    args: PropertyMap,
  ): Promise<{ result: PropertyMap; failures: { property: string; reason: string }[] }>;
}

/**
 * pulumirpc.ResourceMonitor, to which the program registers its resources. What it has no support for it answers with an
 * error that names it; the features below are asked for by the SDK, which refuses the others by itself.
 */
export function resourceMonitor(registrations: () => Registrations): grpc.UntypedServiceImplementation {
  const features = new Set(["secrets", "aliasSpecs"]);
  const unsupported = (what: string) =>
    handler(() => {
      throw new Error(`this engine does not support ${what}`);
    });
  return {
    supportsFeature: handler((request: proto.SupportsFeatureRequest) =>
      new proto.SupportsFeatureResponse().setHassupport(features.has(request.getId())),
    ),
    registerResource: handler((request: proto.RegisterResourceRequest) => registerResource(request, registrations())),
    registerResourceOutputs: handler((request: proto.RegisterResourceOutputsRequest) => {
      const outputs = fromStruct(request.getOutputs());
      refuseUnsupportedValues(outputs);
      registrations().registerOutputs(request.getUrn(), outputs);
      return new Empty();
    }),
    invoke: handler((request: proto.ResourceInvokeRequest) => invoke(request, registrations())),
    signalAndWaitForShutdown: handler(() => new Empty()),
    call: unsupported("calling methods of components (call)"),
    readResource: unsupported("reading resources that the stack does not manage (Resource.get)"),
    registerStackTransform: unsupported("transforms"),
    registerStackInvokeTransform: unsupported("transforms of invokes"),
    registerResourceHook: unsupported("resource hooks"),
    registerErrorHook: unsupported("error hooks"),
    registerPackage: unsupported("parameterized packages"),
  };
}

async function registerResource(
  request: proto.RegisterResourceRequest,
  registrations: Registrations,
): Promise<proto.RegisterResourceResponse> {
  const type = request.getType();
  const label = `${type} "${request.getName()}"`;
  const properties = fromStruct(request.getObject());
  try {
    refuseUnsupportedOptions(request);
    refuseUnsupportedValues(properties);
  } catch (error) {
    registrations.fail(error, label);
  }
  if (isProviderType(type) && request.getVersion() !== "") {
    properties["version"] = request.getVersion();
  }
  const state = await registrations.register({
    type,
    name: request.getName(),
    custom: request.getCustom(),
    parent: request.getParent(),
    properties,
    dependencies: request.getDependenciesList(),
    propertyDependencies: propertyDependencies(request),
    provider: await providerFor(request, registrations),
    protect: request.getProtect() ?? false,
    replaceOnChanges: request.getReplaceonchangesList(),
    importId: request.getImportid(),
  });
  // A component's outputs are the program's own: only at its end are all resources that they name registered.
  const outputs = state.custom ? state.outputs : {};
  return new proto.RegisterResourceResponse()
    .setUrn(state.urn)
    .setId(state.id ?? "")
    .setObject(toStruct(outputs));
}

async function providerFor(request: proto.RegisterResourceRequest, registrations: Registrations): Promise<string> {
  if (!request.getCustom() || isProviderType(request.getType())) {
    return "";
  }
  return request.getProvider() === ""
    ? registrations.defaultProvider(packageOf(request.getType()), request.getVersion())
    : request.getProvider();
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

function propertyDependencies(request: proto.RegisterResourceRequest): Record<string, string[]> {
  const dependencies: Record<string, string[]> = {};
  request.getPropertydependenciesMap().forEach((value, property) => {
    dependencies[property] = value.getUrnsList();
  });
  return dependencies;
}

function refuseUnsupportedOptions(request: proto.RegisterResourceRequest): void {
  const used = Object.entries({
    aliases: request.getAliasesList().length > 0 || request.getAliasurnsList().length > 0,
    ignoreChanges: request.getIgnorechangesList().length > 0,
    deleteBeforeReplace: request.getDeletebeforereplacedefined(),
    retainOnDelete: request.getRetainondelete(),
    deletedWith: request.getDeletedwith() !== "",
    replaceWith: request.getReplaceWithList().length > 0,
    replacementTrigger: request.hasReplacementTrigger(),
    customTimeouts: isSet(request.getCustomtimeouts()?.toObject()),
    hooks: isSet(request.getHooks()?.toObject()),
    transforms: request.getTransformsList().length > 0,
    "remote components": request.getRemote(),
    additionalSecretOutputs: request
      .getAdditionalsecretoutputsList()
      .some((property) => request.getObject()?.getFieldsMap().has(property)),
  })
    .filter(([, isUsed]) => isUsed)
    .map(([option]) => option);
  if (used.length > 0) {
    throw new Error(`uses ${used.join(", ")}, which this engine does not support`);
  }
}

/** The SDK sends some options always, with nothing in them. */
function isSet(option: object | undefined): boolean {
  return Object.values(option ?? {}).some((value: unknown) => (Array.isArray(value) ? value.length > 0 : value !== ""));
}

function refuseUnsupportedValues(values: PropertyMap): void {
  const found = unsupportedIn(values);
  if (found !== undefined) {
    throw new Error(`holds ${found}, which this engine does not support`);
  }
}
