import assert from "node:assert/strict";
import { differences } from "../../../rehearsal/parity/compare";
import { knownDifferences } from "../../../rehearsal/parity/differences";
import type { Observation } from "../../../rehearsal/parity/observation";
import type { Played } from "../../../rehearsal/parity/play";

const played = (...observations: Observation[]): Played => ({
  observations: observations.map((observation) => ({ operation: "up", observation })),
  deployed: undefined,
});

describe("what one engine did and the other did not", () => {
  it("is each line, with the operation and the engine, as often as the one has it more than the other", () => {
    const ours = played({ errors: [] }, { errors: ["a", "b", "b", "b"], state: ["same"] });
    const theirs = played({ errors: [] }, { errors: ["b", "c"], state: ["same"], warnings: ["w"] });
    assert.deepEqual(
      differences(ours, theirs).map(({ at, line, only, what }) => [at, what, only, line]),
      [
        ["2 up", "errors", "this engine", "a"],
        ["2 up", "errors", "this engine", "b"],
        ["2 up", "errors", "this engine", "b"],
        ["2 up", "errors", "Pulumi", "c"],
        ["2 up", "warnings", "Pulumi", "w"],
      ],
    );
  });

  it("is everything of an operation that the other has not come to", () => {
    const [difference] = differences(played({ state: ["one"] }), played());
    assert.deepEqual(difference, {
      ...{ at: "1 up", what: "state", only: "this engine", line: "one", reason: undefined },
    });
  });

  const explained: readonly (readonly [what: string, line: string])[] = [
    ["warnings", "using pulumi-resource-aws-native from $PATH at /usr/bin/pulumi-resource-aws-native"],
    ["warnings", "resource plugin aws-native is expected to have version >=1.79.0, but has 1.74.1"],
    ["errors", "update failed"],
    ["state", 'notes:index:Note::one sourcePosition: "project:///index.ts#78,18"'],
    ["state", "pulumi:providers:aws::aws inputs.__internal: {}"],
    ["state", 'pulumi:providers:command::default_1_2_1 inputs.__pulumi-go-provider-version: "1.0.0"'],
  ];

  const reasonFor = (what: string, line: string) => differences(played({}), played({ [what]: [line] }))[0]?.reason;

  it("has a reason where it is known, and only under what it is known for", () => {
    const reasons = new Set(explained.map(([what, line]) => reasonFor(what, line)));
    assert.deepEqual(reasons, new Set(knownDifferences.map(({ reason }) => reason)));
    for (const [, line] of explained) {
      assert.equal(reasonFor("outputs", line), undefined, line);
    }
  });

  it("has no reason where something else is in the line", () => {
    for (const [what, line] of [
      ["errors", "update failed to begin"],
      ["state", 'pulumi:providers:aws::aws inputs.__internal: {"key":1}'],
      ["state", 'notes:index:Note::one inputs.text: "a sourcePosition: b"'],
      ["warnings", "a warning about using pulumi-resource-aws from $PATH at /usr/bin"],
    ] as const) {
      assert.equal(reasonFor(what, line), undefined, line);
    }
  });
});
