import assert from "node:assert/strict";
import { roleArn, withKey, problems } from "./refusals";

describe("settings of the switch", () => {
  const refused: [string, object, string][] = [
    ["another mode", { mode: "off" }, "mode"],
    ["an enabler that is no role", { enabler: "arn:aws:iam::111111111111:user/admin" }, "enabler"],
    ["an enabler by its ARN among the names", { enablers: [roleArn] }, "enablers[0]"],
    ["an enabler of a switch that is required", { mode: "require", enabler: roleArn }, "enabler"],
    ["deleting what is not managed", { mode: "require", onDestroy: "deleteApplication" }, "onDestroy"],
    ["a permission set that the stack does not have", { enablerPermissionSet: "Admin" }, "enablerPermissionSet"],
  ];
  for (const [what, settings, path] of refused) {
    it(`refuse ${what}`, () => {
      const found = problems(withKey("switch", settings)).map(([first]) => first);
      assert.deepEqual(found, [`identity-aware-sessions:switch.${path}`]);
    });
  }
});
