import type { EngineEvent } from "./engine/events";
import type { OperationResult } from "./engine/operation";

/** An operation with everything it said. */
export interface Rehearsed extends OperationResult {
  events: EngineEvent[];
  /** What its command ends with. */
  exitCode: number;
}

/** What can be done with a stack, whichever engine does it. */
export interface StackOperations {
  preview(): Promise<Rehearsed>;
  up(): Promise<Rehearsed>;
  refresh(): Promise<Rehearsed>;
  previewDestroy(): Promise<Rehearsed>;
  destroy(): Promise<Rehearsed>;
}
