import type { UntypedServiceImplementation } from "@grpc/grpc-js";
import { type PluginAttach, PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import type { IResourceProviderServer } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as proto from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import type { EngineLog } from "./engineLog";
import { fromStruct, toStruct } from "./propertyValues";
import { autonamingOf, toCheckResponse, toDiffResponse } from "./providerMessages";
import type { Call, ProviderPlugin, ResourceType } from "./providerPlugin";
import { unary, Unsupported } from "./rpcStatus";

/**
 * pulumirpc.ResourceProvider around a plugin: messages to plain values and back. Operations that no stand-in has
 * (Call, Construct, List, ...) are left to gRPC's own answer, UNIMPLEMENTED.
 */
export class ProviderService {
  constructor(
    private readonly plugin: ProviderPlugin,
    private readonly log: EngineLog,
    private readonly ended: AbortController,
  ) {}

  implementation(): UntypedServiceImplementation {
    return { ...this.pluginCalls(), ...this.configurationCalls(), ...this.resourceCalls() };
  }

  private pluginCalls() {
    return {
      handshake: unary((request: proto.ProviderHandshakeRequest) => {
        this.log.connect(request.getEngineAddress());
        const { acceptSecrets, acceptResources, supportsAutonaming } = this.plugin.features;
        return new proto.ProviderHandshakeResponse()
          .setAcceptSecrets(acceptSecrets)
          .setAcceptResources(acceptResources)
          .setSupportsAutonamingConfiguration(supportsAutonaming);
      }),
      attach: unary((request: PluginAttach) => {
        this.log.connect(request.getAddress());
        return new Empty();
      }),
      getPluginInfo: unary(() => new PluginInfo().setVersion(this.plugin.version)),
      getSchema: unary(() => new proto.GetSchemaResponse().setSchema(JSON.stringify(schemaOf(this.plugin)))),
      cancel: (_request, callback) => {
        callback(null, new Empty());
        this.ended.abort();
      },
    } satisfies Partial<IResourceProviderServer>;
  }

  private configurationCalls() {
    return {
      checkConfig: unary(async (request: proto.CheckRequest) =>
        toCheckResponse(await this.plugin.checkConfig(fromStruct(request.getNews()))),
      ),
      diffConfig: unary((request: proto.DiffRequest) =>
        toDiffResponse(this.plugin.diffConfig(fromStruct(request.getOldInputs()), fromStruct(request.getNews()))),
      ),
      configure: unary(async (request: proto.ConfigureRequest) => {
        await this.plugin.configure({
          args: fromStruct(request.getArgs()),
          variables: new Map(request.getVariablesMap().getEntryList()),
        });
        const { acceptSecrets, acceptResources, supportsAutonaming } = this.plugin.features;
        return new proto.ConfigureResponse()
          .setAcceptsecrets(acceptSecrets)
          .setAcceptresources(acceptResources)
          .setSupportspreview(true)
          .setSupportsAutonamingConfiguration(supportsAutonaming);
      }),
      invoke: unary(async (request: proto.InvokeRequest) => {
        const answer = this.plugin.functions[request.getTok()];
        if (answer === undefined) {
          throw unknownToken(this.plugin, "function", request.getTok(), Object.keys(this.plugin.functions));
        }
        return new proto.InvokeResponse().setReturn(toStruct(await answer(fromStruct(request.getArgs()))));
      }),
    } satisfies Partial<IResourceProviderServer>;
  }

  private resourceCalls() {
    return {
      check: unary((request: proto.CheckRequest) =>
        toCheckResponse(
          this.resourceType(request).check({
            urn: request.getUrn(),
            olds: fromStruct(request.getOlds()),
            news: fromStruct(request.getNews()),
            randomSeed: request.getRandomseed_asU8(),
            autonaming: autonamingOf(request),
          }),
        ),
      ),
      diff: unary((request: proto.DiffRequest) =>
        toDiffResponse(
          this.resourceType(request).diff({
            oldInputs: fromStruct(request.getOldInputs()),
            oldOutputs: fromStruct(request.getOlds()),
            news: fromStruct(request.getNews()),
            ignoreChanges: request.getIgnorechangesList(),
          }),
        ),
      ),
      create: unary(async (request: proto.CreateRequest) => {
        const { id, outputs } = await this.resourceType(request).create(
          { urn: request.getUrn(), inputs: fromStruct(request.getProperties()), preview: request.getPreview() },
          this.callFor(request),
        );
        return new proto.CreateResponse().setId(id).setProperties(toStruct(outputs));
      }),
      read: unary(async (request: proto.ReadRequest) => {
        const state = { inputs: fromStruct(request.getInputs()), outputs: fromStruct(request.getProperties()) };
        const found = await this.resourceType(request).read({ id: request.getId(), ...state }, this.callFor(request));
        if (found === undefined) {
          return new proto.ReadResponse();
        }
        return new proto.ReadResponse()
          .setId(request.getId())
          .setInputs(toStruct(found.inputs))
          .setProperties(toStruct(found.outputs));
      }),
      update: unary(async (request: proto.UpdateRequest) => {
        const outputs = await this.resourceType(request).update(
          {
            id: request.getId(),
            oldOutputs: fromStruct(request.getOlds()),
            news: fromStruct(request.getNews()),
            ignoreChanges: request.getIgnorechangesList(),
            preview: request.getPreview(),
          },
          this.callFor(request),
        );
        return new proto.UpdateResponse().setProperties(toStruct(outputs));
      }),
      delete: unary(async (request: proto.DeleteRequest) => {
        const state = { id: request.getId(), outputs: fromStruct(request.getProperties()) };
        await this.resourceType(request).delete(state, this.callFor(request));
        return new Empty();
      }),
    } satisfies Partial<IResourceProviderServer>;
  }

  private resourceType(request: { getUrn(): string }): ResourceType {
    const token = typeOf(request.getUrn());
    const resourceType = this.plugin.resources[token];
    if (resourceType === undefined) {
      throw unknownToken(this.plugin, "resource type", token, Object.keys(this.plugin.resources));
    }
    return resourceType;
  }

  private callFor(request: { getUrn(): string; getTimeout(): number }): Call {
    const seconds = request.getTimeout();
    const signals = seconds > 0 ? [AbortSignal.timeout(seconds * 1000)] : [];
    return {
      signal: AbortSignal.any([this.ended.signal, ...signals]),
      logStatus: (severity, message) => this.log.status(request.getUrn(), severity, message),
    };
  }
}

/** The resource's own type: a URN's third part is `parent type$...$type`. */
function typeOf(urn: string): string {
  return urn.split("::")[2]?.split("$").at(-1) ?? "";
}

function unknownToken(plugin: ProviderPlugin, what: string, token: string, known: string[]): Unsupported {
  const has = known.length === 0 ? `no ${what}s` : known.join(", ");
  return new Unsupported(
    `the stand-in for the ${plugin.name} plugin does not have the ${what} "${token}"; it has ${has}. ` +
      `Use the real plugin, or add it to rehearsal/plugins.`,
  );
}

/** Only which tokens there are: programs have their own copy of the package's schema. */
function schemaOf({ name, version, resources, functions }: ProviderPlugin): object {
  const tokens = (map: object) => Object.fromEntries(Object.keys(map).map((token) => [token, {}]));
  return { name, version, resources: tokens(resources), functions: tokens(functions) };
}
