import assert from "node:assert/strict";
import { finding, type Finding } from "../../../components/doctor/finding";
import { verdict } from "../../../components/doctor/verdict";

describe("The doctor's verdict", () => {
  const of = (state: Finding["state"], needed?: boolean) =>
    finding("switch", { state, seen: "", ...(needed !== undefined && { needed }) });

  for (const [title, findings, status, exitCode] of [
    ["is ready when everything needed is", [of("ready")], "ready", 0],
    ["does not mind notes, and what is untold and not needed", [of("note"), of("could not tell", false)], "ready", 0],
    ["could not tell when something needed is untold", [of("ready"), of("could not tell")], "could not tell", 2],
    [
      "is not ready when something is missing, whatever is untold",
      [of("could not tell"), of("not ready")],
      "not ready",
      1,
    ],
  ] as const) {
    it(title, () => {
      assert.deepEqual(verdict(findings), { status, exitCode });
    });
  }

  it("never depends on a note, nor on what is advisory", () => {
    assert.equal(finding("switch", { state: "note", seen: "" }).needed, false);
    assert.equal(finding("amazon-q", { state: "could not tell", seen: "" }).needed, false);
    assert.equal(finding("instance", { state: "could not tell", seen: "" }).needed, true);
  });
});
