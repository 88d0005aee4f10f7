import assert from "node:assert/strict";
import { allInParallel, inParallel } from "../../../components/aws/inParallel";

describe("inParallel", () => {
  it("does the work for every item, with no more than the limit under way", async () => {
    let underWay = 0;
    let most = 0;
    const done: number[] = [];
    const failures = await inParallel(3, [1, 2, 3, 4, 5, 6, 7], async (item) => {
      most = Math.max(most, ++underWay);
      await new Promise(setImmediate);
      underWay -= 1;
      done.push(item);
    });
    assert.deepEqual({ failures, done, most }, { failures: [], done: [1, 2, 3, 4, 5, 6, 7], most: 3 });
  });

  it("goes on after a failure, and tells which items failed", async () => {
    const done: number[] = [];
    const failures = await inParallel(1, [1, 2, 3], (item) => {
      if (item === 2) {
        return Promise.reject(new Error("two"));
      }
      done.push(item);
      return Promise.resolve();
    });
    assert.deepEqual(done, [1, 3]);
    assert.deepEqual(failures, [{ item: 2, error: new Error("two") }]);
  });
});

describe("allInParallel", () => {
  it("begins nothing after a failure, and throws it", async () => {
    const begun: number[] = [];
    const work = async (item: number) => {
      begun.push(item);
      await new Promise(setImmediate);
      if (item === 2) {
        throw new Error("two");
      }
    };
    await assert.rejects(allInParallel(2, [1, 2, 3, 4, 5, 6], work), new Error("two"));
    assert.deepEqual(begun, [1, 2, 3]);
    await allInParallel(2, [5, 6], work);
    assert.deepEqual(begun, [1, 2, 3, 5, 6]);
  });
});
