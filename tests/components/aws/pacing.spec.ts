import assert from "node:assert/strict";
import { paced } from "../../../components/aws/pacing";

describe("paced", () => {
  it("lets the first begin at once and the others at even distances, and nobody wait after a pause", async () => {
    const pace = paced(5);
    const start = Date.now();
    await Promise.all([pace(), pace(), pace()]);
    const took = Date.now() - start;
    assert.ok(took >= 390, `${took} ms for three at 5 a second`);
    await new Promise((resolve) => setTimeout(resolve, 250));
    const again = Date.now();
    await pace();
    assert.ok(Date.now() - again < 150);
  });
});
