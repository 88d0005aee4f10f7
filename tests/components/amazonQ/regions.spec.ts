import assert from "node:assert/strict";
import { isSupportedByAmazonQ } from "../../../components/amazonQ/regions";

describe("Amazon Q", () => {
  it("supports people of IAM Identity Center in the 17 Regions that its user guide lists", () => {
    const listed =
      "us-east-1 us-east-2 us-west-1 us-west-2 ap-south-1 ap-northeast-1 ap-northeast-2 ap-northeast-3 ap-southeast-1 ap-southeast-2 " +
      "ca-central-1 eu-central-1 eu-west-1 eu-west-2 eu-west-3 eu-north-1 sa-east-1";
    assert.deepEqual(
      listed.split(" ").filter((region) => !isSupportedByAmazonQ(region)),
      [],
    );
  });

  it("does not support them in opt-in Regions, nor in other partitions", () => {
    assert.deepEqual(["eu-south-1", "ca-west-1", "us-gov-west-1", "cn-north-1"].filter(isSupportedByAmazonQ), []);
  });
});
