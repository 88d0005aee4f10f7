import assert from "node:assert/strict";
import { doctorActions } from "../../../components/doctor/permissions";
import { report } from "../../../components/doctor/report";
import type { LocalAws } from "../../../rehearsal/aws/server";
import { exactly, readmeTable } from "../../readmeTable";
import { useLocalAws } from "../localAws";
import { assign, addGrantingSet, callWithout, makeReady, notReady, question, selfSetContext } from "./playing";

/** What the caller may do: this alone. */
function allowExactly({ contents }: LocalAws, actions: readonly string[]): void {
  for (const principals of [contents.iamPrincipals, contents.enforcedPrincipals]) {
    const role = principals.find(({ name }) => name === "platform-engineer") ?? assert.fail();
    role.inlinePolicies = { Exactly: exactly(actions) };
  }
}

/** An organization that asks for every one of the permissions: also one with an AWS managed policy that has to be read. */
async function makeVaried(aws: LocalAws): Promise<void> {
  await makeReady(aws);
  const arn = addGrantingSet(aws, "Reader", { Version: "2012-10-17", Statement: [] }, []);
  const set = aws.contents.permissionSets.find((each) => each.arn === arn) ?? assert.fail();
  set.managedPolicies.push("arn:aws:iam::aws:policy/ReadOnlyAccess");
  set.inlinePolicy = JSON.stringify(selfSetContext);
  assign(aws, arn, ["444444444444"]);
}

describe("The README's table to run the doctor", () => {
  const aws = useLocalAws();
  const table = [...new Set(readmeTable("To run the doctor"))].sort();

  it("has the actions that the doctor's message asks for", () => {
    assert.deepEqual(table, [...doctorActions].sort());
  });

  it("has all that the doctor calls, and lets it tell everything", async () => {
    await makeVaried(aws());
    allowExactly(aws(), table);
    const { findings, exitCode } = await report(question);
    assert.deepEqual([exitCode, notReady(findings)], [0, { enabler: "note", "set-context-iam": "note" }]);
  });

  for (const action of table) {
    it(`has ${action}, without which the doctor says what it could not tell and asks for it`, async () => {
      await makeVaried(aws());
      callWithout(aws(), action);
      const { findings, message, exitCode } = await report(question);
      const naming = findings.filter(({ seen, lacks = [] }) => lacks.includes(action) || seen.includes(action));
      assert.ok(naming.length > 0, JSON.stringify(notReady(findings)));
      assert.ok(
        message?.requests.some(({ actions }) => actions.includes(action)),
        JSON.stringify(message),
      );
      assert.notEqual(exitCode, 1, "nothing is known to be missing");
    });
  }
});
