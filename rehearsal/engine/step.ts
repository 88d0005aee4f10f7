import type { ResourceState } from "./deployment";
import type { OperationType, StepMetadata } from "./events";

/** One thing to do to one resource. `old` is what the state holds, `new` what it will hold. */
export interface Step {
  op: OperationType;
  old?: ResourceState;
  new?: ResourceState;
  changedKeys: string[];
  replaceKeys: string[];
}

export function makeStep(
  op: OperationType,
  old: ResourceState | undefined,
  next: ResourceState | undefined,
  keys: { changedKeys?: string[]; replaceKeys?: string[] } = {},
): Step {
  return {
    op,
    ...(old !== undefined && { old }),
    ...(next !== undefined && { new: next }),
    changedKeys: keys.changedKeys ?? [],
    replaceKeys: keys.replaceKeys ?? [],
  };
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
