import { log, RunError } from "@pulumi/pulumi";
import assert from "node:assert/strict";
import { lookUpGrants } from "../../../components/grants/lookUpGrants";
import type { PermissionSetSettings } from "../../../components/settings/settings";
import { connection, instanceArn, operations, useLocalAws } from "../localAws";
import { addPermissionSet } from "./awsPermissionSet";
import { assignment, permissionSet } from "./permissionSet";

const instance = {
  arn: instanceArn,
  permissionSetsEnabled: true,
  identityStoreId: "d-1234567890",
  ownerAccountId: "111111111111",
};

function lookUp(permissionSets: Record<string, PermissionSetSettings>) {
  return lookUpGrants(connection, instance, permissionSets);
}

async function refusalOf(permissionSets: Record<string, PermissionSetSettings>): Promise<string> {
  const error = await lookUp(permissionSets).then(
    () => assert.fail("was not refused"),
    (reason: unknown) => reason,
  );
  assert(RunError.isInstance(error));
  return error.message;
}

describe("lookUpGrants", () => {
  const aws = useLocalAws();

  it("asks for every name once, and for all names only to explain an unknown one", async () => {
    const assignments = [
      assignment({ groups: ["Developers"], users: ["alice"], accounts: ["payments-dev"] }),
      assignment({ groups: ["Developers"], accounts: ["sandbox"] }),
    ];
    const found = await lookUp({ Developer: permissionSet({ assignments }) });
    assert.deepEqual(Object.keys(found.assignments["Developer"]?.assignments ?? {}), [
      "payments-dev / group Developers",
      "payments-dev / user alice",
      "sandbox / group Developers",
    ]);
    assert.deepEqual(operations(aws()).sort(), ["GetGroupId", "GetUserId", "ListAccounts"]);
  });

  it("finds the ids of the identity store", async () => {
    const assignments = [assignment({ groups: ["Developers"], users: ["alice"], accounts: ["payments-dev"] })];
    const found = await lookUp({ Developer: permissionSet({ assignments }) });
    const { groups, users } = aws().contents;
    assert.deepEqual(found.assignments["Developer"]?.principals, {
      "group Developers": groups.find(({ displayName }) => displayName === "Developers")?.id,
      "user alice": users.find(({ userName }) => userName === "alice")?.id,
    });
  });

  it("asks AWS nothing when nothing is assigned, existing or imported", async () => {
    assert.deepEqual(await lookUp({ Developer: permissionSet() }), {
      assignments: { Developer: { assignments: {}, accounts: {}, principals: {} } },
      existing: {},
    });
    assert.deepEqual(operations(aws()), []);
  });

  it("finds the permission sets that the stack does not manage by their names", async () => {
    addPermissionSet(aws(), "Other");
    const arn = addPermissionSet(aws(), "Shared");
    const { existing } = await lookUp({ Shared: permissionSet({ existing: true }), Developer: permissionSet() });
    assert.deepEqual(existing, { Shared: arn });
  });

  it("lets an import pass whose name is the permission set's own", async () => {
    const arn = addPermissionSet(aws(), "Developer");
    await lookUp({ Developer: permissionSet({ import: arn }) });
    assert.deepEqual(operations(aws()), ["DescribePermissionSet"]);
  });

  it("tells all unknown names of all permission sets in one refusal, without a call that writes", async () => {
    const shared = addPermissionSet(aws(), "Shared");
    const gone = shared.replace(/ps-.*/, "ps-0000000000000000");
    const elsewhere = "arn:aws:sso:::permissionSet/ssoins-0000000000000000/ps-0000000000000000";
    const message = await refusalOf({
      Developer: permissionSet({ assignments: [assignment({ groups: ["Developrs"], accounts: ["sandbx"] })] }),
      Auditor: permissionSet({ assignments: [assignment({ users: ["carl"], accounts: ["sandbox"] })] }),
      Shred: permissionSet({ existing: true }),
      Finance: permissionSet({ existing: true }),
      Renamed: permissionSet({ import: shared }),
      Gone: permissionSet({ import: gone }),
      Elsewhere: permissionSet({ import: elsewhere }),
    });
    assert.equal(
      message,
      "The stack names what AWS does not know: 8 problems. Nothing was changed.\n\n" +
        "identity-aware-sessions:permissionSets.Developer.assignments[0].accounts[0]\n" +
        '  found:   "sandbx"\n' +
        "  allowed: the name or id of an account of the organization\n" +
        "  to do:   did you mean sandbox?\n\n" +
        "identity-aware-sessions:permissionSets.Developer.assignments[0].groups[0]\n" +
        '  found:   "Developrs"\n' +
        "  allowed: the display name of a group of the identity store\n" +
        "  to do:   did you mean Developers?\n\n" +
        "identity-aware-sessions:permissionSets.Auditor.assignments[0].users[0]\n" +
        '  found:   "carl"\n' +
        "  allowed: the user name of a user of the identity store\n" +
        "  to do:   did you mean carol?\n\n" +
        "identity-aware-sessions:permissionSets.Shred\n" +
        '  found:   "Shred", which the instance does not have\n' +
        "  allowed: with existing: true, the name of a permission set of the instance\n" +
        "  to do:   did you mean Shared?\n\n" +
        "identity-aware-sessions:permissionSets.Finance\n" +
        '  found:   "Finance", which the instance does not have\n' +
        "  allowed: with existing: true, the name of a permission set of the instance\n" +
        "  to do:   correct the name, or remove existing, so that the stack makes the permission set\n\n" +
        "identity-aware-sessions:permissionSets.Renamed.import\n" +
        `  found:   ${shared}, whose name is Shared; Pulumi would delete it and make another\n` +
        `  allowed: the ARN of the permission set Renamed of ${instanceArn}\n` +
        "  to do:   call the permission set Shared in the configuration, or import another\n\n" +
        "identity-aware-sessions:permissionSets.Gone.import\n" +
        `  found:   ${gone}, which the instance does not have\n` +
        `  allowed: the ARN of the permission set Gone of ${instanceArn}\n` +
        "  to do:   correct it, or remove it, so that the stack makes the permission set\n\n" +
        "identity-aware-sessions:permissionSets.Elsewhere.import\n" +
        `  found:   ${elsewhere}, which the instance does not have\n` +
        `  allowed: the ARN of the permission set Elsewhere of ${instanceArn}\n` +
        "  to do:   correct it, or remove it, so that the stack makes the permission set\n",
    );
    assert.deepEqual(operations(aws(), "writes"), []);
    // For the names, for Renamed and for Gone; not for Elsewhere, of which its ARN says enough.
    assert.equal(operations(aws()).filter((each) => each === "DescribePermissionSet").length, 3);
  });

  describe("in accounts that are not in use", () => {
    const permissionSets = {
      Developer: permissionSet({
        assignments: [assignment({ groups: ["Developers"], users: ["alice"], accounts: ["payments-dev", "sandbox"] })],
      }),
    };
    const path = "identity-aware-sessions:permissionSets.Developer.assignments[0].accounts[1]";
    let restore: () => void;
    const warnings: string[] = [];

    beforeEach(() => {
      for (const account of aws().contents.accounts) {
        account.status = account.name === "sandbox" ? "SUSPENDED" : "ACTIVE";
      }
      warnings.length = 0;
      const { warn } = log;
      Object.assign(log, { warn: (message: string) => warnings.push(message) });
      restore = () => Object.assign(log, { warn });
    });

    afterEach(() => {
      restore();
    });

    it("refuses assignments that are not there, naming their places", async () => {
      assert.equal(
        await refusalOf(permissionSets),
        "AWS cannot assign permission sets in accounts that are not in use: 1 problem. Nothing was changed.\n\n" +
          `${path}\n` +
          "  found:   the account sandbox (444444444444), which is SUSPENDED, where group Developers, user alice would get Developer\n" +
          "  allowed: accounts that are ACTIVE; in others AWS makes no assignment\n" +
          "  to do:   remove it, or wait until the account is ACTIVE (again)\n",
      );
      assert.deepEqual(operations(aws(), "writes"), []);
    });

    it("warns only of those that are there already", async () => {
      const permissionSetArn = addPermissionSet(aws(), "Developer");
      const { groups, users, accountAssignments } = aws().contents;
      const of = { instanceArn, permissionSetArn, accountId: "444444444444" };
      const group = groups.find(({ displayName }) => displayName === "Developers")?.id ?? "";
      const user = users.find(({ userName }) => userName === "alice")?.id ?? "";
      accountAssignments.push({ ...of, principalType: "GROUP", principalId: group });
      assert.match(await refusalOf(permissionSets), /, where user alice would get Developer\n/);
      accountAssignments.push({ ...of, principalType: "USER", principalId: user });
      await lookUp(permissionSets);
      assert.deepEqual(warnings, [
        `${path} is the account sandbox (444444444444), which is SUSPENDED. Developer stays assigned there, but AWS may fail to bring ` +
          "changes of it to such an account.",
      ]);
    });
  });

  describe("of a delegated administrator", () => {
    beforeEach(() => {
      process.env.AWS_ACCESS_KEY_ID = "AKIAI44QH8DHBEXAMPLE"; // 222222222222
      process.env.AWS_SECRET_ACCESS_KEY = "je7MtGbClwBF/2Zp9Utk/h3yCo8nvbEXAMPLEKEY";
      aws().contents.delegatedAdministrators["sso.amazonaws.com"] = ["222222222222"];
    });

    const inManagementAccount = {
      Developer: permissionSet({
        assignments: [
          assignment({ groups: ["Developers"], accounts: ["sandbox"] }),
          assignment({ groups: ["Developers"], users: ["alice"], accounts: ["sandbox", "management"] }),
        ],
      }),
    };

    it("refuses assignments in the management account that are not there, naming their places", async () => {
      assert.equal(
        await refusalOf({ ...inManagementAccount, Shred: permissionSet({ existing: true }) }),
        "A delegated administrator cannot assign permission sets in the management account: 1 problem. Nothing was changed.\n\n" +
          "identity-aware-sessions:permissionSets.Developer.assignments[1].accounts[1]\n" +
          "  found:   the management account, where group Developers, user alice would get Developer from 222222222222, a delegated " +
          "administrator's account\n" +
          "  allowed: assignments that the management account has already: only it can make others there\n" +
          "  to do:   assign it there by a stack that runs as the management account 111111111111, or remove it here\n\n" +
          "The stack names what AWS does not know: 1 problem. Nothing was changed.\n\n" +
          "identity-aware-sessions:permissionSets.Shred\n" +
          '  found:   "Shred", which the instance does not have\n' +
          "  allowed: with existing: true, the name of a permission set of the instance\n" +
          "  to do:   correct the name, or remove existing, so that the stack makes the permission set\n",
      );
      assert.deepEqual(operations(aws(), "writes"), []);
    });

    it("lets those pass that are there already", async () => {
      const arn = addPermissionSet(aws(), "Developer");
      const { groups, users, accountAssignments, managementAccount: accountId } = aws().contents;
      const group = groups.find(({ displayName }) => displayName === "Developers")?.id ?? "";
      const user = users.find(({ userName }) => userName === "alice")?.id ?? "";
      const of = { instanceArn, permissionSetArn: arn, accountId };
      accountAssignments.push({ ...of, principalType: "GROUP", principalId: group });
      assert.match(await refusalOf(inManagementAccount), /, where user alice would get Developer /);
      accountAssignments.push({ ...of, principalType: "USER", principalId: user });
      await lookUp(inManagementAccount);
    });
  });
});
