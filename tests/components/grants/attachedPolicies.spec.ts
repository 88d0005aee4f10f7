import assert from "node:assert/strict";
import { attachedPolicies } from "../../../components/grants/attachedPolicies";
import { permissionSetArgs } from "../../../components/grants/permissionSetArgs";
import { permissionSet } from "./permissionSet";

const byName = { key: "managedPolicies[0]", policy: "AmazonQDeveloperAccess" };
const byArn = { key: "managedPolicies[0]", policy: "arn:aws:iam::aws:policy/AmazonQDeveloperAccess" };

describe("the AWS managed policies of a permission set", () => {
  it("are those that it names and, for Amazon Q, AmazonQDeveloperAccess, once", () => {
    assert.deepEqual(attachedPolicies({ managedPolicies: ["ReadOnlyAccess"] }), [
      { key: "managedPolicies[0]", policy: "ReadOnlyAccess" },
    ]);
    assert.deepEqual(attachedPolicies({ managedPolicies: ["ReadOnlyAccess"], amazonQ: true }), [
      { key: "managedPolicies[0]", policy: "ReadOnlyAccess" },
      { key: "amazonQ", policy: "AmazonQDeveloperAccess" },
    ]);
    for (const named of [byName, byArn]) {
      assert.deepEqual(attachedPolicies({ managedPolicies: [named.policy], amazonQ: true }), [named]);
    }
  });

  it("go to AWS as ARNs of the instance's partition", () => {
    const settings = permissionSet({ managedPolicies: ["job-function/ViewOnlyAccess"], amazonQ: true });
    assert.deepEqual(permissionSetArgs("Developer", settings, "arn", "aws", undefined).managedPolicies, [
      "arn:aws:iam::aws:policy/job-function/ViewOnlyAccess",
      "arn:aws:iam::aws:policy/AmazonQDeveloperAccess",
    ]);
  });
});
