import * as grpc from "@grpc/grpc-js";
import { PluginAttach } from "@pulumi/pulumi/proto/plugin_pb";
import * as providerRpc from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as proto from "@pulumi/pulumi/proto/provider_pb";
import type { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { asError, attempt } from "./pluginError";
import type { Plugin } from "./attachedPlugin";
import { fromStruct, markSecrets, type PropertyMap, toStruct, withoutSecrets } from "./propertyValues";
import {
  about,
  type CheckResult,
  configureRequest,
  type ResourceIdentity,
  toCheckResult,
  toFailures,
} from "./providerMessages";
import { type DiffResult, noJudgement, toDiffResult } from "./providerDiff";
import { grpcOptions, isUnimplemented, unary } from "./rpc";

export interface UpdateOptions {
  ignoreChanges: readonly string[];
  preview: boolean;
  /** In seconds; 0 leaves it to the provider. */
  timeout: number | undefined;
}

/** A provider plugin as the engine sees it: pulumirpc.ResourceProvider with plain values. */
export class Provider {
  private readonly client: providerRpc.ResourceProviderClient;
  private supportsPreview = false;
  private acceptsSecrets = false;

  constructor(private readonly plugin: Plugin) {
    this.client = new providerRpc.ResourceProviderClient(
      plugin.address,
      grpc.credentials.createInsecure(),
      grpcOptions,
    );
  }

  /** Tells a plugin that runs already where the engine is. */
  async attach(engineAddress: string): Promise<void> {
    const request = new PluginAttach().setAddress(engineAddress);
    await attempt((done) => this.client.attach(request, done));
  }

  async checkConfig(urn: string, olds: PropertyMap, news: PropertyMap): Promise<CheckResult> {
    const request = new proto.CheckRequest().setUrn(urn).setOlds(toStruct(olds)).setNews(toStruct(news));
    try {
      return toCheckResult(await unary<proto.CheckResponse>((done) => this.client.checkConfig(request, done)));
    } catch (error) {
      if (isUnimplemented(error)) {
        return { inputs: news, failures: [] };
      }
      throw asError(error);
    }
  }

  async diffConfig(urn: string, olds: PropertyMap, news: PropertyMap): Promise<DiffResult> {
    const request = new proto.DiffRequest()
      .setUrn(urn)
      .setOldInputs(toStruct(olds))
      .setOlds(toStruct(olds))
      .setNews(toStruct(news));
    try {
      return toDiffResult(await unary<proto.DiffResponse>((done) => this.client.diffConfig(request, done)));
    } catch (error) {
      if (isUnimplemented(error)) {
        return noJudgement;
      }
      throw asError(error);
    }
  }

  async configure(packageName: string, args: PropertyMap): Promise<void> {
    const request = configureRequest(packageName, args);
    const response = await attempt<proto.ConfigureResponse>((done) => this.client.configure(request, done));
    this.supportsPreview = response.getSupportspreview();
    this.acceptsSecrets = response.getAcceptsecrets();
  }

  async check(identity: ResourceIdentity, olds: PropertyMap, news: PropertyMap, seed: Buffer): Promise<CheckResult> {
    const request = about(identity, new proto.CheckRequest())
      .setOlds(this.send(olds))
      .setNews(this.send(news))
      .setRandomseed(seed);
    const { inputs, failures } = toCheckResult(
      await attempt<proto.CheckResponse>((done) => this.client.check(request, done)),
    );
    return { inputs: this.receive(inputs, news), failures };
  }

  async diff(
    identity: ResourceIdentity,
    id: string,
    olds: { inputs: PropertyMap; outputs: PropertyMap },
    news: PropertyMap,
    ignoreChanges: readonly string[],
  ): Promise<DiffResult> {
    const request = about(identity, new proto.DiffRequest())
      .setId(id)
      .setIgnorechangesList([...ignoreChanges])
      .setOldInputs(this.send(olds.inputs))
      .setOlds(this.send(olds.outputs))
      .setNews(this.send(news));
    return toDiffResult(await attempt<proto.DiffResponse>((done) => this.client.diff(request, done)));
  }

  /** At preview a provider without support for it is not asked: the inputs stand for the outputs, as in Pulumi. */
  async create(
    identity: ResourceIdentity,
    inputs: PropertyMap,
    preview: boolean,
    timeout = 0,
  ): Promise<{ id: string; outputs: PropertyMap }> {
    if (preview && !this.supportsPreview) {
      return { id: "", outputs: inputs };
    }
    const request = about(identity, new proto.CreateRequest())
      .setProperties(this.send(inputs))
      .setPreview(preview)
      .setTimeout(timeout);
    const response = await attempt<proto.CreateResponse>((done) => this.client.create(request, done));
    if (response.getId() === "" && !preview) {
      throw new Error(`the plugin returned no id for ${identity.urn}`);
    }
    return { id: response.getId(), outputs: this.receive(fromStruct(response.getProperties()), inputs) };
  }

  async update(
    identity: ResourceIdentity,
    id: string,
    olds: { inputs: PropertyMap; outputs: PropertyMap },
    news: PropertyMap,
    { ignoreChanges, preview, timeout = 0 }: UpdateOptions,
  ): Promise<PropertyMap> {
    if (preview && !this.supportsPreview) {
      return news;
    }
    const request = about(identity, new proto.UpdateRequest())
      .setId(id)
      .setOldInputs(this.send(olds.inputs))
      .setOlds(this.send(olds.outputs))
      .setNews(this.send(news))
      .setPreview(preview)
      .setIgnorechangesList([...ignoreChanges])
      .setTimeout(timeout);
    const response = await attempt<proto.UpdateResponse>((done) => this.client.update(request, done));
    return this.receive(fromStruct(response.getProperties()), news);
  }

  /** @returns undefined when the resource is gone; inputs are undefined where the provider does not report any. */
  async read(
    identity: ResourceIdentity,
    id: string,
    state: { inputs: PropertyMap; outputs: PropertyMap },
    timeout = 0,
  ): Promise<{ id: string; inputs: PropertyMap | undefined; outputs: PropertyMap } | undefined> {
    const request = about(identity, new proto.ReadRequest())
      .setId(id)
      .setInputs(this.send(state.inputs))
      .setProperties(this.send(state.outputs))
      .setTimeout(timeout);
    const response = await attempt<proto.ReadResponse>((done) => this.client.read(request, done));
    if (response.getId() === "") {
      return undefined;
    }
    const inputs = response.getInputs();
    return {
      id: response.getId(),
      inputs: inputs === undefined ? undefined : this.receive(fromStruct(inputs), state.inputs),
      outputs: this.receive(fromStruct(response.getProperties()), state.outputs),
    };
  }

  async delete(
    identity: ResourceIdentity,
    id: string,
    state: { inputs: PropertyMap; outputs: PropertyMap },
    timeout = 0,
  ): Promise<void> {
    const request = about(identity, new proto.DeleteRequest())
      .setId(id)
      .setOldInputs(this.send(state.inputs))
      .setProperties(this.send(state.outputs))
      .setTimeout(timeout);
    await attempt((done) => this.client.delete(request, done));
  }

  async invoke(token: string, args: PropertyMap): Promise<{ result: PropertyMap; failures: CheckResult["failures"] }> {
    const request = new proto.InvokeRequest().setTok(token).setArgs(this.send(args));
    const response = await attempt<proto.InvokeResponse>((done) => this.client.invoke(request, done));
    return { result: fromStruct(response.getReturn()), failures: toFailures(response.getFailuresList()) };
  }

  async stop(): Promise<void> {
    this.client.close();
    await this.plugin.stop();
  }

  private send(values: PropertyMap): Struct {
    return toStruct(this.acceptsSecrets ? values : withoutSecrets(values));
  }

  /** @param given are the values that the plugin was sent, and of which it may have lost that they are secret. */
  private receive(values: PropertyMap, given: PropertyMap): PropertyMap {
    return this.acceptsSecrets ? values : markSecrets(values, given);
  }
}
