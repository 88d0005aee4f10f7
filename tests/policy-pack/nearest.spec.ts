import assert from "node:assert/strict";
import { nearest } from "../../policy-pack/nearest";

describe("nearest", () => {
  const known = ["Developers", "Administrators", "Auditors", "developer-tools", "QA"];

  it("finds the name with a letter missing, in any case", () => {
    assert.deepEqual(nearest("developrs", known), ["Developers"]);
  });

  it("tells several near names, the nearest first", () => {
    assert.deepEqual(nearest("Dev", ["Dave", "Devs", "Dev1", "Devs2"]), ["Dev1", "Devs", "Dave"]);
  });

  it("finds the names that it is the beginning or the end of, and those that are one of it, in any case", () => {
    const keys = [
      "kmsKeyArn",
      "additionalRegions",
      "managedPolicies",
      "customerManagedPolicies",
      "maxRemovals",
      "name",
    ];
    assert.deepEqual(nearest("kmskey", keys), ["kmsKeyArn"]);
    assert.deepEqual(nearest("Regions", keys), ["additionalRegions"]);
    assert.deepEqual(nearest("policies", keys), ["managedPolicies", "customerManagedPolicies"]);
    assert.deepEqual(nearest("max", keys), ["maxRemovals"]);
    assert.deepEqual(nearest("instanceName", keys), ["name"]);
  });

  it("tells only the name itself where it is there in another case", () => {
    assert.deepEqual(nearest("DEVELOPERS", known), ["Developers"]);
    assert.deepEqual(nearest("dev", ["Dev", "Devs", "DEV"]), ["Dev", "DEV"]);
  });

  it("does not take two letters, or the middle of a name, for a part of it", () => {
    assert.deepEqual(nearest("ma", ["managedPolicies"]), []);
    assert.deepEqual(nearest("Policy", ["managedPolicyArn"]), []);
  });

  it("tells nothing where nothing is near", () => {
    assert.deepEqual(nearest("Finance", known), []);
  });
});
