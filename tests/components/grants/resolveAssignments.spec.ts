import assert from "node:assert/strict";
import { type Directory, resolveAssignments } from "../../../components/grants/resolveAssignments";
import { parseSettings } from "../../../components/settings/settings";

const directory: Directory = {
  accounts: [
    { id: "222222222222", name: "payments-dev", state: "ACTIVE" },
    { id: "444444444444", name: "sandbox", state: "ACTIVE" },
    { id: "555555555555", name: "twin", state: "ACTIVE" },
    { id: "666666666666", name: "twin", state: "ACTIVE" },
    { id: "777777777777", name: "sandbox", state: "SUSPENDED" },
  ],
  principals: [
    { type: "GROUP", name: "Developers", id: "g-1" },
    { type: "USER", name: "alice", id: "u-1" },
  ],
  groupNames: ["Developers", "Administrators"],
  userNames: ["alice", "bob"],
};

function resolve(assignments: object[]) {
  const permissionSets = { Developer: { assignments } };
  const settings = parseSettings({
    "aws:region": "us-east-1",
    "identity-aware-sessions:permissionSets": JSON.stringify(permissionSets),
  });
  return resolveAssignments(settings.permissionSets, directory);
}

describe("resolveAssignments", () => {
  it("gives everybody of an assignment every account of it, accounts by name or id", () => {
    const { maps, problems } = resolve([
      { groups: ["Developers"], users: ["alice"], accounts: ["payments-dev", "444444444444"] },
    ]);
    assert.deepEqual(problems, []);
    assert.deepEqual(maps, {
      Developer: {
        assignments: {
          "444444444444 / group Developers": "assigned",
          "444444444444 / user alice": "assigned",
          "payments-dev / group Developers": "assigned",
          "payments-dev / user alice": "assigned",
        },
        accounts: { "444444444444": "444444444444", "payments-dev": "222222222222" },
        principals: { "group Developers": "g-1", "user alice": "u-1" },
      },
    });
  });

  it("takes a name for the one account in use that has it, whatever was closed", () => {
    const { maps, problems } = resolve([{ groups: ["Developers"], accounts: ["sandbox"] }]);
    assert.deepEqual(problems, []);
    assert.deepEqual(maps["Developer"]?.accounts, { "444444444444": "444444444444" });
  });

  it("tells every unknown name with its place and the near ones", () => {
    const { problems } = resolve([
      { groups: ["Developrs", "Finance"], users: ["alcie"], accounts: ["payment-dev", "444444444445", "twin"] },
    ]);
    const path = "identity-aware-sessions:permissionSets.Developer.assignments[0]";
    assert.deepEqual(problems, [
      {
        path: `${path}.accounts[0]`,
        found: '"payment-dev"',
        allowed: "the name or id of an account of the organization",
        toDo: "did you mean payments-dev?",
      },
      {
        path: `${path}.accounts[1]`,
        found: '"444444444445"',
        allowed: "the name or id of an account of the organization",
        toDo: "did you mean 444444444444?",
      },
      {
        path: `${path}.accounts[2]`,
        found: '"twin"',
        allowed: "a name that only one account has, or an id",
        toDo: "write the id of the one you mean: 555555555555, 666666666666",
      },
      {
        path: `${path}.groups[0]`,
        found: '"Developrs"',
        allowed: "the display name of a group of the identity store",
        toDo: "did you mean Developers?",
      },
      {
        path: `${path}.groups[1]`,
        found: '"Finance"',
        allowed: "the display name of a group of the identity store",
        toDo: "correct it, or create it first",
      },
      {
        path: `${path}.users[0]`,
        found: '"alcie"',
        allowed: "the user name of a user of the identity store",
        toDo: "did you mean alice?",
      },
    ]);
  });
});
