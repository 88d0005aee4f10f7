import type { ResourceState } from "./resourceState";

/** What a step does to a resource, in Pulumi's words (apitype.OpType). */
export type OperationType =
  | "same"
  | "create"
  | "update"
  | "replace"
  | "create-replacement"
  | "delete-replaced"
  | "delete"
  | "read"
  | "read-replacement"
  | "discard"
  | "discard-replaced"
  | "remove-pending-replace"
  | "refresh"
  | "import"
  | "import-replacement";

export interface StepMetadata {
  op: OperationType;
  urn: string;
  type: string;
  old?: ResourceState;
  new?: ResourceState;
  /** Top-level properties that differ. */
  changedKeys: string[];
  /** Those of them that cause a replacement. */
  replaceKeys: string[];
}

export interface PolicyViolation {
  urn: string;
  policyPack: string;
  policyPackVersion: string;
  policy: string;
  enforcementLevel: "advisory" | "mandatory";
  severity: string;
  /** The policy's description and what was found. */
  message: string;
  remediationSteps: string;
  url: string;
}

export type ChangeCounts = Partial<Record<OperationType, number>>;

/** What an operation tells while it runs; the kinds are those of `pulumi up --json` (apitype.EngineEvent). */
export type EngineEvent =
  | { kind: "preludeEvent"; operation: OperationKind; preview: boolean; project: string; stack: string }
  | { kind: "resourcePreEvent"; step: StepMetadata }
  | { kind: "resOutputsEvent"; step: StepMetadata; seconds: number }
  | { kind: "resOpFailedEvent"; step: StepMetadata; message: string }
  | { kind: "diagnosticEvent"; severity: "info" | "warning" | "error"; message: string; urn?: string }
  | { kind: "policyEvent"; violation: PolicyViolation }
  | { kind: "stdoutEvent"; message: string }
  | {
      kind: "summaryEvent";
      operation: OperationKind;
      preview: boolean;
      counts: ChangeCounts;
      failed: boolean;
      seconds: number;
    };

export type OperationKind = "update" | "refresh" | "destroy";
