import type { Goal, ReadGoal } from "./goal";
import type { PropertyMap } from "./propertyValues";
import type { ResourceHooks } from "./resourceHooks";
import type { ResourceState } from "./resourceState";
import type { Transforms } from "./transforms";

/** What the program's requests are turned into. */
export interface Registrations {
  readonly hooks: ResourceHooks;
  readonly transforms: Transforms;
  register(goal: Goal): Promise<ResourceState>;
  read(goal: ReadGoal): Promise<ResourceState>;
  registerOutputs(urn: string, outputs: PropertyMap): Promise<void>;
  /** What has been registered under a URN. */
  goalOf(urn: string): Goal | undefined;
  /** `URN::ID` of the default provider for a package in a version. */
  defaultProvider(packageName: string, version: string): Promise<string>;
  /** Fails the operation; the program gets no answer, and is ended. */
  fail(error: unknown, what: string): Promise<never>;
  invoke(
    token: string,
    provider: string,
    args: PropertyMap,
  ): Promise<{ result: PropertyMap; failures: { property: string; reason: string }[] }>;
  /** Resolves once nothing that had begun is under way. */
  idle(): Promise<void>;
  /** Does what is left to do once the program has said everything. */
  finish(): Promise<void>;
}
