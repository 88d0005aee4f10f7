import assert from "node:assert/strict";
import type { Organization } from "../../rehearsal/aws/organization";
import { messages, useStacks } from "./testStack";

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

  it("is refused: destroyed, and at preview by a set that goes, too much that goes of another, the caller's own access", async () => {
    const config = { permissionSets: { Administrator: of("alice"), Developer }, safety };
    const stack = await openStack({ organization: signedIn, config });
    await stack.changesOf("up");
    const before = JSON.stringify(stack.aws.save());

    const { events, succeeded } = await stack.destroy();
    assert.equal(succeeded, false, stack.printed);
    const text = messages(events, "error").join("\n");
    assert.match(
      text,
      /found: {3}5 assignments or more would go, 1 with the whole of Administrator, 4 with the whole of /,
    );
    assert.match(text, /would lose its permission set Administrator\n/);
    assert.match(text, /run `pulumi up`, for a destroy knows the configuration of the last one; then destroy again/);
    assert.doesNotMatch(stack.printed, /\n\s+at .+:\d+/, "no stack trace");
    assert.equal(JSON.stringify(stack.aws.save()), before);
    assert(
      stack.resources().some(({ urn }) => urn.endsWith("::stack-record")),
      "the next destroy is refused, too",
    );

    stack.configure({ permissionSets: { Administrator: of("bob"), Developer }, safety });
    assert.match(
      await stack.refusal(),
      /found: {3}your own session, alice with Administrator in 111111111111, would lose its assignment: "management \/ user alice"\n/,
    );

    // That one is confirmed now, but with all of Developer it is one too many.
    stack.configure({ permissionSets: { Administrator: of("bob") }, safety: { ...safety, confirm: ["ownAccess"] } });
    assert.match(
      await stack.refusal(),
      /safety\.maxRemovals\n {2}found: {3}5 assignments or more would go, 4 with the whole of Developer\n/,
    );

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
