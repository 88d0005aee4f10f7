import assert from "node:assert/strict";
import fc from "fast-check";
import { assignmentMaps, assignmentOf, identity, type Principal } from "../../../components/grants/assignmentKeys";

const dev = { id: "222222222222", name: "payments-dev" };
const prod = { id: "333333333333", name: "payments-prod" };
const developers: Principal = { type: "GROUP", name: "Developers", id: "g-1" };
const alice: Principal = { type: "USER", name: "alice", id: "u-1" };

describe("assignmentMaps", () => {
  it("names accounts and principals, with their ids beside", () => {
    const pairs = [
      { account: prod, principal: alice },
      { account: dev, principal: developers },
    ];
    assert.deepEqual(assignmentMaps(pairs, [dev, prod]), {
      assignments: { "payments-dev / group Developers": "assigned", "payments-prod / user alice": "assigned" },
      accounts: { "payments-dev": "222222222222", "payments-prod": "333333333333" },
      principals: { "group Developers": "g-1", "user alice": "u-1" },
    });
  });

  it("is the same for the same assignments in another order and twice", () => {
    const one = { account: dev, principal: developers };
    const two = { account: prod, principal: alice };
    const expected = JSON.stringify(assignmentMaps([one, two], [dev, prod]));
    assert.equal(JSON.stringify(assignmentMaps([two, one, two], [dev, prod])), expected);
  });

  it("falls back to ids where a name is ambiguous, holds the separator or looks like an id", () => {
    const accounts = [
      { id: "100000000001", name: "twin" },
      { id: "100000000002", name: "twin" },
      { id: "100000000003", name: "a / b" },
      { id: "100000000004", name: "100000000001" },
    ];
    const pairs = accounts.map((account) => ({
      account,
      principal: { type: "GROUP" as const, name: "x / y", id: "g-2" },
    }));
    assert.deepEqual(assignmentMaps(pairs, accounts), {
      assignments: {
        "100000000001 / group g-2": "assigned",
        "100000000002 / group g-2": "assigned",
        "100000000003 / group g-2": "assigned",
        "100000000004 / group g-2": "assigned",
      },
      accounts: {
        "100000000001": "100000000001",
        "100000000002": "100000000002",
        "100000000003": "100000000003",
        "100000000004": "100000000004",
      },
      principals: { "group g-2": "g-2" },
    });
  });

  it("never loses or mixes up an assignment, whatever accounts, groups and users are called", () => {
    const name = fc.oneof(
      fc.constantFrom("a", "b", "a / b", " / ", "a /", "/ a", "/", "a ", " a", "group a", "user a", "100000000001"),
      fc.string({ maxLength: 6 }),
    );
    const accounts = fc
      .array(name, { minLength: 1, maxLength: 5 })
      .map((names) => names.map((text, i) => ({ id: `10000000000${i}`, name: text })));
    // The identity store keeps display names of groups, and user names, unique.
    const principals = fc
      .uniqueArray(fc.tuple(fc.constantFrom("GROUP" as const, "USER" as const), name), {
        minLength: 1,
        maxLength: 5,
        selector: String,
      })
      .map((all) => all.map(([type, text], i): Principal => ({ type, name: text, id: `principal-${i}` })));
    fc.assert(
      fc.property(accounts, principals, (someAccounts, somePrincipals) => {
        const pairs = someAccounts.flatMap((account) => somePrincipals.map((principal) => ({ account, principal })));
        const maps = assignmentMaps(pairs, someAccounts);
        const found = Object.keys(maps.assignments).map((key) => identity(assignmentOf(key, maps)));
        const expected = pairs.map(({ account, principal }) => `${account.id}/${principal.type}/${principal.id}`);
        assert.deepEqual(found.sort(), expected.sort());
      }),
    );
  });
});
