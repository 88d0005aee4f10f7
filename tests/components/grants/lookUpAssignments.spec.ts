import { RunError } from "@pulumi/pulumi";
import assert from "node:assert/strict";
import { lookUpAssignments } from "../../../components/grants/lookUpAssignments";
import { parseSettings } from "../../../components/settings/settings";
import { connection, operations, useLocalAws } from "../localAws";

function permissionSets(assignments: object[], ofAuditor?: object[]) {
  return parseSettings({
    "aws:region": "us-east-1",
    "identity-aware-sessions:permissionSets": JSON.stringify({
      Developer: { assignments },
      ...(ofAuditor && { Auditor: { assignments: ofAuditor } }),
    }),
  }).permissionSets;
}

describe("lookUpAssignments", () => {
  const aws = useLocalAws();

  it("asks for every name once, and for all names only to explain an unknown one", async () => {
    const assignments = [
      { groups: ["Developers"], users: ["alice"], accounts: ["payments-dev"] },
      { groups: ["Developers"], accounts: ["sandbox"] },
    ];
    const maps = await lookUpAssignments(connection, "d-1234567890", permissionSets(assignments));
    assert.deepEqual(Object.keys(maps.Developer?.assignments ?? {}), [
      "payments-dev / group Developers",
      "payments-dev / user alice",
      "sandbox / group Developers",
    ]);
    assert.deepEqual(operations(aws()).sort(), ["GetGroupId", "GetUserId", "ListAccounts"]);
  });

  it("finds the ids of the identity store", async () => {
    const assignments = [{ groups: ["Developers"], users: ["alice"], accounts: ["payments-dev"] }];
    const maps = await lookUpAssignments(connection, "d-1234567890", permissionSets(assignments));
    const { groups, users } = aws().contents;
    assert.deepEqual(maps.Developer?.principals, {
      "group Developers": groups.find(({ displayName }) => displayName === "Developers")?.id,
      "user alice": users.find(({ userName }) => userName === "alice")?.id,
    });
  });

  it("tells all unknown names of all permission sets in one refusal, without a call that writes", async () => {
    const sets = permissionSets(
      [{ groups: ["Developrs"], accounts: ["payments-dev"] }],
      [{ users: ["carl"], accounts: ["sandbx"] }],
    );
    await assert.rejects(lookUpAssignments(connection, "d-1234567890", sets), (error: unknown) => {
      assert(RunError.isInstance(error));
      assert.equal(
        error.message,
        "The stack names what AWS does not know: 3 problems. Nothing was changed.\n\n" +
          "identity-aware-sessions:permissionSets.Developer.assignments[0].groups[0]\n" +
          '  found:   "Developrs"\n' +
          "  allowed: the display name of a group of the identity store\n" +
          "  to do:   did you mean Developers?\n\n" +
          "identity-aware-sessions:permissionSets.Auditor.assignments[0].accounts[0]\n" +
          '  found:   "sandbx"\n' +
          "  allowed: the name or id of an account of the organization\n" +
          "  to do:   did you mean sandbox?\n\n" +
          "identity-aware-sessions:permissionSets.Auditor.assignments[0].users[0]\n" +
          '  found:   "carl"\n' +
          "  allowed: the user name of a user of the identity store\n" +
          "  to do:   did you mean carol?\n",
      );
      return true;
    });
    assert.deepEqual(operations(aws(), "writes"), []);
  });

  it("asks AWS nothing when nothing is assigned", async () => {
    const maps = await lookUpAssignments(connection, "d-1234567890", permissionSets([]));
    assert.deepEqual(maps, { Developer: { assignments: {}, accounts: {}, principals: {} } });
    assert.deepEqual(operations(aws()), []);
  });
});
