import assert from "node:assert/strict";
import type { Organization } from "../../rehearsal/aws/organization";
import { useStacks } from "./testStack";

/** The organization, whose caller has signed in through the access portal. */
function signedIn(example: Organization): Organization {
  const [first, ...others] = example.callers;
  assert(first);
  const arn = "arn:aws:sts::111111111111:assumed-role/AWSReservedSSO_Administrator_0123456789abcdef/alice";
  return { ...example, callers: [{ ...first, arn }, ...others] };
}

describe("a stack that would lock people out", () => {
  const openStack = useStacks();

  const of = (user: string) => ({ assignments: [{ users: [user], accounts: ["management"] }] });
  const Developer = { assignments: [{ groups: ["Developers", "Auditors"], accounts: ["payments-dev", "sandbox"] }] };
  const safety = { protect: false, maxRemovals: 4 };

  it("is refused at preview: by a set that goes, by too much that goes of another, by the caller's own access", async () => {
    const config = { permissionSets: { Administrator: of("alice"), Developer }, safety };
    const stack = await openStack({ organization: signedIn, config });
    await stack.changesOf("up");

    // Four with the whole of Developer are allowed, and one more is not; it is alice's own.
    stack.configure({ permissionSets: { Administrator: of("bob") }, safety });
    const byNumber = await stack.refusal();
    assert.match(
      byNumber,
      /safety\.maxRemovals\n {2}found: {3}5 assignments or more would go, 1 of them here: "management \/ user alice"\n/,
    );
    assert.match(byNumber, /found: {3}your own session, alice with Administrator in 111111111111, would lose its /);

    stack.configure({ permissionSets: { Administrators: of("alice") }, safety: { ...safety, maxRemovals: 3 } });
    const byName = await stack.refusal();
    assert.match(
      byName,
      /found: {3}5 assignments or more would go, 1 with the whole of Administrator, 4 with the whole of Developer\n/,
    );
    assert.match(byName, /would lose its permission set Administrator\n/);

    const confirm = ["removals", "ownAccess"];
    stack.configure({ permissionSets: { Administrator: of("bob") }, safety: { ...safety, confirm } });
    await stack.changesOf("up");
    assert.equal(stack.aws.contents.accountAssignments.length, 1);
  });
});
