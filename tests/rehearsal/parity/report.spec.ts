import assert from "node:assert/strict";
import { stripVTControlCharacters } from "node:util";
import type { Difference } from "../../../rehearsal/parity/compare";
import { scenarioReport, summary } from "../../../rehearsal/parity/report";

const difference = (line: string, reason?: string): Difference => ({
  ...{ at: "2 up", what: "errors", only: "Pulumi", line, reason },
});
const plain = (lines: readonly string[]) => lines.map(stripVTControlCharacters);

describe("what a comparison prints", () => {
  it("of a scenario is how many differences are explained, and each that is not", () => {
    assert.deepEqual(plain(scenarioReport("one", [], 1.4)), ["one: same (1 s)"]);
    assert.deepEqual(plain(scenarioReport("one", [difference("a", "so"), difference("b", "so")], 2)), [
      "one: same, 2 explained (2 s)",
    ]);
    assert.deepEqual(plain(scenarioReport("one", [difference("a", "so"), difference("b")], 2)), [
      "one: 1 differences, 1 explained (2 s)",
      "  2 up, errors, only Pulumi: b",
    ]);
  });

  it("of all is how often each reason explains one, and how many have none", () => {
    const explained = [difference("a", "so"), difference("b", "for this"), difference("c", "so")];
    const reasons = ["", "2 explained: so", "1 explained: for this"];
    assert.deepEqual(plain(summary(2, explained)), [
      ...reasons,
      "Both engines do the same in 2 scenarios, but for what docs/fidelity.md explains.",
    ]);
    assert.deepEqual(plain(summary(2, [...explained, difference("d")])), [
      ...reasons,
      "1 differences that nobody has explained.",
    ]);
  });
});
