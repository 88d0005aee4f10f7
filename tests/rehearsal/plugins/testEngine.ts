import * as proto from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import type * as grpc from "@grpc/grpc-js";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { call, PluginProcess } from "./pluginProcess";

type Properties = Record<string, unknown>;

/** Pulumi's engine as far as one plugin sees it: its calls, with plain values. */
export class TestEngine {
  constructor(
    readonly plugin: PluginProcess,
    private readonly packageName: string,
  ) {}

  private get client() {
    return this.plugin.client;
  }

  /** CheckConfig and Configure, in the real engine's two encodings. */
  async configure(args: Record<string, string>): Promise<proto.ConfigureResponse.AsObject> {
    const response = await this.checkConfig(args);
    const request = new proto.ConfigureRequest()
      .setArgs(struct(response.inputs ?? {}))
      .setAcceptsecrets(true)
      .setAcceptresources(true)
      .setSendsOldInputs(true)
      .setSendsOldInputsToDelete(true);
    for (const [key, value] of Object.entries(args)) {
      request.getVariablesMap().set(`${this.packageName}:config:${key}`, value);
    }
    const configured = await call<proto.ConfigureResponse>((done) => this.client.configure(request, done));
    return configured.toObject();
  }

  async checkConfig(news: Properties) {
    const request = new proto.CheckRequest()
      .setUrn(`urn:pulumi:dev::project::pulumi:providers:${this.packageName}::provider`)
      .setOlds(struct({}))
      .setNews(struct(news));
    return checked(await call<proto.CheckResponse>((done) => this.client.checkConfig(request, done)));
  }

  async diffConfig(olds: Properties, news: Properties) {
    const request = new proto.DiffRequest()
      .setUrn(`urn:pulumi:dev::project::pulumi:providers:${this.packageName}::provider`)
      .setOldInputs(struct(olds))
      .setOlds(struct(olds))
      .setNews(struct(news));
    return diffed(await call<proto.DiffResponse>((done) => this.client.diffConfig(request, done)));
  }

  async invoke(token: string, args: Properties = {}) {
    const request = new proto.InvokeRequest().setTok(token).setArgs(struct(args));
    const response = await call<proto.InvokeResponse>((done) => this.client.invoke(request, done));
    return response.getReturn()?.toJavaScript();
  }

  async check(
    urn: string,
    news: Properties,
    olds: Properties = {},
    options: (request: proto.CheckRequest) => void = () => undefined,
  ) {
    const request = new proto.CheckRequest()
      .setUrn(urn)
      .setOlds(struct(olds))
      .setNews(struct(news))
      .setRandomseed(Buffer.alloc(32, 1));
    options(request);
    return checked(await call<proto.CheckResponse>((done) => this.client.check(request, done)));
  }

  async diff(
    urn: string,
    id: string,
    olds: { inputs: Properties; outputs: Properties },
    news: Properties,
    ignoreChanges: string[] = [],
  ) {
    const request = new proto.DiffRequest()
      .setUrn(urn)
      .setId(id)
      .setOldInputs(struct(olds.inputs))
      .setOlds(struct(olds.outputs))
      .setNews(struct(news))
      .setIgnorechangesList(ignoreChanges);
    return diffed(await call<proto.DiffResponse>((done) => this.client.diff(request, done)));
  }

  async create(urn: string, inputs: Properties, { preview = false, timeout = 0 } = {}) {
    const request = new proto.CreateRequest()
      .setUrn(urn)
      .setProperties(struct(inputs))
      .setPreview(preview)
      .setTimeout(timeout);
    const response = await call<proto.CreateResponse>((done) => this.client.create(request, done));
    return { id: response.getId(), outputs: plain(response.getProperties()) ?? {} };
  }

  async read(urn: string, id: string, state: { inputs: Properties; outputs: Properties }) {
    const request = new proto.ReadRequest()
      .setUrn(urn)
      .setId(id)
      .setInputs(struct(state.inputs))
      .setProperties(struct(state.outputs));
    const response = await call<proto.ReadResponse>((done) => this.client.read(request, done));
    return { id: response.getId(), inputs: plain(response.getInputs()), outputs: plain(response.getProperties()) };
  }

  async update(
    urn: string,
    id: string,
    olds: { inputs: Properties; outputs: Properties },
    news: Properties,
    { preview = false, ignoreChanges = [] as string[] } = {},
  ) {
    const request = new proto.UpdateRequest()
      .setUrn(urn)
      .setId(id)
      .setOldInputs(struct(olds.inputs))
      .setOlds(struct(olds.outputs))
      .setNews(struct(news))
      .setPreview(preview)
      .setIgnorechangesList(ignoreChanges);
    const response = await call<proto.UpdateResponse>((done) => this.client.update(request, done));
    return plain(response.getProperties()) ?? {};
  }

  async delete(urn: string, id: string, state: { inputs: Properties; outputs: Properties }): Promise<void> {
    const request = new proto.DeleteRequest()
      .setUrn(urn)
      .setId(id)
      .setOldInputs(struct(state.inputs))
      .setProperties(struct(state.outputs));
    await call((done) => this.client.delete(request, done));
  }
}

/** The resource that a failed call left behind, if any. */
export function initFailure(error: unknown) {
  const { metadata } = error as grpc.ServiceError;
  for (const bytes of metadata.get("grpc-status-details-bin")) {
    for (const any of Status.deserializeBinary(bytes as Buffer).getDetailsList()) {
      if (any.getTypeName() === "pulumirpc.ErrorResourceInitFailed") {
        const failed = proto.ErrorResourceInitFailed.deserializeBinary(any.getValue_asU8());
        return {
          id: failed.getId(),
          outputs: plain(failed.getProperties()),
          inputs: plain(failed.getInputs()),
          reasons: failed.getReasonsList(),
        };
      }
    }
  }
  return undefined;
}

function struct(properties: Properties): Struct {
  return Struct.fromJavaScript(properties as Parameters<typeof Struct.fromJavaScript>[0]);
}

function plain(properties: Struct | undefined): Properties | undefined {
  return properties?.toJavaScript();
}

function checked(response: proto.CheckResponse) {
  return {
    inputs: plain(response.getInputs()),
    failures: response.getFailuresList().map((failure) => failure.toObject()),
  };
}

function diffed(response: proto.DiffResponse) {
  const { DiffChanges } = proto.DiffResponse;
  const { Kind } = proto.PropertyDiff;
  const detailed: Record<string, string | undefined> = {};
  response.getDetaileddiffMap().forEach((diff, path) => {
    detailed[path] = Object.entries(Kind).find(([, value]) => value === diff.getKind())?.[0];
  });
  return {
    changes: Object.entries(DiffChanges).find(([, value]) => value === response.getChanges())?.[0],
    diffs: response.getDiffsList(),
    replaces: response.getReplacesList(),
    deleteBeforeReplace: response.getDeletebeforereplace(),
    detailedDiff: response.getHasdetaileddiff() ? detailed : undefined,
  };
}
