import assert from "node:assert/strict";
import { type Decision, evaluate } from "../../../policy-pack/iam/evaluate";
import { type ConditionCase, caseFiles } from "./cases";
import { policyOf } from "./parsed";

const everything = { Action: "*", Resource: "*" };

describe("A condition", () => {
  for (const [file, cases] of caseFiles("conditions")) {
    describe(file, () => {
      for (const { name, condition, expected, ...context } of cases as readonly ConditionCase[]) {
        const judged = (...statements: readonly object[]) =>
          evaluate({
            request: { action: "sts:SetContext", resource: "arn:aws:sts::111122223333:self", ...context },
            identityPolicies: [policyOf("policy", ...statements)],
          });
        const matches = (actual: Decision, held: Decision["decision"], failed: Decision["decision"], index: number) => {
          const decision = expected === "holds" ? held : expected === "does not hold" ? failed : "undecided";
          assert.equal(actual.decision, decision);
          if (typeof expected !== "string") {
            const reasons = expected.map((each) => `statement ${index} of policy may apply or not: ${each}`);
            assert.deepEqual(actual.reasons, reasons);
          }
        };
        it(name, () => {
          const allow = { Effect: "Allow", ...everything };
          matches(judged({ ...allow, Condition: condition }), "allowed", "implicitlyDenied", 0);
          const deny = { Effect: "Deny", ...everything, Condition: condition };
          matches(judged(allow, deny), "explicitlyDenied", "allowed", 1);
        });
      }
    });
  }

  it("with an operator that a policy, read, cannot have is in doubt", () => {
    const key = { key: "aws:username", values: ["alice"] };
    const policy = policyOf("policy", { Effect: "Allow", ...everything });
    const statements = policy.statements.map((each) => ({
      ...each,
      condition: [{ name: "StringEqual", keys: [key] }],
    }));
    const { decision, reasons } = evaluate({
      request: { action: "s3:GetObject", resource: "*", context: { "aws:username": "alice" } },
      identityPolicies: [{ ...policy, statements }],
    });
    assert.equal(decision, "undecided");
    assert.deepEqual(reasons, [
      "statement 0 of policy may apply or not: StringEqual is not a known condition operator",
    ]);
  });
});
