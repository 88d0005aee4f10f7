import type { AliasSpec } from "./aliases";
import type { PropertyMap, PropertyValue } from "./propertyValues";
import type { CustomTimeouts, HookBindings, ResourceState } from "./resourceState";

/** What the program asks for: one registered resource with its options. */
export interface Goal {
  type: string;
  name: string;
  custom: boolean;
  parent: string;
  properties: PropertyMap;
  dependencies: string[];
  propertyDependencies: Record<string, string[]>;
  /** `URN::ID`; empty for components and provider resources. */
  provider: string;
  /** Undefined leaves it to the parent. */
  protect: boolean | undefined;
  /** Undefined leaves it to the parent. */
  retainOnDelete: boolean | undefined;
  /** Undefined leaves it to the provider. */
  deleteBeforeReplace: boolean | undefined;
  /** Paths of properties. */
  ignoreChanges: string[];
  /** Paths of properties. */
  replaceOnChanges: string[];
  additionalSecretOutputs: string[];
  /** The id of a resource to take over; empty for none. */
  importId: string;
  aliases: AliasSpec[];
  /** The URN of a resource; empty for none. */
  deletedWith: string;
  replaceWith: string[];
  replacementTrigger: PropertyValue | undefined;
  customTimeouts: CustomTimeouts;
  hooks: HookBindings;
}

/** A goal without any options. */
export function plainGoal(goal: Pick<Goal, "type" | "name" | "custom" | "parent" | "properties">): Goal {
  return {
    ...goal,
    dependencies: [],
    propertyDependencies: {},
    provider: "",
    protect: undefined,
    retainOnDelete: undefined,
    deleteBeforeReplace: undefined,
    ignoreChanges: [],
    replaceOnChanges: [],
    additionalSecretOutputs: [],
    importId: "",
    aliases: [],
    deletedWith: "",
    replaceWith: [],
    replacementTrigger: undefined,
    customTimeouts: {},
    hooks: {},
  };
}

/** The state that a resource will be in once its goal is reached, as far as the program alone decides. */
export function newState(urn: string, goal: Goal, alias: string | undefined): ResourceState {
  return {
    urn,
    type: goal.type,
    custom: goal.custom,
    inputs: goal.properties,
    outputs: {},
    ...(goal.parent !== "" && { parent: goal.parent }),
    ...(goal.protect === true && { protect: true }),
    ...(goal.retainOnDelete === true && { retainOnDelete: true }),
    ...(goal.importId !== "" && { importID: goal.importId }),
    ...(goal.dependencies.length > 0 && { dependencies: goal.dependencies }),
    ...(!isEmpty(goal.propertyDependencies) && { propertyDependencies: goal.propertyDependencies }),
    ...(goal.provider !== "" && { provider: goal.provider }),
    ...(goal.additionalSecretOutputs.length > 0 && { additionalSecretOutputs: goal.additionalSecretOutputs }),
    ...(alias !== undefined && { aliases: [alias] }),
    ...(!isEmpty(goal.customTimeouts) && { customTimeouts: goal.customTimeouts }),
    ...(goal.deletedWith !== "" && { deletedWith: goal.deletedWith }),
    ...(goal.replaceWith.length > 0 && { replaceWith: goal.replaceWith }),
    ...(goal.replacementTrigger !== undefined && { replacementTrigger: goal.replacementTrigger }),
    ...(goal.ignoreChanges.length > 0 && { ignoreChanges: goal.ignoreChanges }),
    ...(goal.replaceOnChanges.length > 0 && { replaceOnChanges: goal.replaceOnChanges }),
    ...(!isEmpty(goal.hooks) && { resourceHooks: goal.hooks }),
  };
}

function isEmpty(map: object): boolean {
  return Object.keys(map).length === 0;
}

/** A resource that the program only reads (`Resource.get`). */
export interface ReadGoal {
  type: string;
  name: string;
  id: string;
  parent: string;
  properties: PropertyMap;
  dependencies: string[];
  provider: string;
  additionalSecretOutputs: string[];
}
