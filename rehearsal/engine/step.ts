import type { OperationType, StepMetadata } from "./events";
import type { ResourceState } from "./resourceState";

/** One thing to do to one resource. `old` is what the state holds, `new` what it will hold. */
export interface Step {
  op: OperationType;
  old?: ResourceState;
  new?: ResourceState;
  changedKeys: string[];
  replaceKeys: string[];
  /** Of what replaces: the old resource is still there, to be deleted at the end. */
  pendingDelete?: boolean;
  /** Of a deletion: its replacement is made next, and until then the state says that it is missing. */
  pendingReplacement?: boolean;
}

export function makeStep(
  op: OperationType,
  old: ResourceState | undefined,
  next: ResourceState | undefined,
  keys: Partial<Pick<Step, "changedKeys" | "replaceKeys" | "pendingDelete" | "pendingReplacement">> = {},
): Step {
  const { changedKeys = [], replaceKeys = [], pendingDelete, pendingReplacement } = keys;
  return {
    op,
    ...(old !== undefined && { old }),
    ...(next !== undefined && { new: next }),
    changedKeys,
    replaceKeys,
    ...(pendingDelete !== undefined && { pendingDelete }),
    ...(pendingReplacement !== undefined && { pendingReplacement }),
  };
}

/** The step that takes a resource away; what is somebody else's is only forgotten. */
export function makeDeleteStep(old: ResourceState, replacing: boolean, pendingReplacement = false): Step {
  const op =
    old.external === true ? (replacing ? "discard-replaced" : "discard") : replacing ? "delete-replaced" : "delete";
  return makeStep(op, old, undefined, { pendingReplacement });
}

/** The resource a step is about, as it will be or, where nothing will be, as it was. */
export function resourceOf(step: Step): ResourceState {
  const resource = step.new ?? step.old;
  if (resource === undefined) {
    throw new Error(`a ${step.op} step without a resource`);
  }
  return resource;
}

/** The step as an event shows it: with copies, since the step's own states go on changing. */
export function describe(step: Step): StepMetadata {
  const { urn, type } = resourceOf(step);
  return {
    op: step.op,
    urn,
    type,
    ...(step.old !== undefined && { old: { ...step.old } }),
    ...(step.new !== undefined && { new: { ...step.new } }),
    changedKeys: step.changedKeys,
    replaceKeys: step.replaceKeys,
  };
}

/** What a step of its kind can't be without. */
export function known<T>(value: T | undefined): T {
  if (value === undefined) {
    throw new Error("the engine lost track of a resource: a step lacks the state that it works on");
  }
  return value;
}
