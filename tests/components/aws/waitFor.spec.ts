import assert from "node:assert/strict";
import { waitFor } from "../../../components/aws/waitFor";

/** A question that counts how often it is asked. */
function unanswered() {
  const ask = (): Promise<string | undefined> => {
    ask.times += 1;
    return Promise.resolve(undefined);
  };
  ask.times = 0;
  return ask;
}

describe("waitFor", () => {
  const patience = { firstPause: 1, longestPause: 2, atMost: 60_000 };

  it("asks until there is an answer", async () => {
    const answers = [undefined, undefined, "yes", "too late"];
    assert.equal(await waitFor(() => Promise.resolve(answers.shift()), patience), "yes");
    assert.deepEqual(answers, ["too late"]);
  });

  it("asks once more when the time is up, and then gives undefined", async () => {
    const ask = unanswered();
    assert.equal(await waitFor(ask, { firstPause: 1_000_000, longestPause: 1_000_000, atMost: 10 }), undefined);
    assert(ask.times > 1);
  });

  it("asks only once without patience", async () => {
    const ask = unanswered();
    await waitFor(ask, { firstPause: 0, longestPause: 0, atMost: 0 });
    assert.equal(ask.times, 1);
  });

  it("fails with the question", async () => {
    await assert.rejects(
      waitFor(() => Promise.reject(new Error("denied")), patience),
      { message: "denied" },
    );
  });
});
