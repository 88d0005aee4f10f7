import assert from "node:assert/strict";
import { changedPaths, changedProperties, equal } from "../../../rehearsal/plugins/propertyDiff";
import { secret } from "../../../rehearsal/plugins/propertyValues";

describe("A comparison of properties", () => {
  it("takes null for absent, at every depth", () => {
    assert.equal(equal({ a: null, b: { c: null } }, { b: {} }), true);
    assert.deepEqual(
      changedProperties({ a: null, b: 1 }, { a: 1, b: null }),
      new Map([
        ["a", "add"],
        ["b", "delete"],
      ]),
    );
  });

  it("takes a secret for different from the same value in plain, and never looks into it", () => {
    assert.equal(equal(secret("x"), "x"), false);
    assert.equal(equal(secret({ a: 1 }), secret({ a: 1 })), true);
    assert.deepEqual(changedPaths({ a: secret({ b: 1 }) }, { a: secret({ b: 2 }) }), new Map([["a", "update"]]));
  });

  it("names paths as Pulumi writes them", () => {
    const olds = { list: [1, { a: 1 }], map: { "x.y": 1, 'q"': 1 } };
    const news = { list: [1, { a: 2 }, 3], map: { "x.y": 2, 'q"': 2, z: 1 } };
    assert.deepEqual(
      changedPaths(olds, news),
      new Map([
        ["list[1].a", "update"],
        ["list[2]", "add"],
        ['map["x.y"]', "update"],
        [String.raw`map["q\""]`, "update"],
        ["map.z", "add"],
      ]),
    );
  });

  it("does not descend where the kind of value changes", () => {
    assert.deepEqual(changedPaths({ a: [1] }, { a: { b: 1 } }), new Map([["a", "update"]]));
  });
});
