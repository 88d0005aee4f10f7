import type { PropertyMap, PropertyValue } from "./propertyValues";

/** One resource as Pulumi keeps it in a stack's state (apitype.ResourceV3, the parts this engine writes). */
export interface ResourceState {
  urn: string;
  type: string;
  custom: boolean;
  /** Superseded by a replacement and still to be deleted. */
  delete?: boolean;
  id?: string;
  inputs: PropertyMap;
  outputs: PropertyMap;
  parent?: string;
  protect?: boolean;
  /** Only read (`Resource.get`): somebody else's, never updated or deleted. */
  external?: boolean;
  dependencies?: string[];
  propertyDependencies?: Record<string, string[]>;
  /** `URN::ID` of the provider that manages it. */
  provider?: string;
  /** Why a resource that exists could not be finished; the next update tries again. */
  initErrors?: string[];
  /** Deleted already, so that its replacement can be made. */
  pendingReplacement?: boolean;
  /** Outputs that are secret whatever the provider says. */
  additionalSecretOutputs?: string[];
  /** The URN it had in the state before: only while an operation runs, see normalizeUrns.ts. */
  aliases?: string[];
  customTimeouts?: CustomTimeouts;
  /** Under which id the resource was taken over from somebody else. */
  importID?: string;
  retainOnDelete?: boolean;
  /** The resource whose deletion deletes this one, too. */
  deletedWith?: string;
  /** Resources whose replacement replaces this one, too. */
  replaceWith?: string[];
  /** When it changes the resource is replaced. */
  replacementTrigger?: PropertyValue;
  ignoreChanges?: string[];
  replaceOnChanges?: string[];
  resourceHooks?: HookBindings;
  created?: string;
  modified?: string;
}

/** In seconds. */
export interface CustomTimeouts {
  create?: number;
  update?: number;
  delete?: number;
  read?: number;
}

export type HookType =
  "BeforeCreate" | "AfterCreate" | "BeforeUpdate" | "AfterUpdate" | "BeforeDelete" | "AfterDelete" | "OnError";

/** The names of the hooks that run at each point of a resource's life. */
export type HookBindings = Partial<Record<HookType, string[]>>;

/** A step that was begun and of whose end nothing is known. */
export interface PendingOperation {
  resource: ResourceState;
  type: "creating" | "updating" | "deleting" | "reading" | "importing";
}
