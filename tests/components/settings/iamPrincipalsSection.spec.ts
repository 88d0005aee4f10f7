import assert from "node:assert/strict";
import { problems, withKey } from "./refusals";

describe("settings of IAM principals", () => {
  const refused: [string, object, string][] = [
    ["a role by its ARN", { roles: ["arn:aws:iam::111111111111:role/analyst"] }, "roles[0]"],
    ["a user with its path", { users: ["team/carol"] }, "users[0]"],
    ["a group that is there twice", { groups: ["Operators", "Operators"] }, "groups[1]"],
    ["a name that is no list", { roles: "analyst" }, "roles"],
    ["another kind of principal", { accounts: ["111111111111"] }, "accounts"],
  ];
  for (const [what, settings, path] of refused) {
    it(`refuse ${what}`, () => {
      const found = problems(withKey("iamPrincipals", settings)).map(([first]) => first);
      assert.deepEqual(found, [`identity-aware-sessions:iamPrincipals.${path}`]);
    });
  }
});
