import type { ChangeKind } from "./propertyDiff";
import type { PropertyMap } from "./propertyValues";

/** A stand-in for a provider plugin, without the wire: providerServer.ts serves it. */
export interface ProviderPlugin {
  /** The Pulumi package it stands in for. */
  readonly name: string;
  /** The version of that package which it follows. */
  readonly version: string;
  readonly resources: Readonly<Record<string, ResourceType>>;
  readonly functions: Readonly<Record<string, ProviderFunction>>;
  readonly features: ProviderFeatures;

  checkConfig(news: PropertyMap): Promise<CheckResult>;
  diffConfig(olds: PropertyMap, news: PropertyMap): DiffResult;
  configure(request: ConfigureRequest): Promise<void>;
}

export interface ConfigureRequest {
  /** The provider's inputs as the program gave them: structured values are JSON strings. */
  args: PropertyMap;
  /** The same as strings without secrets, under their old keys (`aws-native:config:region`). */
  variables: ReadonlyMap<string, string>;
}

/** What the engine may send; all stand-ins also answer for previews. */
export interface ProviderFeatures {
  acceptSecrets: boolean;
  acceptResources: boolean;
  supportsAutonaming: boolean;
}

export type ProviderFunction = (args: PropertyMap) => Promise<PropertyMap>;

/** What one resource type does for each call of the engine. Property maps hold secrets and unknown values as sent. */
export interface ResourceType {
  check(request: CheckRequest): CheckResult;
  diff(request: DiffRequest): DiffResult;
  create(request: CreateRequest, call: Call): Promise<{ id: string; outputs: PropertyMap }>;
  /** @returns undefined when the resource is gone. */
  read(request: ReadRequest, call: Call): Promise<{ inputs: PropertyMap; outputs: PropertyMap } | undefined>;
  update(request: UpdateRequest, call: Call): Promise<PropertyMap>;
  delete(request: DeleteRequest, call: Call): Promise<void>;
}

/** What surrounds a call. */
export interface Call {
  /** Aborted when the engine cancels, goes away, or the resource's own timeout is over. */
  signal: AbortSignal;
  /** Shows a line beside the resource while it is in progress. Never fails. */
  logStatus(severity: "info" | "warning", message: string): Promise<void>;
}

export interface CheckRequest {
  urn: string;
  olds: PropertyMap;
  news: PropertyMap;
  randomSeed: Uint8Array;
  autonaming: { mode: "propose" | "enforce" | "disable"; proposedName: string } | undefined;
}

export interface CheckFailure {
  property: string;
  reason: string;
}

export type CheckResult = { inputs: PropertyMap } | { failures: CheckFailure[] };

export interface DiffRequest {
  oldInputs: PropertyMap;
  oldOutputs: PropertyMap;
  news: PropertyMap;
  ignoreChanges: string[];
}

export interface DiffResult {
  /** `unknown` leaves the comparison of inputs to the engine. */
  changes: "none" | "some" | "unknown";
  /** Top-level properties (or paths) that changed. */
  diffs?: string[];
  replaces?: string[];
  detailedDiff?: ReadonlyMap<string, ChangeKind | `${ChangeKind}-replace`>;
  deleteBeforeReplace?: boolean;
}

export interface CreateRequest {
  urn: string;
  inputs: PropertyMap;
  preview: boolean;
}

export interface ReadRequest {
  id: string;
  inputs: PropertyMap;
  outputs: PropertyMap;
}

export interface UpdateRequest {
  id: string;
  oldOutputs: PropertyMap;
  news: PropertyMap;
  ignoreChanges: string[];
  preview: boolean;
}

export interface DeleteRequest {
  id: string;
  outputs: PropertyMap;
}

/** The resource exists, but the operation that made it failed: the engine keeps it together with the reasons. */
export class ResourceInitFailed extends Error {
  constructor(
    message: string,
    readonly id: string,
    readonly outputs: PropertyMap,
    readonly inputs: PropertyMap,
  ) {
    super(message);
    this.name = "ResourceInitFailed";
  }
}
