import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { AccountAssignmentsInputs } from "../../../components/grants/accountAssignmentsProvider";
import { GrantsProvider } from "../../../components/grants/grantsProvider";
import type { StackRecordInputs } from "../../../components/grants/stackRecordRules";
import { portalSession } from "../../../components/grants/ownAccess";
import type { Organization } from "../../../rehearsal/aws/organization";
import { barePermissionSet } from "../../../rehearsal/aws/ssoAdmin/barePermissionSet";
import { connection, instanceArn, operations, useLocalAws } from "../localAws";
import { configured } from "../configured";

const patience = { firstPause: 1, longestPause: 5, atMost: 60_000 };
const prod = "333333333333";
const setArn = (name: string) =>
  `arn:aws:sso:::permissionSet/ssoins-1234567890abcdef/ps-${name.replaceAll("_", "-").padEnd(16, "0")}`;

type Safety = { maxRemovals?: number; confirm?: string[] };

/** The organization, whose first caller is signed in by IAM Identity Center. */
function signedInAs(session: string) {
  return (organization: Organization): Organization => {
    const [first, ...others] = organization.callers;
    assert(first);
    return { ...organization, callers: [{ ...first, arn: `arn:aws:sts::${session}` }, ...others] };
  };
}

describe("taking assignments back", () => {
  const plain = (organization: Organization) => organization;

  function suite(change: (organization: Organization) => Organization) {
    const aws = useLocalAws(change);

    function start(safety: Safety = {}): Promise<GrantsProvider> {
      const others = { "identity-aware-sessions:safety": JSON.stringify(safety) };
      return configured(new GrantsProvider(patience), connection, others);
    }

    /** Keys such as "333333333333 / user alice". */
    function inputs(name: string, keys: readonly string[]): AccountAssignmentsInputs {
      const { groups, users } = aws().contents;
      const principals = keys.map((key) => {
        const label = key.split(" / ")[1] ?? "";
        const found =
          groups.find(({ displayName }) => label === `group ${displayName}`) ??
          users.find(({ userName }) => label === `user ${userName}`);
        return [label, found?.id ?? `id of ${label}`];
      });
      return {
        instanceArn,
        permissionSetArn: setArn(name),
        assignments: Object.fromEntries(keys.map((key) => [key, "assigned"])),
        accounts: Object.fromEntries(keys.map((key) => [key.split(" / ")[0], key.split(" / ")[0]])) as Record<
          string,
          string
        >,
        principals: Object.fromEntries(principals) as Record<string, string>,
      };
    }

    /** What AWS has, as if somebody had assigned it before. */
    function existing(name: string, keys: readonly string[]): AccountAssignmentsInputs {
      const { accounts, principals, assignments } = inputs(name, keys);
      const { contents } = aws();
      contents.permissionSets.push(barePermissionSet(instanceArn, setArn(name), name));
      for (const key of Object.keys(assignments)) {
        const [account = "", label = ""] = key.split(" / ");
        contents.accountAssignments.push({
          instanceArn,
          accountId: accounts[account] ?? "",
          permissionSetArn: setArn(name),
          principalType: label.startsWith("group") ? "GROUP" : "USER",
          principalId: principals[label] ?? "",
        });
      }
      return inputs(name, keys);
    }

    async function objections(
      provider: GrantsProvider,
      olds: AccountAssignmentsInputs | StackRecordInputs,
      news: AccountAssignmentsInputs | StackRecordInputs,
    ): Promise<string[]> {
      const { failures = [], inputs } = await provider.check(olds, news);
      const kept: Record<string, unknown> = { ...inputs };
      delete kept["protected"]; // which stackRecordRules.spec.ts is about
      assert.deepEqual(kept, news);
      return failures.map(({ property, reason }) => {
        assert.equal(property, ""); // with a property, Pulumi would print its whole value
        return reason;
      });
    }

    return { aws, start, inputs, existing, objections };
  }

  /** The record of a stack that manages permission sets with so many assignments. */
  const record = (counts: Record<string, number>): StackRecordInputs => ({
    permissionSets: Object.fromEntries(
      Object.entries(counts).map(([name, assignments]) => [name, { assignments, isManaged: true }]),
    ),
    switch: { mode: "manage", onDestroy: "keep" },
  });

  const people = (count: number, of = "user") =>
    Array.from({ length: count }, (_, index) => `${prod} / ${of} person${index}`);

  describe("in number", () => {
    const { aws, start, inputs, objections } = suite(plain);

    it("is refused at preview beyond maxRemovals, which is 20, and writes nothing", async () => {
      const olds = inputs("Developer", people(22));
      assert.deepEqual(await objections(await start(), olds, inputs("Developer", people(2))), []);
      const [objection] = await objections(await start(), olds, inputs("Developer", people(1)));
      assert.equal(
        objection,
        "identity-aware-sessions:safety.maxRemovals\n" +
          `  found:   21 assignments or more would go, 21 of them here: "${prod} / user person1", "${prod} / user person2", "${prod} / user person3", "${prod} / user person4", "${prod} / user person5" and 16 more\n` +
          "  allowed: 20 at once, all permission sets of the stack together\n" +
          "  to do:   bring back what is missing from the configuration, or confirm it: add removals to identity-aware-sessions:safety.confirm for this once",
      );
      assert.deepEqual(operations(aws(), "writes"), []);
    });

    it("is added up over the permission sets of a stack, each counted once", async () => {
      const provider = await start({ maxRemovals: 3 });
      const none = (name: string) => inputs(name, []);
      assert.deepEqual(await objections(provider, inputs("A", people(2)), none("A")), []);
      assert.deepEqual(await objections(provider, inputs("A", people(2)), none("A")), []);
      assert.deepEqual(await objections(provider, inputs("B", people(1)), none("B")), []);
      const [objection = ""] = await objections(provider, inputs("C", people(1)), none("C"));
      assert.match(objection, /found: {3}4 assignments or more would go, 1 of them here/);
    });

    it("is done when it is confirmed", async () => {
      const provider = await start({ maxRemovals: 0, confirm: ["removals"] });
      assert.deepEqual(await objections(provider, inputs("A", people(2)), inputs("A", [])), []);
    });

    it("does not count an account that was renamed, nor what is about to be made", async () => {
      const provider = await start({ maxRemovals: 0 });
      const olds = { ...inputs("A", []), ...inputs("A", [`${prod} / user alice`]) };
      const news = {
        ...olds,
        assignments: { "production / user alice": "assigned", "production / user bob": "assigned" },
        accounts: { production: prod },
        principals: { ...olds.principals, "user bob": "id of bob" },
      };
      assert.deepEqual(await objections(provider, olds, news), []);
      assert.deepEqual(await objections(provider, {} as AccountAssignmentsInputs, news), []);
    });

    it("counts all of a permission set that is replaced, once its new ARN is known", async () => {
      const provider = await start({ maxRemovals: 0 });
      const olds = inputs("A", people(1));
      const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
      assert.deepEqual(await objections(provider, olds, { ...olds, permissionSetArn: unknown }), []);
      assert.deepEqual(
        await objections(provider, olds, { ...olds, permissionSetArn: unknown, instanceArn: unknown }),
        [],
      );
      assert.equal((await objections(provider, olds, { ...olds, permissionSetArn: setArn("B") })).length, 1);
    });

    it("counts all of a permission set that is replaced by one of another instance, whose ARN is not known yet", async () => {
      const provider = await start({ maxRemovals: 0 });
      const olds = inputs("A", people(1));
      const elsewhere = "arn:aws:sso:::instance/ssoins-fedcba0987654321";
      const news = { ...olds, instanceArn: elsewhere, permissionSetArn: "04da6b54-80e4-46f7-96ec-b56ff0331ba9" };
      const [objection = ""] = await objections(provider, olds, news);
      assert.match(objection, /found: {3}1 assignments or more would go, 1 of them here/);
    });
  });

  describe("with whole permission sets", () => {
    const { aws, start, inputs, existing, objections } = suite(plain);
    const before = record({ A: 2, B: 3, C: 0, D: 1 });

    it("is refused at preview, whether the set goes or only all of its assignments", async () => {
      const [objection, ...others] = await objections(
        await start({ maxRemovals: 4 }),
        before,
        record({ A: 0, D: 1, E: 5 }),
      );
      assert.equal(
        objection,
        "identity-aware-sessions:safety.maxRemovals\n" +
          "  found:   5 assignments or more would go, 2 with the whole of A, 3 with the whole of B\n" +
          "  allowed: 4 at once, all permission sets of the stack together\n" +
          "  to do:   bring back what is missing from the configuration, or confirm it: add removals to identity-aware-sessions:safety.confirm for this once",
      );
      assert.deepEqual(others, []);
      assert.deepEqual(await objections(await start({ maxRemovals: 5 }), before, record({ D: 1 })), []);
      const confirmed = await start({ maxRemovals: 0, confirm: ["removals"] });
      assert.deepEqual(await objections(confirmed, before, record({})), []);
      assert.deepEqual(operations(aws(), "writes"), []);
    });

    it("is not meant by a set whose assignments become fewer, or more, nor by a stack that has none yet", async () => {
      const provider = await start({ maxRemovals: 0 });
      assert.deepEqual(await objections(provider, before, record({ A: 1, B: 1, D: 2 })), []);
      assert.deepEqual(await objections(provider, {} as StackRecordInputs, before), []);
    });

    it("is added up with what goes of other sets", async () => {
      const provider = await start({ maxRemovals: 6 });
      assert.deepEqual(await objections(provider, before, record({ D: 1 })), []);
      const [objection = ""] = await objections(provider, inputs("D", people(2)), inputs("D", []));
      assert.match(objection, /found: {3}7 assignments or more would go, 2 of them here/);
    });

    it("is counted once when it is looked at before the update and carried out in it", async () => {
      const provider = await start({ maxRemovals: 2 });
      const props = existing("A", [`${prod} / user alice`, `${prod} / user bob`]);
      assert.deepEqual(await objections(provider, record({ A: 2 }), record({})), []);
      await provider.delete(setArn("A"), props);
      assert.deepEqual(aws().contents.accountAssignments, []);
    });
  });

  describe("by removing or destroying the whole resource", () => {
    const { aws, start, existing } = suite(plain);

    it("is refused before the first removal", async () => {
      const provider = await start({ maxRemovals: 1 });
      const props = existing("A", [`${prod} / user alice`, `${prod} / user bob`]);
      await assert.rejects(
        provider.delete(setArn("A"), props),
        /^Error: Nothing of this permission set was changed\.\nidentity-aware-sessions:safety\.maxRemovals\n {2}found: {3}2 /,
      );
      assert.deepEqual(operations(aws(), "writes"), []);
    });

    it("does not count what is gone already", async () => {
      const provider = await start({ maxRemovals: 1 });
      const props = existing("A", [`${prod} / user alice`, `${prod} / user bob`]);
      aws().contents.accountAssignments.pop();
      await provider.delete(setArn("A"), props);
      assert.deepEqual(aws().contents.accountAssignments, []);
    });

    it("is done when it is confirmed", async () => {
      const provider = await start({ maxRemovals: 1, confirm: ["removals"] });
      await provider.delete(setArn("A"), existing("A", [`${prod} / user alice`, `${prod} / user bob`]));
      assert.deepEqual(aws().contents.accountAssignments, []);
    });
  });

  describe("from the caller's own session", () => {
    const alice = `${prod}:assumed-role/AWSReservedSSO_Admin_Of_All_0123456789abcdef/alice`;
    const { aws, start, inputs, existing, objections } = suite(signedInAs(alice));
    const [own, byGroup, bobs, elsewhere] = [
      `${prod} / user alice`,
      `${prod} / group Administrators`, // alice is one of them
      `${prod} / user bob`,
      "222222222222 / user alice",
    ];

    // The management account is where the call by principal works; the rest of the session is as it would be.
    beforeEach(() => {
      aws().contents.managementAccount = prod;
      for (const instance of aws().contents.instances) {
        instance.ownerAccount = prod;
      }
    });

    it("is refused", async () => {
      const olds = existing("Admin_Of_All", [own, bobs]);
      const [objection] = await objections(await start(), olds, inputs("Admin_Of_All", [bobs]));
      assert.equal(
        objection,
        "identity-aware-sessions:safety.confirm\n" +
          `  found:   your own session, alice with Admin_Of_All in ${prod}, would lose its assignment: "${own}"\n` +
          "  allowed: only what leaves you another assignment of that permission set in that account\n" +
          "  to do:   let somebody else remove it, assign it to you in another way in an update before, or confirm it: add ownAccess to identity-aware-sessions:safety.confirm for this once",
      );
      assert.deepEqual(operations(aws(), "writes"), []);
    });

    it("is refused when it comes by a group", async () => {
      const olds = existing("Admin_Of_All", [byGroup]);
      assert.equal((await objections(await start(), olds, inputs("Admin_Of_All", []))).length, 1);
    });

    it("is refused when the whole permission set goes", async () => {
      const olds = existing("Admin_Of_All", [own, byGroup]);
      const counts = record({ Admin_Of_All: 2, Developer: 1 });
      const [objection = ""] = await objections(await start(), counts, record({ Developer: 1 }));
      assert.match(
        objection,
        /^identity-aware-sessions:safety\.confirm\n {2}found: {3}your own session, alice with Admin_Of_All in 333333333333, would lose its permission set Admin_Of_All\n/,
      );
      assert.deepEqual(await objections(await start(), counts, record({ Admin_Of_All: 2 })), []);
      const confirmed = await start({ confirm: ["ownAccess"] });
      assert.deepEqual(await objections(confirmed, counts, record({})), []);
      await assert.rejects((await start()).delete(setArn("Admin_Of_All"), olds), /your own session, alice/);
      assert.deepEqual(operations(aws(), "writes"), []);
    });

    it("is refused when the stack gives up all its assignments of a set that stays, saying that it need not be the caller's", async () => {
      const stays = (assignments: number, isManaged: boolean): StackRecordInputs => ({
        ...record({}),
        permissionSets: { Admin_Of_All: { assignments, isManaged } },
      });
      const pairs = [
        [stays(1, false), record({})],
        [stays(1, true), stays(0, true)],
      ] as const;
      for (const [olds, news] of pairs) {
        const [objection = ""] = await objections(await start(), olds, news);
        assert.match(
          objection,
          /found: {3}your own session, alice with Admin_Of_All in 333333333333, may lose its assignment: all that this stack has of Admin_Of_All would go, in which accounts is not known yet\n/,
        );
      }
    });

    it("is refused although the caller has another permission set in that account", async () => {
      existing("Developer", [byGroup]);
      const olds = existing("Admin_Of_All", [own]);
      assert.equal((await objections(await start(), olds, inputs("Admin_Of_All", []))).length, 1);
    });

    it("is done while a group still gives it", async () => {
      const olds = existing("Admin_Of_All", [own, byGroup]);
      assert.deepEqual(await objections(await start(), olds, inputs("Admin_Of_All", [byGroup])), []);
    });

    it("is not meant by another's assignment, another account or another permission set", async () => {
      const olds = existing("Admin_Of_All", [own, bobs, elsewhere]);
      assert.deepEqual(await objections(await start(), olds, inputs("Admin_Of_All", [own])), []);
      const others = existing("Developer", [own]);
      assert.deepEqual(await objections(await start(), others, inputs("Developer", [])), []);
    });

    it("is done when it is confirmed", async () => {
      const olds = existing("Admin_Of_All", [own]);
      const provider = await start({ confirm: ["ownAccess"] });
      assert.deepEqual(await objections(provider, olds, inputs("Admin_Of_All", [])), []);
    });

    it("is refused also where the stack acts as a role that the session assumes", async () => {
      const olds = existing("Admin_Of_All", [own]);
      const roles = [{ roleArn: `arn:aws:iam::${prod}:role/deployer` }];
      const provider = await configured(new GrantsProvider(patience), connection, {
        "aws:assumeRoles": JSON.stringify(roles),
      });
      assert.equal((await objections(provider, olds, inputs("Admin_Of_All", []))).length, 1);
    });

    it("is refused where the identity store does not know its user, saying that it need not be theirs", async () => {
      const olds = existing("Admin_Of_All", [bobs]);
      aws().contents.users.splice(0);
      const [objection = ""] = await objections(await start(), olds, inputs("Admin_Of_All", []));
      assert.match(
        objection,
        /may lose its assignment: "333333333333 \/ user bob" \(whose it is, AWS does not tell\)\n/,
      );
    });

    it("is refused also where a profile's role is assumed from that session in the environment", async () => {
      const olds = existing("Admin_Of_All", [own]);
      const folder = mkdtempSync(join(tmpdir(), "profiles-"));
      try {
        const role = `role_arn = arn:aws:iam::${prod}:role/deployer\ncredential_source = Environment\nregion = us-east-1\n`;
        process.env["AWS_CONFIG_FILE"] = join(folder, "config");
        writeFileSync(process.env["AWS_CONFIG_FILE"], `[profile deployer]\n${role}`);
        const provider = await configured(new GrantsProvider(patience), { ...connection, profile: "deployer" });
        assert.equal((await objections(provider, olds, inputs("Admin_Of_All", []))).length, 1);
      } finally {
        rmSync(folder, { recursive: true });
      }
    });

    it("is refused also where profiles assume roles from that session, one after the other", async () => {
      const olds = existing("Admin_Of_All", [own]);
      const folder = mkdtempSync(join(tmpdir(), "profiles-"));
      try {
        const { AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: secret } = aws().environment;
        delete process.env.AWS_ACCESS_KEY_ID;
        delete process.env.AWS_SECRET_ACCESS_KEY;
        const role = (name: string, source: string) =>
          `[profile ${name}]\nrole_arn = arn:aws:iam::${prod}:role/${name}\nsource_profile = ${source}\nregion = us-east-1\n`;
        const keys = `[profile alice]\naws_access_key_id = ${id}\naws_secret_access_key = ${secret}\nregion = us-east-1\n`;
        process.env["AWS_CONFIG_FILE"] = join(folder, "config");
        writeFileSync(process.env["AWS_CONFIG_FILE"], keys + role("deployer", "alice") + role("last", "deployer"));
        const provider = await configured(new GrantsProvider(patience), { ...connection, profile: "last" });
        assert.equal((await objections(provider, olds, inputs("Admin_Of_All", []))).length, 1);
        const looked = aws().calls.find(({ operation }) => operation === "DescribePermissionSet");
        assert.match(looked?.principal?.arn ?? "", /:assumed-role\/last\//, "it is looked up as the last role");
      } finally {
        rmSync(folder, { recursive: true });
      }
    });

    it("is refused where it cannot be told whose assignment it is", async () => {
      const olds = existing("Admin_Of_All", [bobs]);
      const denied = "User: alice is not authorized to perform: sso:ListAccountAssignmentsForPrincipal on resource: *";
      const operation = "ListAccountAssignmentsForPrincipal";
      aws().faults.push({ operation, error: { type: "AccessDeniedException", message: denied } });
      const [objection = ""] = await objections(await start(), olds, inputs("Admin_Of_All", []));
      assert.match(
        objection,
        /may lose its assignment: "333333333333 \/ user bob" \(whose it is, sso:ListAccountAssignmentsForPrincipal would tell\)\n/,
      );
    });
  });

  it("knows a session of IAM Identity Center by its role", () => {
    assert.deepEqual(portalSession(`arn:aws-cn:sts::${prod}:assumed-role/AWSReservedSSO_A_b_0123456789abcdef/a@b.c`), {
      accountId: prod,
      permissionSet: "A_b",
      userName: "a@b.c",
    });
    assert.equal(portalSession(`arn:aws:sts::${prod}:assumed-role/platform-engineer/alice`), undefined);
    assert.equal(portalSession(`arn:aws:iam::${prod}:user/AWSReservedSSO_A_0123456789abcdef/alice`), undefined);
  });
});
