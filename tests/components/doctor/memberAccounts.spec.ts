import assert from "node:assert/strict";
import { report } from "../../../components/doctor/report";
import { parseFault } from "../../../rehearsal/aws/faultKinds";
import { useLocalAws } from "../localAws";
import { addStackSet, callWithout, of, question } from "./playing";

const check = "set-context-member-accounts";

describe("Who is granted sts:SetContext in member accounts, the doctor", () => {
  const aws = useLocalAws();

  async function told() {
    const { findings, status } = await report(question);
    const { state, needed, seen, toDo, lacks } = of(findings, check);
    return { state, needed, seen, toDo, lacks, status, findings };
  }

  it("tells of a StackSet that deploys the policy, where it is and to which roles it is attached", async () => {
    callWithout(aws(), "sts:SetContext");
    addStackSet(aws(), { attachTo: ["analyst", "operator"], accounts: ["333333333333", "222222222222"] });
    const { state, needed, seen, toDo, findings } = await told();
    assert.deepEqual([state, needed, toDo], ["ready", false, undefined]);
    assert.equal(
      seen,
      "the StackSet sessions has deployed Sessions, with sts:SetContext and attached to role analyst, role operator, to 2 accounts: 222222222222, 333333333333",
    );
    assert.equal(of(findings, "set-context-permission-sets").state, "note", "people can come by those roles");
  });

  it("takes a policy that is attached to nobody for no way in", async () => {
    callWithout(aws(), "sts:SetContext");
    addStackSet(aws(), { attachTo: [], accounts: ["222222222222"] });
    const { state, seen, findings } = await told();
    assert.equal(state, "ready");
    assert.match(seen, /attached to no role by it, to 1 account: 222222222222$/);
    assert.equal(of(findings, "set-context-permission-sets").state, "not ready");
  });

  it("is not ready where an account does not have it as it is now, for the reason that StackSets give", async () => {
    callWithout(aws(), "sts:SetContext");
    const stackSet = addStackSet(aws(), { attachTo: ["analyst"], accounts: ["222222222222", "333333333333"] });
    const outdated = stackSet.instances[1] ?? assert.fail();
    Object.assign(outdated, { status: "OUTDATED", statusReason: "The role with name analyst cannot be found." });
    const { state, needed, seen, toDo } = await told();
    assert.deepEqual([state, needed], ["not ready", false]);
    assert.match(
      seen,
      /to 1 account: 222222222222; and not, or not as it is now, to 1 account: 333333333333 \(OUTDATED: The role with name analyst cannot be found\.\)$/,
    );
    assert.match(toDo ?? "", /`aws cloudformation update-stack-instances`/);
  });

  it("names the first five of many accounts", async () => {
    const accounts = Array.from({ length: 7 }, (_, n) => `${n}`.repeat(12));
    addStackSet(aws(), { attachTo: [], accounts });
    assert.match((await told()).seen, /to 7 accounts: 0{12}, 1{12}, 2{12}, 3{12}, 4{12} and 2 more$/);
  });

  for (const [title, templateBody] of [
    ["a policy that does not grant it", undefined],
    ["no template that this program makes", "Resources: {}"],
  ] as const) {
    it(`is not ready with ${title}`, async () => {
      const nothing = { Version: "2012-10-17", Statement: [] };
      const stackSet = addStackSet(aws(), { attachTo: [], accounts: ["222222222222"], document: nothing });
      stackSet.templateBody = templateBody ?? stackSet.templateBody;
      const { state, seen } = await told();
      assert.equal(state, "not ready");
      assert.equal(seen, "the StackSet sessions deploys a template whose policy does not grant sts:SetContext");
    });
  }

  it("notes a StackSet that is deployed nowhere, and that there is none, whatever others there are", async () => {
    callWithout(aws());
    const stackSet = addStackSet(aws(), { attachTo: [], accounts: [] });
    assert.deepEqual([(await told()).state, /to 0 accounts$/.test((await told()).seen)], ["note", true]);
    stackSet.description = "Something else";
    const { state, seen } = await told();
    assert.equal(state, "note");
    assert.match(seen, /^no StackSet of identity-aware-sessions:iamPrincipals\.memberAccounts is in us-east-1; /);
  });

  it("could not tell, and needs not to, where StackSets are not to be read", async () => {
    callWithout(aws());
    aws().faults.push(parseFault("ListStackSets=access-denied"));
    const { state, needed, seen, lacks } = await told();
    assert.deepEqual([state, needed, lacks], ["could not tell", false, ["cloudformation:ListStackSets"]]);
    assert.match(seen, /^the caller may not do cloudformation:ListStackSets/);
  });

  it("asks nothing of them in another account than the management account", async () => {
    aws().contents.managementAccount = "222222222222";
    const { state, seen } = await told();
    assert.deepEqual(
      [state, /^not asked: .* 222222222222, .* the caller's is 111111111111$/.test(seen)],
      ["note", true],
    );
    assert.ok(aws().calls.every(({ service }) => service !== "cloudformation"));
  });
});
