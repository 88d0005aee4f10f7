import * as assert from "node:assert/strict";
import { defaultEnabledRegions, isDefaultEnabledRegion, knownOptInRegions } from "../../policy-pack/regions";

describe("Default-enabled Regions", () => {
  it("are 17 different ones, the first of AWS's Regions among them", () => {
    assert.equal(new Set(defaultEnabledRegions).size, 17);
    assert.equal(isDefaultEnabledRegion("us-east-1"), true);
  });

  it("include no Region that has to be opted in to", () => {
    assert.deepEqual(knownOptInRegions.filter(isDefaultEnabledRegion), []);
  });

  it("are told from 19 that were known to be none", () => {
    assert.equal(new Set(knownOptInRegions).size, 19);
    assert.equal(knownOptInRegions.includes("eu-south-1"), true);
  });

  it("include no Region of another partition, and nothing that only looks like a Region", () => {
    const others = ["us-gov-west-1", "cn-north-1", "eusc-de-east-1", "aws-global", "us-east-1a", "US-EAST-1", ""];
    assert.deepEqual(others.filter(isDefaultEnabledRegion), []);
  });
});
