import assert from "node:assert/strict";
import { evaluate } from "../../../policy-pack/iam/evaluate";
import { nameOf, type Policy } from "../../../policy-pack/iam/policy";
import { caseFiles, type Documents, type EvaluationCase } from "./cases";
import { parsed, policyOf } from "./parsed";

describe("evaluate", () => {
  for (const [file, cases] of caseFiles(".")) {
    describe(file, () => {
      for (const { name, request, identityPolicies, expected, ...limits } of cases as readonly EvaluationCase[]) {
        it(name, () => {
          const { decision, by, reasons } = evaluate({
            request,
            identityPolicies: policiesOf(identityPolicies),
            permissionsBoundary: policiesOf(limits.permissionsBoundary ?? {})[0],
            serviceControlPolicies: limits.serviceControlPolicies?.map(policiesOf),
          });
          assert.deepEqual({ decision, by: by.map(nameOf) }, { decision: expected.decision, by: expected.by });
          const expectedReasons = expected.reasons ?? (decision === "allowed" ? [] : reasons);
          assert.deepEqual(reasons, expectedReasons);
        });
      }
    });
  }

  it("refuses to judge a pattern of actions, or what is no action", () => {
    for (const action of ["sts:*", "sts:SetContex?", "*", "SetContext", "sts:Set Context", "sts:", ""]) {
      assert.throws(() => evaluate({ request: { action, resource: "*" }, identityPolicies: [] }), {
        name: "RangeError",
        message: `"${action}" is not an action: name a single one, like sts:SetContext`,
      });
    }
  });

  it("judges a pattern of very many asterisks, which as a regular expression would take years", () => {
    const policy = policyOf("policy", { Effect: "Allow", Action: "*", Resource: `arn:aws:s3:::${"a*".repeat(500)}b` });
    const request = { action: "s3:GetObject", resource: `arn:aws:s3:::${"a".repeat(5000)}` };
    assert.equal(evaluate({ request, identityPolicies: [policy] }).decision, "implicitlyDenied");
  });
});

function policiesOf(documents: Documents): readonly Policy[] {
  return Object.entries(documents).map(([name, document]) => parsed(name, document));
}
