import assert from "node:assert/strict";
import { problems, withKey } from "./refusals";

describe("settings of IAM principals", () => {
  const refused: [string, object, string][] = [
    ["a role by its ARN", { roles: ["arn:aws:iam::111111111111:role/analyst"] }, "roles[0]"],
    ["a user with its path", { users: ["team/carol"] }, "users[0]"],
    ["a group that is there twice", { groups: ["Operators", "Operators"] }, "groups[1]"],
    ["a name that is no list", { roles: "analyst" }, "roles"],
    [
      "a unit that does not begin at the root",
      { memberAccounts: { organizationalUnits: ["/Workloads"] } },
      "memberAccounts.organizationalUnits[0]",
    ],
    [
      "a unit within another one",
      { memberAccounts: { organizationalUnits: ["Workloads/Development", "Workloads"] } },
      "memberAccounts.organizationalUnits[0]",
    ],
    [
      "a unit beside the root",
      { memberAccounts: { organizationalUnits: ["/", "Sandbox"] } },
      "memberAccounts.organizationalUnits[1]",
    ],
    [
      "roles of member accounts without units",
      { memberAccounts: { attachTo: ["analyst"] } },
      "memberAccounts.attachTo",
    ],
    ["a policy's name without units", { memberAccounts: { policyName: "Sessions" } }, "memberAccounts.policyName"],
    ["another kind of principal", { accounts: ["111111111111"] }, "accounts"],
  ];
  for (const [what, settings, path] of refused) {
    it(`refuse ${what}`, () => {
      const found = problems(withKey("iamPrincipals", settings)).map(([first]) => first);
      assert.deepEqual(found, [`identity-aware-sessions:iamPrincipals.${path}`]);
    });
  }
});
