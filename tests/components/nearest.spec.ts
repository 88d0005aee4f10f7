import assert from "node:assert/strict";
import { nearest } from "../../components/nearest";

describe("nearest", () => {
  const known = ["Developers", "Administrators", "Auditors", "developer-tools", "QA"];

  it("finds the name with a letter missing, in any case", () => {
    assert.deepEqual(nearest("developrs", known), ["Developers"]);
  });

  it("tells several near names, the nearest first", () => {
    assert.deepEqual(nearest("Dev", ["Dave", "Devs", "Dev1", "Devs2"]), ["Dev1", "Devs", "Dave"]);
  });

  it("tells nothing where nothing is near", () => {
    assert.deepEqual(nearest("Finance", known), []);
  });
});
