import assert from "node:assert/strict";
import { settingsProblems } from "../../../components/organizationInstance/settingsProblems";
import type { WantedInstance } from "../../../components/organizationInstance/wantedInstance";

const key = "arn:aws:kms:us-east-1:111111111111:key/12345678-1234-1234-1234-123456789012";
const multiRegionKey = "arn:aws:kms:us-east-1:111111111111:key/mrk-1234567890abcdef1234567890abcdef";
const described = {
  OwnerAccountId: "111111111111",
  PermissionSetsEnabled: true,
  Regions: [{ RegionName: "us-east-1", IsPrimaryRegion: true }],
};

describe("settingsProblems", () => {
  const problems = (wanted: WantedInstance, about = {}) =>
    settingsProblems({ ...described, ...about }, wanted, [], "us-east-1");

  it("has none for a stack that sets nothing, nor for one that turns on what is on", () => {
    assert.deepEqual(problems({}), []);
    assert.deepEqual(problems({ enablePermissionSets: true }), []);
  });

  it("tells a key of another Region or account", () => {
    assert.deepEqual(problems({ kmsKeyArn: key }), []);
    for (const other of [key.replace("us-east-1", "eu-west-1"), key.replace("111111111111", "222222222222")]) {
      assert.deepEqual(problems({ kmsKeyArn: other }), [
        {
          path: "identity-aware-sessions:instance.kmsKeyArn",
          found: other,
          allowed: "a key of the account 111111111111 in us-east-1, as the instance is",
          toDo: "make a key there, or write the ARN of that key (a multi-Region key has one in each of its Regions)",
        },
      ]);
    }
  });

  it("tells the primary Region among the additional ones", () => {
    assert.deepEqual(
      problems({ additionalRegions: ["us-east-1"] }).map(({ found }) => found),
      ["us-east-1, the primary Region"],
    );
  });

  it("tells a Region that is to be added to an instance without a multi-Region key", () => {
    const found = (wanted: WantedInstance, about = {}) => problems(wanted, about).map((problem) => problem.found);
    assert.deepEqual(found({ additionalRegions: ["eu-west-1"] }), [
      "eu-west-1, and an instance encrypted with the key that AWS owns",
    ]);
    assert.deepEqual(found({ additionalRegions: ["eu-west-1"], kmsKeyArn: key }), [
      `eu-west-1, and an instance encrypted with ${key}`,
    ]);
    assert.deepEqual(found({ additionalRegions: ["eu-west-1"], kmsKeyArn: multiRegionKey }), []);
    assert.deepEqual(
      found({ additionalRegions: ["eu-west-1"] }, { EncryptionConfigurationDetails: { KmsKeyArn: multiRegionKey } }),
      [],
    );
    const Regions = [...described.Regions, { RegionName: "eu-west-1" }];
    assert.deepEqual(found({ additionalRegions: ["eu-west-1"] }, { Regions }), []);
  });
});
