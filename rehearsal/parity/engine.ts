import type { Deployment } from "../engine/deployment";
import type { Rehearsed, StackOperations } from "../stackOperations";
import type { World } from "./scenario";

/** An engine with one stack. */
export interface Engine {
  readonly operations: StackOperations;
  /** An update that Ctrl-C stops. */
  interruptedUp(interrupt: AbortSignal): Promise<Rehearsed>;
  /** An update in a process of its own, which is killed as soon as `when` resolves. */
  killedUp(when: Promise<void>): Promise<void>;
  /** The stack's state; undefined while there is none. */
  export(): Promise<Deployment | undefined>;
  /** Goes on with the configuration that the stack's file has now. */
  configured(): Promise<void>;
}

/** @param folder keeps the stack's state. */
export type OpenEngine = (world: World, folder: string, stackFile: string) => Engine;

export const stackName = "parity";
