import { RunError } from "@pulumi/pulumi";
import assert from "node:assert/strict";
import { checkAmazonQ, permissionSetsWithAmazonQ } from "../../../components/amazonQ/checkAmazonQ";
import { permissionSet } from "../grants/permissionSet";

describe("Amazon Q", () => {
  const permissionSets = {
    Developer: permissionSet({ amazonQ: true }),
    Auditor: permissionSet({}),
    "A.B": permissionSet({ amazonQ: true }),
  };

  it("is named by the permission sets that say so", () => {
    assert.deepEqual(permissionSetsWithAmazonQ(permissionSets), ["Developer", "A.B"]);
  });

  it("is refused for an instance in a Region that it does not support, for every permission set that has it", () => {
    checkAmazonQ({ primaryRegion: "eu-central-1" }, permissionSets);
    checkAmazonQ({ primaryRegion: "us-gov-west-1" }, { Auditor: permissionSets.Auditor });
    assert.throws(
      () => {
        checkAmazonQ({ primaryRegion: "us-gov-west-1" }, permissionSets);
      },
      (error: unknown) => {
        assert(RunError.isInstance(error));
        assert.deepEqual(error.message.split("\n\n"), [
          "Amazon Q does not support the instance of IAM Identity Center where it is: 2 problems. Nothing was changed.",
          "identity-aware-sessions:permissionSets.Developer.amazonQ\n" +
            "  found:   true, and an instance with its primary Region us-gov-west-1\n" +
            "  allowed: an instance in one of the Regions of partition aws that every account has from its first day\n" +
            "  to do:   remove amazonQ: people of this instance cannot be subscribed to Amazon Q Developer Pro",
          'identity-aware-sessions:permissionSets["A.B"].amazonQ\n' +
            "  found:   true, and an instance with its primary Region us-gov-west-1\n" +
            "  allowed: an instance in one of the Regions of partition aws that every account has from its first day\n" +
            "  to do:   remove amazonQ: people of this instance cannot be subscribed to Amazon Q Developer Pro\n",
        ]);
        return true;
      },
    );
  });
});
