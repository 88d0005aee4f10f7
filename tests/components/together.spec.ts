import { RunError } from "@pulumi/pulumi";
import assert from "node:assert/strict";
import { together } from "../../components/together";

describe("together", () => {
  const refuse = (message: string) => Promise.reject(new RunError(message));

  it("returns what all of them return, in their order", async () => {
    assert.deepEqual(await together(Promise.resolve(1), "two", Promise.resolve({ three: 3 })), [
      1,
      "two",
      { three: 3 },
    ]);
  });

  it("waits for the others when one refuses, and tells the reasons of all, each once", async () => {
    const late = new Promise((_resolve, reject) => setImmediate(() => reject(new RunError("C: 1 problem.\n"))));
    await assert.rejects(
      together(refuse("A: 1 problem.\n"), late, Promise.resolve(1), refuse("A: 1 problem.")),
      (error) => {
        assert(RunError.isInstance(error));
        assert.equal(error.message, "A: 1 problem.\n\nC: 1 problem.\n");
        return true;
      },
    );
  });

  it("hands on a single refusal as it is", async () => {
    const refusal = new RunError("A");
    await assert.rejects(together(Promise.resolve(1), Promise.reject(refusal)), (error) => error === refusal);
  });

  it("lets a fault come before refusals, as it is", async () => {
    const fault = new TypeError("x is undefined");
    await assert.rejects(together(refuse("A"), refuse("B"), Promise.reject(fault)), (error) => error === fault);
  });
});
