import assert from "node:assert/strict";
import fc from "fast-check";
import { dependenciesOf, dependentsFirst } from "../../../rehearsal/engine/dependencyOrder";
import type { ResourceState } from "../../../rehearsal/engine/resourceState";

const resource = (urn: string, rest: Partial<ResourceState> = {}): ResourceState => ({
  urn,
  type: "t",
  custom: true,
  inputs: {},
  outputs: {},
  ...rest,
});

describe("the order of deletions", () => {
  it("knows parent, provider, dependencies and those of each property", () => {
    const state = resource("r", {
      parent: "p",
      provider: "urn:pulumi:s::p::pulumi:providers:aws::default::id",
      dependencies: ["a"],
      propertyDependencies: { x: ["b"], y: ["a"] },
    });
    assert.deepEqual([...dependenciesOf(state)].sort(), [
      "a",
      "b",
      "p",
      "urn:pulumi:s::p::pulumi:providers:aws::default",
    ]);
  });

  it("runs every resource once and after all that depend on it, whatever the graph", async () => {
    const graphs = fc.array(fc.array(fc.nat({ max: 30 }), { maxLength: 4 }), { maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(graphs, async (edges) => {
        const resources = edges.map((targets, index) =>
          resource(String(index), { dependencies: targets.filter((target) => target < index).map(String) }),
        );
        const order: string[] = [];
        await dependentsFirst(
          resources,
          (item) => item,
          async ({ urn }) => {
            await Promise.resolve();
            order.push(urn);
          },
        );
        assert.equal(order.length, resources.length);
        for (const { dependencies, urn } of resources) {
          for (const dependency of dependencies ?? []) {
            assert.ok(order.indexOf(urn) < order.indexOf(dependency), `${urn} before ${dependency}`);
          }
        }
      }),
      { seed: 20_261_123 },
    );
  });

  it("starts nothing more after a failure, and reports it", async () => {
    const started: string[] = [];
    const run = dependentsFirst(
      [resource("base"), resource("middle", { parent: "base" }), resource("top", { parent: "middle" })],
      (item) => item,
      ({ urn }) => {
        started.push(urn);
        return urn === "middle" ? Promise.reject(new Error("in use")) : Promise.resolve();
      },
    );
    await assert.rejects(run, /in use/);
    assert.deepEqual(started, ["top", "middle"]);
  });

  it("comes level by level: what stands on less waits, even if nothing stands on it", async () => {
    const resources = [
      resource("base"),
      resource("beside", { parent: "base" }),
      resource("middle", { parent: "base" }),
      resource("top", { parent: "middle" }),
    ];
    const started: string[] = [];
    const run = dependentsFirst(
      resources,
      (item) => item,
      ({ urn }) => {
        started.push(urn);
        return urn === "top" ? Promise.reject(new Error("in use")) : Promise.resolve();
      },
    );
    await assert.rejects(run, /in use/);
    assert.deepEqual(started, ["top"]);
  });

  it("goes on after a harmless failure with what the failed resource does not stand on", async () => {
    const resources = [
      resource("base"),
      resource("other"),
      resource("middle", { parent: "base" }),
      resource("top", { parent: "middle" }),
      resource("beside", { parent: "base" }),
    ];
    const done: string[] = [];
    const run = dependentsFirst(
      resources,
      (item) => item,
      ({ urn }) => {
        if (urn === "top") {
          return Promise.reject(new Error("protected"));
        }
        done.push(urn);
        return Promise.resolve();
      },
      { isHarmless: () => true },
    );
    await assert.rejects(run, /protected/);
    assert.deepEqual(done, ["beside", "other"]);
  });

  it("runs no more tasks at once than it may, and none that was waiting when one fails", async () => {
    const started: string[] = [];
    const run = dependentsFirst(
      [resource("one"), resource("two"), resource("three")],
      (item) => item,
      async ({ urn }) => {
        started.push(urn);
        await Promise.resolve();
        throw new Error("in use");
      },
      { parallel: 2 },
    );
    await assert.rejects(run, /in use/);
    assert.deepEqual(started, ["one", "two"]);
  });
});
