import * as assert from "node:assert/strict";
import { defaultEnabledRegions, isDefaultEnabledRegion } from "../../policy-pack/regions";

describe("Default-enabled Regions", () => {
  it("are 17 different ones, the first of AWS's Regions among them", () => {
    assert.equal(new Set(defaultEnabledRegions).size, 17);
    assert.equal(isDefaultEnabledRegion("us-east-1"), true);
  });

  it("include no Region that has to be opted in to", () => {
    const optInRegions = [
      ...["af-south-1", "ap-east-1", "ap-east-2", "ap-south-2", "ap-southeast-3", "ap-southeast-4", "ap-southeast-5"],
      ...["ap-southeast-6", "ap-southeast-7", "ca-west-1", "eu-central-2", "eu-south-1", "eu-south-2", "il-central-1"],
      ...["me-central-1", "me-south-1", "me-west-1", "mx-central-1", "sa-west-1"],
    ];
    assert.deepEqual(optInRegions.filter(isDefaultEnabledRegion), []);
  });

  it("include no Region of another partition, and nothing that only looks like a Region", () => {
    const others = ["us-gov-west-1", "cn-north-1", "eusc-de-east-1", "aws-global", "us-east-1a", "US-EAST-1", ""];
    assert.deepEqual(others.filter(isDefaultEnabledRegion), []);
  });
});
