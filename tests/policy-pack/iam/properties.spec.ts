import assert from "node:assert/strict";
import fc from "fast-check";
import { actionMatches } from "../../../policy-pack/iam/actions";
import { evaluate } from "../../../policy-pack/iam/evaluate";
import type { Policy } from "../../../policy-pack/iam/policy";
import { grantsSetContext } from "../../../policy-pack/iam/setContext";
import { literal, matches, pattern } from "../../../policy-pack/iam/wildcards";
import { policyOf } from "./parsed";

// Few words, so that statements and requests meet often.
const actions = ["sts:SetContext", "sts:AssumeRole", "s3:GetObject"];
const resources = ["arn:aws:sts::111122223333:self", "arn:aws:sts::444455556666:self", "arn:aws:s3:::example/a"];
const actionPattern = fc.constantFrom(...actions, "*", "sts:*", "sts:Set*", "s3:*");
const resourcePattern = fc.constantFrom(...resources, "*", "arn:aws:sts::*:self", "arn:aws:s3", "arn:aws:sts:*:self");
const mfa = { "aws:MultiFactorAuthPresent": "true" };
const condition = fc.constantFrom(
  {},
  { Condition: { Bool: mfa } },
  { Condition: { BoolIfExists: mfa } },
  { Condition: { Bool: { "aws:MultiFactorAuthPresent": "perhaps" } } }, // in doubt
);

function statement(effect: fc.Arbitrary<string>): fc.Arbitrary<object> {
  const element = (name: string, patterns: fc.Arbitrary<string>) =>
    fc
      .tuple(fc.constantFrom(name, `Not${name}`), fc.array(patterns, { minLength: 1, maxLength: 3 }))
      .map(([key, value]) => ({ [key]: value }));
  return fc
    .tuple(effect, element("Action", actionPattern), element("Resource", resourcePattern), condition)
    .map(([Effect, ...elements]): object => Object.assign({ Effect }, ...elements) as object);
}

const anyStatement = statement(fc.constantFrom("Allow", "Deny"));
const policies = fc.array(
  fc.array(anyStatement, { maxLength: 4 }).map((each) => policyOf("policy", ...each)),
  { maxLength: 3 },
);
const request = fc.record({
  action: fc.constantFrom(...actions),
  resource: fc.constantFrom(...resources),
  context: fc.constantFrom<Record<string, string | null>>(
    {},
    mfa,
    { "aws:MultiFactorAuthPresent": "false" },
    { "aws:MultiFactorAuthPresent": null },
  ),
});
const denyEverything = policyOf("denies", { Effect: "Deny", Action: "*", Resource: "*" });
const allowEverything = policyOf("allows", { Effect: "Allow", Action: "*", Resource: "*" });

