import assert from "node:assert/strict";
import { withKey, problems } from "./refusals";

describe("settings of what protects from accidents", () => {
  const refused: [string, object, string][] = [
    ["half a removal", { maxRemovals: 0.5 }, "maxRemovals"],
    ["fewer than no removals", { maxRemovals: -1 }, "maxRemovals"],
    ["the confirmation of something else", { confirm: ["everything"] }, "confirm[0]"],
  ];
  for (const [what, settings, path] of refused) {
    it(`refuse ${what}`, () => {
      const found = problems(withKey("safety", settings)).map(([first]) => first);
      assert.deepEqual(found, [`identity-aware-sessions:safety.${path}`]);
    });
  }
});
