import assert from "node:assert/strict";
import { stripVTControlCharacters } from "node:util";
import { Display } from "../../../rehearsal/engine/display";
import type { EngineEvent, StepMetadata } from "../../../rehearsal/engine/events";
import { unknownValue } from "../../../rehearsal/engine/propertyValues";

const stackUrn = "urn:pulumi:dev::p::pulumi:pulumi:Stack::p-dev";

function step(op: StepMetadata["op"], type: string, name: string, rest: Partial<StepMetadata> = {}): EngineEvent {
  const urn = type === "pulumi:pulumi:Stack" ? stackUrn : `urn:pulumi:dev::p::${type}::${name}`;
  const state = { urn, type, custom: true, inputs: {}, outputs: {}, ...(urn !== stackUrn && { parent: stackUrn }) };
  const { new: next, old, ...others } = rest;
  return {
    kind: "resOutputsEvent",
    seconds: 0.26,
    step: {
      op,
      urn,
      type,
      changedKeys: [],
      replaceKeys: [],
      ...(op !== "create" && { old: { ...state, ...old } }),
      ...(op !== "delete" && { new: { ...state, ...next } }),
      ...others,
    },
  };
}

function shown(events: EngineEvent[]): string[] {
  const lines: string[] = [];
  const display = new Display((line) => lines.push(stripVTControlCharacters(line)));
  events.forEach(display.onEvent);
  return lines;
}

const prelude = (preview: boolean): EngineEvent => ({
  kind: "preludeEvent",
  operation: "update",
  preview,
  project: "p",
  stack: "dev",
});

describe("the display", () => {
  it("shows a preview as a tree of what changes, property by property, and counts it", () => {
    const state = { urn: "", type: "", custom: true, outputs: {}, parent: stackUrn };
    const lines = shown([
      prelude(true),
      step("same", "pulumi:pulumi:Stack", "p-dev"),
      step("same", "t:m:Quiet", "unchanged"),
      step("update", "t:m:Thing", "one", {
        old: { ...state, inputs: { size: 1, gone: "x" } },
        new: { ...state, inputs: { size: 2, made: unknownValue, __provider: "code" } },
        replaceKeys: ["size"],
      }),
      step("delete", "t:m:Thing", "two"),
      {
        kind: "summaryEvent",
        operation: "update",
        preview: true,
        counts: { same: 2, update: 1, delete: 1 },
        failed: false,
        seconds: 1.23,
      },
    ]);
    assert.deepEqual(lines, [
      "Previewing update (dev):",
      "    pulumi:pulumi:Stack p-dev",
      "~      t:m:Thing one update",
      "           ~ size: 1 => 2 (replaces)",
      '           - gone: "x"',
      "           + made: output<...>",
      "-      t:m:Thing two delete",
      "Resources:",
      "    ~ 1 to update",
      "    - 1 to delete",
      "    2 unchanged",
      "Duration: 1.2s",
    ]);
  });

  it("shows an update a line a resource, violations with their remediation, and what went wrong", () => {
    const lines = shown([
      prelude(false),
      step("create", "t:m:Thing", "one"),
      {
        kind: "policyEvent",
        violation: {
          urn: stackUrn,
          policyPack: "pack",
          policyPackVersion: "1.0.0",
          policy: "no-things",
          enforcementLevel: "mandatory",
          severity: "high",
          message: "No things.\nfound one",
          remediationSteps: "Remove it.",
          url: "https://example.com",
        },
      },
      { kind: "diagnosticEvent", severity: "error", message: "first\nsecond", urn: stackUrn },
      { kind: "summaryEvent", operation: "update", preview: false, counts: { create: 1 }, failed: true, seconds: 2 },
    ]);
    assert.deepEqual(lines, [
      "Updating (dev):",
      "+   t:m:Thing one created (0.3s)",
      "Policies:",
      "    [mandatory, severity high] pack@v1.0.0 no-things",
      "        No things.",
      "        p-dev: found one",
      "        How to fix: Remove it.",
      "        See: https://example.com",
      "Diagnostics:",
      "    error: p-dev: first",
      "      second",
      "Resources:",
      "    + 1 created",
      "Updating: failed after 2.0s",
    ]);
  });
});
