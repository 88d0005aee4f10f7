import assert from "node:assert/strict";
import { median } from "../../bench/median";
import { parts, secondsOf } from "../../bench/preview";

describe("the bench's figures", () => {
  it("are medians: the middle of an odd number of values, the mean of the middle two of an even one", () => {
    assert.equal(median([10, 9, 100]), 10);
    assert.equal(median([1, 2, 4, 100]), 3);
    assert.equal(median([7]), 7);
  });

  const firsts = new Map([
    ["pulumi:pulumi:Stack", 1500],
    ["pulumi:providers:aws-native", 2000],
    ["identity-aware-sessions:index:OrganizationInstance", 2250],
    ["pulumi-nodejs:dynamic/identityAwareSessions:Switch", 3000],
  ]);

  it("tell the parts of a preview, which add up to all of it, in seconds", () => {
    assert.deepEqual(secondsOf(1000, firsts, 3100), [
      [parts[0].part, 0.5],
      [parts[1].part, 0.5],
      [parts[2].part, 0.25],
      [parts[3].part, 0.75],
      ["everything else", 0.1],
      ["in all", 2.1],
    ]);
  });

  it("are refused where what tells one part from the next is missing", () => {
    const without = new Map([...firsts].filter(([type]) => !type.endsWith(":Switch")));
    assert.throws(
      () => secondsOf(1000, without, 3100),
      new Error(
        "the preview of the dev stack has no pulumi-nodejs:dynamic/identityAwareSessions:Switch, by which a part of it is told",
      ),
    );
  });
});
