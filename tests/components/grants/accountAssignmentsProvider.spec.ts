import assert from "node:assert/strict";
import type { Connection } from "../../../components/aws/connection";
import {
  type AccountAssignmentsInputs,
  AccountAssignmentsProvider,
} from "../../../components/grants/accountAssignmentsProvider";
import type { AccountAssignment } from "../../../rehearsal/aws/contents";
import { barePermissionSet } from "../../../rehearsal/aws/ssoAdmin/barePermissionSet";
import { connection, instanceArn, operations, useLocalAws } from "../localAws";
import { configured } from "../configured";

const permissionSetArn = "arn:aws:sso:::permissionSet/ssoins-1234567890abcdef/ps-1234567890abcdef";
const patience = { firstPause: 1, longestPause: 5, atMost: 60_000 };
const accountIds = { "payments-dev": "222222222222", "payments-prod": "333333333333", sandbox: "444444444444" };

const again = "Run the update again once the reasons are gone; it goes on from here.";

const permissionSet = barePermissionSet(instanceArn, permissionSetArn, "Developer");

describe("the provider of account assignments", () => {
  const aws = useLocalAws();
  let provider: AccountAssignmentsProvider;

  before(async () => {
    provider = await configured(new AccountAssignmentsProvider(patience), connection);
  });

  beforeEach(() => {
    aws().contents.permissionSets.push(permissionSet);
  });

  function principalId(label: string): string {
    const { groups, users } = aws().contents;
    const [type, name] = label.split(" ");
    const found =
      type === "group"
        ? groups.find(({ displayName }) => displayName === name)
        : users.find(({ userName }) => userName === name);
    assert(found, label);
    return found.id;
  }

  /** What the stack asks for, from keys such as "payments-dev / group Developers". */
  function inputs(...keys: string[]): AccountAssignmentsInputs {
    const accounts = keys.map((key) => key.split(" / ")[0] as keyof typeof accountIds);
    const principals = keys.map((key) => key.split(" / ")[1] ?? "");
    return {
      instanceArn,
      permissionSetArn,
      assignments: Object.fromEntries(keys.map((key) => [key, "assigned"])),
      accounts: Object.fromEntries(accounts.map((account) => [account, accountIds[account]])),
      principals: Object.fromEntries(principals.map((label) => [label, principalId(label)])),
    };
  }

  /** An assignment as local AWS knows it. */
  function assignment(key: string): AccountAssignment {
    const [account, label = ""] = key.split(" / ");
    return {
      instanceArn,
      accountId: accountIds[account as keyof typeof accountIds],
      permissionSetArn,
      principalType: label.startsWith("group") ? "GROUP" : "USER",
      principalId: principalId(label),
    };
  }

  function somebodyAssigns(key: string): void {
    aws().contents.accountAssignments.push(assignment(key));
  }

  const inAws = () => aws().contents.accountAssignments;

  describe("create", () => {
    it("makes every assignment and waits for each, and records just what was asked for", async () => {
      const wanted = inputs("payments-dev / group Developers", "sandbox / user alice");
      const result = await provider.create({ ...wanted, __provider: "code" } as AccountAssignmentsInputs);
      assert.deepEqual(result, { id: permissionSetArn, outs: wanted });
      assert.deepEqual(inAws(), [assignment("payments-dev / group Developers"), assignment("sandbox / user alice")]);
    });

    it("adopts assignments that exist, without a call that writes", async () => {
      somebodyAssigns("payments-dev / group Developers");
      await provider.create(inputs("payments-dev / group Developers"));
      assert.deepEqual(operations(aws()), ["ListAccountAssignmentsForPrincipal"]);
      assert.deepEqual(inAws(), [assignment("payments-dev / group Developers")]);
    });

    it("does not take what a user has through a group for the user's own", async () => {
      somebodyAssigns("payments-dev / group Administrators"); // alice is one of them
      await provider.create(inputs("payments-dev / user alice"));
      assert.deepEqual(inAws(), [
        assignment("payments-dev / group Administrators"),
        assignment("payments-dev / user alice"),
      ]);
    });

    it("does not take the assignment of another permission set for this one's", async () => {
      inAws().push({
        ...assignment("payments-dev / group Developers"),
        permissionSetArn: `${permissionSetArn.slice(0, -1)}0`,
      });
      await provider.create(inputs("payments-dev / group Developers"));
      assert.equal(inAws().length, 2);
    });

    it("tries again after throttling, conflicts and server errors", async () => {
      aws().faults.push(
        { operation: "ListAccountAssignmentsForPrincipal", error: { type: "InternalServerException", status: 500 } },
        { operation: "CreateAccountAssignment", error: { type: "ConflictException" } },
        { operation: "DescribeAccountAssignmentCreationStatus", error: { type: "ThrottlingException" } },
      );
      await provider.create(inputs("payments-dev / group Developers"));
      assert.deepEqual(inAws(), [assignment("payments-dev / group Developers")]);
    });

    it("records exactly the assignments that exist when another one fails, with the provider's code", async () => {
      const wanted = inputs("payments-dev / group Developers", "payments-dev / user alice");
      const unknown = "00000000-0000-0000-0000-000000000000";
      const withUnknown = {
        ...wanted,
        principals: { ...wanted.principals, "user alice": unknown },
        __provider: "code",
      };
      await assert.rejects(provider.create(withUnknown), (error: Error & Record<string, unknown>) => {
        const reason =
          '"payments-dev / user alice" was not assigned. AWS said FAILED: Received a 404 status error: ' +
          `the USER assignee ${unknown} was not found in directory d-1234567890.`;
        assert.equal(error.message, `${reason}\n${again}`);
        assert.deepEqual(
          { id: error.id, properties: error.properties, reasons: error.reasons },
          {
            id: permissionSetArn,
            properties: { ...withUnknown, assignments: { "payments-dev / group Developers": "assigned" } },
            reasons: [reason, again],
          },
        );
        return true;
      });
      assert.deepEqual(inAws(), [assignment("payments-dev / group Developers")]);
    });

    it("records nothing when nothing was made", async () => {
      const wanted = inputs("payments-dev / group Developers");
      aws().faults.push({
        operation: "CreateAccountAssignment",
        error: { type: "AccessDeniedException", message: "No." },
      });
      await assert.rejects(provider.create(wanted), (error: Error & { id?: string }) => {
        assert.equal(error.id, undefined);
        assert.match(
          error.message,
          /^"payments-dev \/ group Developers" was not assigned\. AccessDeniedException: No\./,
        );
        return true;
      });
    });
  });

  describe("create, while AWS is slow", () => {
    const slowAws = useLocalAws(undefined, 1_000_000);

    it("says which request did not finish in time", async () => {
      slowAws().contents.permissionSets.push(permissionSet);
      const impatient = await configured(new AccountAssignmentsProvider({ ...patience, atMost: 20 }), connection);
      await assert.rejects(impatient.create(inputs("payments-dev / group Developers")), {
        message:
          '"payments-dev / group Developers" was not assigned. AWS did not finish within 0.02 seconds ' +
          "(request 00000000-0000-4000-8000-000000000001)\n" +
          "Run the update again once the reasons are gone; it goes on from here.",
      });
    });
  });

  describe("called by a delegated administrator", () => {
    it("reads by account, because the call by principal works in the management account only", async () => {
      somebodyAssigns("payments-dev / group Developers");
      aws().faults.push({ operation: "ListAccountAssignmentsForPrincipal", error: { type: "AccessDeniedException" } });
      await provider.create(inputs("payments-dev / group Developers"));
      assert.deepEqual(operations(aws()), ["ListAccountAssignmentsForPrincipal", "ListAccountAssignments"]);
    });
  });

  describe("read", () => {
    it("gives inputs beside outputs", async () => {
      const props = inputs("payments-dev / group Developers", "sandbox / user alice");
      await provider.create(props);
      assert.deepEqual(await provider.read(permissionSetArn, props), { id: permissionSetArn, inputs: props, props });
    });

    it("leaves out the lines of assignments that somebody took away, and only those", async () => {
      const props = inputs("payments-dev / group Developers", "sandbox / user alice");
      somebodyAssigns("sandbox / user alice");
      const left = { ...props, assignments: { "sandbox / user alice": "assigned" } };
      assert.deepEqual(await provider.read(permissionSetArn, props), {
        id: permissionSetArn,
        inputs: left,
        props: left,
      });
    });

    it("says nothing about assignments of others", async () => {
      const props = inputs("payments-dev / group Developers");
      somebodyAssigns("payments-dev / group Developers");
      somebodyAssigns("payments-prod / group Auditors");
      assert.deepEqual((await provider.read(permissionSetArn, props)).props, props);
    });
  });

  describe("update", () => {
    it("makes what is new, deletes what is no longer wanted, and leaves the rest and others' alone", async () => {
      const olds = inputs("payments-dev / group Developers", "sandbox / user alice");
      await provider.create(olds);
      somebodyAssigns("payments-prod / group Auditors");
      aws().calls.length = 0;
      const news = inputs("payments-dev / group Developers", "payments-prod / user bob");
      assert.deepEqual(await provider.update(permissionSetArn, olds, news), { outs: news });
      assert.deepEqual(operations(aws(), "writes"), ["CreateAccountAssignment", "DeleteAccountAssignment"]);
      assert.deepEqual(inAws(), [
        assignment("payments-dev / group Developers"),
        assignment("payments-prod / group Auditors"),
        assignment("payments-prod / user bob"),
      ]);
    });

    it("writes nothing when only the code has changed", async () => {
      const props = inputs("payments-dev / group Developers");
      await provider.create(props);
      aws().calls.length = 0;
      await provider.update(permissionSetArn, props, props);
      assert.deepEqual(operations(aws(), "writes"), []);
    });

    it("writes nothing when only the name of an account has changed", async () => {
      const olds = inputs("payments-dev / group Developers");
      await provider.create(olds);
      aws().calls.length = 0;
      const news = {
        ...olds,
        assignments: { "payments-development / group Developers": "assigned" },
        accounts: { "payments-development": "222222222222" },
      };
      assert.deepEqual(await provider.update(permissionSetArn, olds, news), { outs: news });
      assert.deepEqual(operations(aws(), "writes"), []);
    });

    it("makes again what somebody took away", async () => {
      const props = inputs("payments-dev / group Developers");
      await provider.update(permissionSetArn, { ...props, assignments: {} }, props);
      assert.deepEqual(inAws(), [assignment("payments-dev / group Developers")]);
    });

    it("keeps on record what it could not take back", async () => {
      const olds = inputs("payments-dev / group Developers", "sandbox / user alice");
      await provider.create(olds);
      aws().faults.push({
        operation: "DeleteAccountAssignment",
        error: { type: "AccessDeniedException", message: "No." },
      });
      const news = inputs("payments-dev / group Developers");
      await assert.rejects(provider.update(permissionSetArn, olds, news), (error: Error & Record<string, unknown>) => {
        const reason = '"sandbox / user alice" was not taken back. AccessDeniedException: No.';
        assert.deepEqual(error.reasons, [reason, again]);
        assert.deepEqual(error.properties, olds);
        return true;
      });
    });
  });

  describe("update, when AWS refuses half of it", () => {
    const denied = { type: "AccessDeniedException", message: "No." };

    it("takes nothing from anybody when somebody else could not be given it, and says so in the record", async () => {
      const olds = inputs("payments-dev / group Developers");
      await provider.create(olds);
      aws().faults.push({ operation: "CreateAccountAssignment", error: denied });
      const news = inputs("payments-dev / group Administrators");
      await assert.rejects(provider.update(permissionSetArn, olds, news), (error: Error & Record<string, unknown>) => {
        const { assignments, principals } = error.properties as AccountAssignmentsInputs;
        assert.equal(error.id, permissionSetArn);
        assert.deepEqual(assignments, { "payments-dev / group Developers": "assigned" });
        assert.deepEqual(principals, { ...news.principals, ...olds.principals });
        return true;
      });
      assert.deepEqual(inAws(), [assignment("payments-dev / group Developers")]);
    });

    it("puts on record what exists even when that is nothing", async () => {
      const props = inputs("payments-dev / group Developers");
      aws().faults.push({ operation: "CreateAccountAssignment", error: denied });
      await assert.rejects(
        provider.update(permissionSetArn, props, props),
        (error: Error & Record<string, unknown>) => {
          assert.deepEqual((error.properties as AccountAssignmentsInputs).assignments, {});
          return true;
        },
      );
    });

    it("keeps on record what AWS has accepted, though its status could not be read", async () => {
      const olds = inputs("payments-dev / group Developers");
      await provider.create(olds);
      aws().faults.push({ operation: "DescribeAccountAssignmentCreationStatus", times: 99, error: denied });
      const news = inputs("payments-dev / group Developers", "sandbox / user alice");
      await assert.rejects(provider.update(permissionSetArn, olds, news), (error: Error & Record<string, unknown>) => {
        assert.deepEqual((error.properties as AccountAssignmentsInputs).assignments, news.assignments);
        return true;
      });
    });

    it("keeps an assignment of somebody whose name now means somebody else under the id", async () => {
      const olds = inputs("payments-dev / group Developers");
      await provider.create(olds);
      const before = principalId("group Developers");
      const after = principalId("group Administrators");
      const news = { ...olds, principals: { "group Developers": after } };
      aws().faults.push({ operation: "DeleteAccountAssignment", error: denied });
      await assert.rejects(provider.update(permissionSetArn, olds, news), (error: Error & Record<string, unknown>) => {
        const { assignments, principals } = error.properties as AccountAssignmentsInputs;
        assert.deepEqual(principals, { "group Developers": after, [`group ${before}`]: before });
        assert.deepEqual(Object.keys(assignments), [
          "payments-dev / group Developers",
          `payments-dev / group ${before}`,
        ]);
        return true;
      });
    });
  });

  describe("delete", () => {
    it("deletes what is recorded and leaves others' alone", async () => {
      const props = inputs("payments-dev / group Developers", "sandbox / user alice");
      await provider.create(props);
      somebodyAssigns("payments-prod / group Auditors");
      await provider.delete(permissionSetArn, props);
      assert.deepEqual(inAws(), [assignment("payments-prod / group Auditors")]);
    });

    it("is content when everything is gone already", async () => {
      await provider.delete(permissionSetArn, inputs("payments-dev / group Developers"));
      assert.deepEqual(operations(aws(), "writes"), []);
    });

    it("is content when the permission set and a group are gone, too", async () => {
      const props = inputs("payments-dev / group Developers");
      aws().contents.permissionSets.length = 0;
      aws().faults.push({
        operation: "ListAccountAssignmentsForPrincipal",
        error: { type: "ResourceNotFoundException" },
      });
      await provider.delete(permissionSetArn, props);
      assert.deepEqual(operations(aws()), ["ListAccountAssignmentsForPrincipal", "ListAccountAssignments"]);
    });

    it("is content when an assignment goes between the look and the deletion", async () => {
      const props = inputs("payments-dev / group Developers");
      await provider.create(props);
      const { calls, contents } = aws();
      calls.length = 0;
      calls.push = (...logged) => {
        // The look is over when the next call comes in.
        if (calls.some(({ operation }) => operation === "ListAccountAssignmentsForPrincipal")) {
          contents.accountAssignments.length = 0;
        }
        return Array.prototype.push.apply(calls, logged);
      };
      await provider.delete(permissionSetArn, props);
      const [operation] = contents.accountAssignmentOperations.filter(({ kind }) => kind === "Deletion");
      assert.equal(operation?.status, "FAILED");
    });
  });

  it("asks AWS in the Region and as the account of the stack's connection", async () => {
    const elsewhere: Connection = { region: "eu-west-1" };
    const other = await configured(new AccountAssignmentsProvider(patience), elsewhere);
    await assert.rejects(other.create(inputs("payments-dev / group Developers")));
    assert.deepEqual([...new Set(aws().calls.map(({ region }) => region))], ["eu-west-1"]);
  });
});
