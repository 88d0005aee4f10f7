import assert from "node:assert/strict";
import type { EngineEvent } from "../../../rehearsal/engine/events";
import { countsOf, eventOf } from "../../../rehearsal/pulumi/pulumiEvents";
import { isRepeated } from "../../../rehearsal/pulumi/pulumiStack";

const context = { operation: "update", preview: true, project: "sessions", stack: "dev" } as const;
const urn = "urn:pulumi:dev::sessions::notes:index:Note::one";
const policyEvent = {
  color: "never",
  enforcementLevel: "mandatory",
  message: "<{%fg 1%}>found a thing<{%reset%}>",
  policyName: "no-things",
  policyPackName: "things",
  policyPackVersion: "1.0.0",
  policyPackVersionTag: "1.0.0",
  resourceUrn: urn,
};

function seen(event: object): EngineEvent | undefined {
  return eventOf({ sequence: 1, timestamp: 1, ...event }, context);
}

describe("an event of Pulumi's engine", () => {
  it("about a resource tells the step, without what there is none of", () => {
    const state = { urn, type: "notes:index:Note", custom: true, id: "one", parent: "", provider: "", protect: true };
    const metadata = {
      ...{ op: "create", urn, type: "notes:index:Note", provider: "", logical: true },
      ...{ old: null, new: { ...state, inputs: { text: "first" }, outputs: {} }, keys: null, diffs: null },
    };
    const step = {
      ...{ op: "create", urn, type: "notes:index:Note", changedKeys: [], replaceKeys: [] },
      new: { ...state, inputs: { text: "first" }, outputs: {} },
    };
    assert.deepEqual(seen({ resourcePreEvent: { metadata } }), { kind: "resourcePreEvent", step });
    assert.deepEqual(seen({ resOutputsEvent: { metadata } }), { kind: "resOutputsEvent", step, seconds: 0 });
    assert.deepEqual(seen({ resOpFailedEvent: { metadata, status: 0, steps: 0 } }), {
      ...{ kind: "resOpFailedEvent", step, message: "" },
    });
  });

  it("about a default provider is not told, since nobody has asked for one", () => {
    const provider = "urn:pulumi:dev::sessions::pulumi:providers:notes::default_1_0_0";
    const metadata = { op: "create", urn: provider, type: "pulumi:providers:notes", keys: null, diffs: null };
    assert.equal(seen({ resourcePreEvent: { metadata } }), undefined);
  });

  it("that begins an operation says which", () => {
    assert.deepEqual(seen({ preludeEvent: { config: {} } }), { kind: "preludeEvent", ...context });
  });

  it("with a message has no marks of colours in it; one that is only shown for a while is none", () => {
    const diagnosticEvent = { color: "never", message: "<{%reset%}>too many<{%reset%}>\n", severity: "error", urn };
    assert.deepEqual(seen({ diagnosticEvent }), {
      ...{ kind: "diagnosticEvent", severity: "error", message: "too many\n", urn },
    });
    assert.deepEqual(seen({ diagnosticEvent: { color: "never", message: "from it", severity: "info#err" } }), {
      ...{ kind: "diagnosticEvent", severity: "info", message: "from it" },
    });
    assert.equal(seen({ diagnosticEvent: { ...diagnosticEvent, ephemeral: true } }), undefined);
  });

  it("about a policy tells the violation, and anything but mandatory as advisory", () => {
    const violation = {
      ...{ urn, policyPack: "things", policyPackVersion: "1.0.0", policy: "no-things", message: "found a thing" },
      ...{ enforcementLevel: "mandatory", severity: "", remediationSteps: "", url: "" },
    };
    assert.deepEqual(seen({ policyEvent }), { kind: "policyEvent", violation });
    assert.deepEqual(seen({ policyEvent: { ...policyEvent, enforcementLevel: "warning" } }), {
      ...{ kind: "policyEvent", violation: { ...violation, enforcementLevel: "advisory" } },
    });
  });

  it("that says the outputs of a component once more is told once", () => {
    const step = { op: "create", urn, type: "notes:index:Binder", changedKeys: [], replaceKeys: [] } as const;
    const told: EngineEvent = {
      kind: "resOutputsEvent",
      step: { ...step, changedKeys: [], replaceKeys: [] },
      seconds: 0,
    };
    assert.equal(isRepeated(told, [told]), true);
    assert.equal(isRepeated({ ...told, step: { ...told.step, op: "same" } }, [told]), false);
    assert.equal(isRepeated({ ...told, step: { ...told.step, urn: `${urn}-other` } }, [told]), false);
  });

  it("with the counts leaves out what there are none of", () => {
    assert.deepEqual(countsOf({ create: 2, same: 0, update: undefined, delete: 1 }), { create: 2, delete: 1 });
  });
});
