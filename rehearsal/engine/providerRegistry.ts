import { randomUUID } from "node:crypto";
import type { ResourceState } from "./resourceState";
import { attachedPlugin } from "./attachedPlugin";
import { type PluginCommand, PluginProcess } from "./pluginProcess";
import { containsUnknown, type PropertyMap, unknownValue } from "./propertyValues";
import { Provider } from "./provider";
import type { CheckResult, ResourceIdentity } from "./providerMessages";
import type { DiffResult } from "./providerDiff";
import { packageOf, parseProviderReference, providerReference } from "./urn";

/**
 * The providers of an operation. Provider resources (`pulumi:providers:*`) are managed here instead of by a plugin: to
 * check one starts its plugin, to create or keep one configures it.
 */
export class ProviderRegistry {
  private readonly unconfigured = new Map<string, Provider>();
  private readonly configured = new Map<string, Provider>();
  private readonly loading = new Map<string, Promise<Provider>>();
  private readonly starting: Promise<unknown>[] = [];
  private readonly started: Provider[] = [];
  private readonly ending = new AbortController();
  private readonly renamed = new Map<string, string>();

  constructor(
    private readonly plugins: Readonly<Record<string, PluginCommand>>,
    private readonly engineAddress: string,
    private readonly environment: NodeJS.ProcessEnv,
    private readonly onOutput: (line: string) => void,
  ) {}

  async check(identity: ResourceIdentity, olds: PropertyMap, news: PropertyMap): Promise<CheckResult> {
    const provider = await this.start(packageOf(identity.type));
    this.unconfigured.set(identity.urn, provider);
    const { inputs, failures } = await provider.checkConfig(identity.urn, olds, news);
    // The version is the engine's: a plugin that drops it must not make it look changed.
    return { inputs: { ...(news["version"] !== undefined && { version: news["version"] }), ...inputs }, failures };
  }

  /** What a provider was called in the state before: resources there still name it so. */
  registerAlias(alias: string, urn: string): void {
    this.renamed.set(alias, urn);
  }

  async diff(identity: ResourceIdentity, olds: PropertyMap, news: PropertyMap): Promise<DiffResult> {
    // One of the state that the program has not come to yet is asked when something that it depends on is replaced.
    const provider = this.unconfigured.get(identity.urn) ?? (await this.start(packageOf(identity.type)));
    this.unconfigured.set(identity.urn, provider);
    return provider.diffConfig(identity.urn, olds, news);
  }

  /** @returns the new provider's id; unknown at preview, as in Pulumi. */
  async create(identity: ResourceIdentity, inputs: PropertyMap, preview: boolean): Promise<string> {
    const id = preview ? unknownValue : randomUUID();
    await this.configure(identity, id, inputs);
    return id;
  }

  /** Has the provider ready under its id: as checked in this operation, or loaded from the state. */
  async configure(identity: ResourceIdentity, id: string, inputs: PropertyMap): Promise<void> {
    const reference = providerReference(identity.urn, id);
    if (containsUnknown(inputs)) {
      throw new Error(
        `the configuration of provider ${identity.urn} is not known yet; this engine needs it to be known at preview`,
      );
    }
    const packageName = packageOf(identity.type);
    const provider = this.unconfigured.get(identity.urn) ?? (await this.start(packageName));
    this.unconfigured.delete(identity.urn);
    await provider.configure(packageName, inputs);
    this.configured.set(reference, provider);
  }

  /** Loads the providers of resources that no program has registered: for refresh, destroy and what is left to delete. */
  load(named: string, resources: readonly ResourceState[]): Promise<Provider> {
    const reference = this.current(named);
    const configured = this.configured.get(reference);
    if (configured !== undefined) {
      return Promise.resolve(configured);
    }
    // Several resources ask at once for the provider they share.
    const loading = this.loading.get(reference) ?? this.loadFromState(reference, resources);
    this.loading.set(reference, loading);
    return loading;
  }

  private async loadFromState(reference: string, resources: readonly ResourceState[]): Promise<Provider> {
    const { urn, id } = parseProviderReference(reference);
    const isIt = (resource: ResourceState) => (this.renamed.get(resource.urn) ?? resource.urn) === urn;
    const state = resources.find((resource) => isIt(resource) && resource.id === id);
    if (state === undefined) {
      throw new Error(`the state names provider ${reference}, but does not hold it`);
    }
    await this.configure({ urn, type: state.type }, id, state.inputs);
    return this.get(reference);
  }

  get(reference: string): Provider {
    const provider = this.configured.get(this.current(reference));
    if (provider === undefined) {
      throw new Error(`unknown provider ${reference}`);
    }
    return provider;
  }

  /** Ends the plugins that have not begun to serve: nothing is under way in them. No more are started. */
  endStarts(): void {
    this.ending.abort();
  }

  async stop(): Promise<void> {
    this.endStarts();
    await Promise.allSettled(this.starting);
    await Promise.all(this.started.map((provider) => provider.stop()));
  }

  private current(reference: string): string {
    const { urn, id } = parseProviderReference(reference);
    return providerReference(this.renamed.get(urn) ?? urn, id);
  }

  private start(packageName: string): Promise<Provider> {
    const provider = this.startPlugin(packageName);
    this.starting.push(provider);
    return provider;
  }

  private async startPlugin(packageName: string): Promise<Provider> {
    const attached = attachedPlugin(packageName, this.environment);
    if (attached !== undefined) {
      const provider = new Provider(attached);
      this.started.push(provider);
      await provider.attach(this.engineAddress);
      return provider;
    }
    const command = this.plugins[packageName];
    if (command === undefined) {
      if (packageName === "pulumi") {
        throw new Error("this engine does not support stack references, nor getResource of the package pulumi");
      }
      const known = Object.keys(this.plugins).join(", ");
      throw new Error(`there is no plugin for package "${packageName}" here; there are plugins for ${known}`);
    }
    const withAddress = { ...command, args: [...command.args, this.engineAddress] };
    const { environment, onOutput, ending } = this;
    const plugin = await PluginProcess.start(packageName, withAddress, environment, onOutput, ending.signal);
    const provider = new Provider(plugin);
    this.started.push(provider);
    return provider;
  }
}
