import assert from "node:assert/strict";
import { permissionSetArn, withKey, problems, many } from "./refusals";

describe("settings of the instance", () => {
  const kmsKeyArn = (region: string, id = "12345678-1234-1234-1234-123456789012") =>
    `arn:aws:kms:${region}:111111111111:key/${id}`;
  const refused: [string, object, string][] = [
    ["an ARN of something else", { arn: permissionSetArn }, "arn"],
    ["a name of 256 characters", { name: "x".repeat(256) }, "name"],
    ["the alias of a KMS key", { kmsKeyArn: "arn:aws:kms:us-east-1:111111111111:alias/a" }, "kmsKeyArn"],
    ["a KMS key of another Region", { kmsKeyArn: kmsKeyArn("eu-west-1") }, "kmsKeyArn"],
    [
      "a single-Region KMS key with additional Regions",
      { kmsKeyArn: kmsKeyArn("us-east-1"), additionalRegions: ["eu-west-1"] },
      "kmsKeyArn",
    ],
    ["6 additional Regions", { additionalRegions: many(6).map((i) => `eu-west-${i + 1}`) }, "additionalRegions"],
    ["the primary Region as an additional one", { additionalRegions: ["us-east-1"] }, "additionalRegions[0]"],
    ["an additional Region twice", { additionalRegions: ["eu-west-1", "eu-west-1"] }, "additionalRegions[1]"],
    ["permission sets turned on without confirmation", { enablePermissionSets: true }, "enablePermissionSets"],
    [
      "an attribute with two sources",
      { accessControlAttributes: { A: ["${path:userName}", "${path:title}"] } },
      "accessControlAttributes.A",
    ],
    ["an attribute without a source", { accessControlAttributes: { A: [] } }, "accessControlAttributes.A"],
    [
      "a source that is a plain text",
      { accessControlAttributes: { A: ["costCenter"] } },
      "accessControlAttributes.A[0]",
    ],
    [
      "51 attributes",
      { accessControlAttributes: Object.fromEntries(many(51).map((i) => [`a${i}`, ["${path:title}"]])) },
      "accessControlAttributes",
    ],
    ["an import of no attributes", { importAccessControlAttributes: true }, "importAccessControlAttributes"],
  ];
  for (const [what, settings, path] of refused) {
    it(`refuse ${what}`, () => {
      const found = problems(withKey("instance", settings)).map(([first]) => first);
      assert.deepEqual(found, [`identity-aware-sessions:instance.${path}`]);
    });
  }

  it("tell of a confirmation that is missing beside one that there is not", () => {
    const configuration = {
      ...withKey("instance", { enablePermissionSets: true }),
      ...withKey("safety", { confirm: ["removal"] }),
    };
    const paths = problems(configuration).map(([path]) => path);
    assert.deepEqual(paths.sort(), [
      "identity-aware-sessions:instance.enablePermissionSets",
      "identity-aware-sessions:safety.confirm[0]",
    ]);
  });
});