describe("Policies of any kind", () => {
  it("never allow what one statement denies", () => {
    fc.assert(
      fc.property(policies, policies, request, (some, more, asked) => {
        const { decision } = evaluate({ request: asked, identityPolicies: [...some, denyEverything, ...more] });
        assert.equal(decision, "explicitlyDenied");
      }),
    );
  });

  it("never take back by an Allow what they allowed", () => {
    fc.assert(
      fc.property(policies, statement(fc.constant("Allow")), request, (some, allow, asked) => {
        const before = evaluate({ request: asked, identityPolicies: some }).decision;
        const after = evaluate({ request: asked, identityPolicies: [...some, policyOf("more", allow)] }).decision;
        fc.pre(before === "allowed" || before === "explicitlyDenied");
        assert.equal(after, before);
      }),
    );
  });

  it("never come to allow by a Deny what they did not", () => {
    fc.assert(
      fc.property(policies, statement(fc.constant("Deny")), request, (some, deny, asked) => {
        const before = evaluate({ request: asked, identityPolicies: some }).decision;
        const after = evaluate({ request: asked, identityPolicies: [...some, policyOf("more", deny)] }).decision;
        assert.ok(after !== "allowed" || before === "allowed");
      }),
    );
  });

  it("allow no more within limits than without, and the same within limits that allow everything", () => {
    fc.assert(
      fc.property(policies, policies, request, (identityPolicies, [boundary, ...level], asked) => {
        const free = evaluate({ request: asked, identityPolicies });
        const limits = { permissionsBoundary: boundary, serviceControlPolicies: [level] };
        const limited = evaluate({ request: asked, identityPolicies, ...limits });
        assert.ok(limited.decision !== "allowed" || free.decision === "allowed");
        const open = { permissionsBoundary: allowEverything, serviceControlPolicies: [[allowEverything]] };
        assert.deepEqual(evaluate({ request: asked, identityPolicies, ...open }), free);
      }),
    );
  });

  it("decide the same in any order", () => {
    const shuffled = policies.chain((some) =>
      fc.tuple(fc.constant(some), fc.shuffledSubarray(some, { minLength: some.length })),
    );
    fc.assert(
      fc.property(shuffled, request, ([some, others], asked) => {
        const decisionOf = (identityPolicies: readonly Policy[]) =>
          evaluate({ request: asked, identityPolicies }).decision;
        assert.equal(decisionOf(others), decisionOf(some));
      }),
    );
  });

  it("stay with their decision when more is known of the request, unless they were undecided", () => {
    const value = fc.constantFrom("true", "false", null);
    fc.assert(
      fc.property(policies, request, value, (identityPolicies, { action, resource }, known) => {
        const unknown = evaluate({ request: { action, resource }, identityPolicies });
        fc.pre(unknown.decision === "allowed" || unknown.decision === "explicitlyDenied");
        const context = { "aws:MultiFactorAuthPresent": known };
        const informed = evaluate({ request: { action, resource, context }, identityPolicies });
        assert.equal(informed.decision, unknown.decision);
      }),
    );
  });

  it("allow sts:SetContext in each account if they grant it in every", () => {
    const grant = policyOf("own", { Effect: "Allow", Action: "sts:SetContext", Resource: "arn:aws:sts::*:self" });
    const account = fc.constantFrom("111122223333", "444455556666", "000000000000", "987654321098");
    fc.assert(
      fc.property(policies, account, request, (some, id, { context }) => {
        const identityPolicies = [grant, ...some];
        const { accounts } = grantsSetContext({ partition: "aws", identityPolicies, context });
        const asked = { action: "sts:SetContext", resource: `arn:aws:sts::${id}:self`, context };
        const { decision } = evaluate({ request: asked, identityPolicies });
        assert.ok(accounts !== "every" || decision === "allowed");
        assert.ok(accounts !== "none" || decision === "explicitlyDenied");
      }),
    );
  });
});

describe("Patterns", () => {
  const text = fc.string({ unit: fc.constantFrom("a", "b", ":", "/", ".", "\n"), maxLength: 12 });
  const withWildcards = fc.string({ unit: fc.constantFrom("a", "b", "*", "?", ".", "/"), maxLength: 8 });

  it("match the text that they are equal to, and no other where they have no wildcards", () => {
    fc.assert(
      fc.property(text, text, (one, other) => {
        assert.equal(matches(pattern(one), one), true);
        assert.equal(matches(literal(one), other), one === other);
      }),
    );
  });

  it("match what a regular expression of the same meaning matches", () => {
    fc.assert(
      fc.property(withWildcards, text, (wild, given) => {
        const meaning = wild.replace(/[.]/g, "\\.").replaceAll("*", "[^]*").replaceAll("?", "[^]");
        assert.equal(matches(pattern(wild), given), new RegExp(`^${meaning}$`).test(given));
      }),
      { numRuns: 1000 },
    );
  });

  it("match actions whatever the case of letters", () => {
    const name = fc.string({ unit: fc.constantFrom("a", "B", "c", "*", "?"), minLength: 1, maxLength: 6 });
    const flipped = (each: string) => (each === each.toLowerCase() ? each.toUpperCase() : each.toLowerCase());
    fc.assert(
      fc.property(name, fc.stringMatching(/^[aBc]{1,6}$/), (wild, action) => {
        const expected = actionMatches(`sts:${wild}`, `sts:${action}`);
        assert.equal(actionMatches(`STS:${Array.from(wild, flipped).join("")}`, `sts:${action}`), expected);
        assert.equal(actionMatches(`sts:${wild}`, `Sts:${Array.from(action, flipped).join("")}`), expected);
      }),
    );
  });
});
