import type { EngineEvent as PulumiEvent, StepEventMetadata, StepEventStateMetadata } from "@pulumi/pulumi/automation";
import { isDefaultProvider } from "../engine/urn";
import type { ResourceState } from "../engine/deployment";
import type { ChangeCounts, EngineEvent, OperationKind, StepMetadata } from "../engine/events";

/** What an event of Pulumi's engine (apitype.EngineEvent) says, in the form that this project's engine says it. */
export function eventOf(
  event: PulumiEvent,
  context: { operation: OperationKind; preview: boolean; project: string; stack: string },
): EngineEvent | undefined {
  const { diagnosticEvent, policyEvent, preludeEvent, resOpFailedEvent, resOutputsEvent, resourcePreEvent } = event;
  const about = resourcePreEvent ?? resOutputsEvent ?? resOpFailedEvent;
  if (about !== undefined && isDefaultProvider(about.metadata.urn)) {
    return undefined; // nobody has asked for it, and neither does this project's engine tell of it
  }
  if (preludeEvent !== undefined) {
    return { kind: "preludeEvent", ...context };
  }
  if (resourcePreEvent !== undefined) {
    return { kind: "resourcePreEvent", step: stepOf(resourcePreEvent.metadata) };
  }
  if (resOutputsEvent !== undefined) {
    return { kind: "resOutputsEvent", step: stepOf(resOutputsEvent.metadata), seconds: 0 };
  }
  if (resOpFailedEvent !== undefined) {
    return { kind: "resOpFailedEvent", step: stepOf(resOpFailedEvent.metadata), message: "" };
  }
  if (diagnosticEvent !== undefined && diagnosticEvent.ephemeral !== true) {
    const { message, severity, urn } = diagnosticEvent;
    return {
      kind: "diagnosticEvent",
      severity: severity === "info#err" ? "info" : severity,
      message: plain(message),
      ...(urn !== undefined && { urn }),
    };
  }
  if (policyEvent !== undefined) {
    const { enforcementLevel, message, policyName, policyPackName, policyPackVersion, resourceUrn = "" } = policyEvent;
    const violation = {
      urn: resourceUrn,
      policyPack: policyPackName,
      policyPackVersion,
      policy: policyName,
      enforcementLevel: enforcementLevel === "mandatory" ? ("mandatory" as const) : ("advisory" as const),
      severity: "",
      message: plain(message),
      remediationSteps: "",
      url: "",
    };
    return { kind: "policyEvent", violation };
  }
  return undefined;
}

/** Without the marks that stand for colours, which Pulumi leaves in what it sends to others. */
export function plain(text: string): string {
  return text.replace(/<\{%[^%]*%\}>/g, "");
}

/** How many resources an operation did what to. */
export function countsOf(changes: Readonly<Record<string, number | undefined>>): ChangeCounts {
  return Object.fromEntries(Object.entries(changes).filter(([, count]) => (count ?? 0) > 0));
}

function stepOf({ op, urn, type, old, new: next, diffs, keys }: StepEventMetadata): StepMetadata {
  return {
    op: op,
    urn,
    type,
    // What there is none of is null here, whatever the types say.
    ...((old ?? undefined) !== undefined && { old: stateOf(old as StepEventStateMetadata) }),
    ...((next ?? undefined) !== undefined && { new: stateOf(next as StepEventStateMetadata) }),
    changedKeys: diffs ?? [],
    replaceKeys: keys ?? [],
  };
}

function stateOf({ urn, type, custom, id, parent, protect, inputs, outputs, provider }: StepEventStateMetadata) {
  const state: ResourceState = {
    urn,
    type,
    custom: custom ?? false,
    id,
    parent,
    provider,
    inputs: inputs as ResourceState["inputs"],
    outputs: outputs as ResourceState["outputs"],
  };
  return protect === true ? { ...state, protect } : state;
}
