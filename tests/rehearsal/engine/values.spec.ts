import assert from "node:assert/strict";
import fc from "fast-check";
import { formatValue, propertyChanges } from "../../../rehearsal/engine/propertyChanges";
import { covers, formatPath, parsePath } from "../../../rehearsal/engine/propertyPath";
import {
  changedKeys,
  equal,
  fromStruct,
  makeSecret,
  markSecrets,
  type PropertyMap,
  toStruct,
  unknownValue,
  withoutSecrets,
} from "../../../rehearsal/engine/propertyValues";
import { Secrets } from "../../../rehearsal/engine/secrets";

const seed = 20_261_123;
const map = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 })) as fc.Arbitrary<PropertyMap>;

describe("property paths", () => {
  it("come back as they were, whatever the keys hold", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.string(), fc.nat()), { minLength: 1 }), (path) => {
        assert.deepEqual(parsePath(formatPath(path)), path.map(String));
      }),
      { seed },
    );
  });

  it("cover what they name and all within it", () => {
    const cases: [string, string, boolean][] = [
      ["triggers[*]", "triggers[0]", true],
      ["triggers[*]", "triggers", false],
      ["a.b", "a.b.c[1]", true],
      ["a.b", "a.c", false],
      ["*", "anything", true],
      ['a["b c"]', 'a["b c"].d', true],
    ];
    for (const [pattern, path, expected] of cases) {
      assert.equal(covers(parsePath(pattern), parsePath(path)), expected, `${pattern} on ${path}`);
    }
  });

  it("are refused when they are none", () => {
    assert.throws(() => parsePath("a[b"), /"a\[b" is not a property path: what is meant by "\[b"\?/);
  });
});

describe("property values", () => {
  it("cross the wire unchanged", () => {
    fc.assert(
      fc.property(map, (values) => {
        assert.equal(equal(fromStruct(toStruct(values)), JSON.parse(JSON.stringify(values)) as PropertyMap), true);
      }),
      { seed },
    );
  });

  it("are compared by what they hold, not by the order of their keys or by being secret", () => {
    assert.deepEqual(changedKeys({ a: { x: 1, y: [2] }, b: 1 }, { b: makeSecret(1), a: { y: [2], x: 1 } }), []);
    assert.deepEqual(changedKeys({ a: [1, 2], b: 1, c: null }, { a: [2, 1], c: null, d: 1 }), ["a", "b", "d"]);
  });

  it("stay secret when a plugin that knows no secrets returns them", () => {
    const given: PropertyMap = { a: makeSecret("s"), nested: { b: makeSecret("t"), c: 1 } };
    const returned = markSecrets({ a: "s", nested: { b: "t", c: 1 }, other: 2 }, given);
    assert.deepEqual(returned, { ...given, other: 2 });
    assert.deepEqual(withoutSecrets(returned), { a: "s", nested: { b: "t", c: 1 }, other: 2 });
  });

  it("are told apart leaf by leaf", () => {
    const changes = propertyChanges(
      { policy: { Statement: [{ Action: "a" }] }, gone: true, version: "1" },
      { policy: { Statement: [{ Action: "b" }] }, tags: { "a b": "x" }, version: "2" },
    );
    assert.deepEqual(changes, [
      { kind: "update", path: "policy.Statement[0].Action", before: "a", after: "b" },
      { kind: "delete", path: "gone", before: true },
      { kind: "add", path: 'tags["a b"]', after: "x" },
    ]);
  });

  it("are shown without what is unknown or secret", () => {
    assert.equal(formatValue({ a: unknownValue, b: makeSecret("hush") }), '{"a":"output<...>","b":"[secret]"}');
    assert.equal(formatValue(makeSecret("hush")), '"[secret]"');
  });
});

describe("secrets", () => {
  it("open again under their passphrase, and under no other", () => {
    const secrets = Secrets.create("right");
    const message = secrets.encrypt("hush");
    assert.equal(Secrets.open("right", secrets.salt).decrypt(message), "hush");
    assert.throws(() => Secrets.open("wrong", secrets.salt), /incorrect passphrase/);
  });

  it("are those of Pulumi: its own state opens", () => {
    // Written by `pulumi stack init` of the CLI 3.260.0 with the passphrase "x".
    const salt = "v1:KlYPXUSTrd4=:v1:DPvvdQ7xvmlAqIlD:spQFZKuBAjkKYVjKucxOD0uEQU03rQ==";
    assert.equal(Secrets.open("x", salt).salt, salt);
  });
});
