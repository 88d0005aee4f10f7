import assert from "node:assert/strict";
import { nameOf, type Policy } from "../../../policy-pack/iam/policy";
import { grantsSetContext, type SetContextQuestion } from "../../../policy-pack/iam/setContext";
import { parsed, policyOf } from "./parsed";

const grant = { Effect: "Allow", Action: "sts:SetContext", Resource: "arn:aws:sts::*:self" };
const everything = { Action: "*", Resource: "*" };
const withoutMfa = { Condition: { BoolIfExists: { "aws:MultiFactorAuthPresent": "false" } } };
const unknownMfa = "it depends on aws:MultiFactorAuthPresent, which is not known of the request";

describe("grantsSetContext", () => {
  const grants: readonly (readonly [string, object])[] = [
    ["the policy of AWS's documentation", grant],
    ["AdministratorAccess", { Effect: "Allow", ...everything }],
    ["PowerUserAccess", { Effect: "Allow", NotAction: ["iam:*", "organizations:*", "account:*"], Resource: "*" }],
    ["all actions of sts", { ...grant, Action: ["s3:*", "sts:*"] }],
    ["some actions of sts, in another case of letters", { ...grant, Action: "STS:set*" }],
    ["a resource that covers more than sessions", { ...grant, Resource: "arn:aws:sts::*:*" }],
    ["a resource for every partition", { ...grant, Resource: "arn:*:sts::*:self" }],
    ["an ARN that ends with the service", { ...grant, Resource: "arn:aws:sts" }],
    ["a question mark for each digit of the account", { ...grant, Resource: "arn:aws:sts::????????????:self" }],
    ["all resources but some roles", { Effect: "Allow", Action: "*", NotResource: "arn:aws:iam::111122223333:role/*" }],
    ["one account beside every account", { ...grant, Resource: ["arn:aws:sts::111122223333:self", grant.Resource] }],
  ];
  for (const [what, statement] of grants) {
    it(`finds it granted in every account by ${what}`, () => {
      assert.deepEqual(answer({ identityPolicies: [policyOf("own", statement)] }), {
        accounts: "every",
        grantedBy: ["statement 0 of own"],
        takenAwayBy: [],
        leftOutBy: [],
        reasons: [],
      });
    });
  }

  const others: readonly (readonly [string, object])[] = [
    ["another action of sts", { ...grant, Action: "sts:AssumeRole" }],
    ["another resource", { ...grant, Resource: "arn:aws:iam::*:role/*" }],
    ["the session in another partition", { ...grant, Resource: "arn:aws-cn:sts::*:self" }],
    ["a session with a Region", { ...grant, Resource: "arn:aws:sts:us-east-1:*:self" }],
    ["an account with a digit too few", { ...grant, Resource: "arn:aws:sts::11112222333:self" }],
    ["an account with a digit too many", { ...grant, Resource: "arn:aws:sts::1111222233334:self" }],
  ];
  for (const [what, statement] of others) {
    it(`does not find it granted by ${what}`, () => {
      assert.deepEqual(answer({ identityPolicies: [policyOf("own", statement)] }), {
        accounts: "none",
        grantedBy: [],
        takenAwayBy: [],
        leftOutBy: [],
        reasons: ["nothing in the identity-based policies allows sts:SetContext on arn:aws:sts::*:self"],
      });
    });
  }

  it("finds it granted by the statement of the partition that it is asked about", () => {
    const china = policyOf("own", { ...grant, Resource: "arn:aws-cn:sts::*:self" });
    assert.equal(answer({ partition: "aws-cn", identityPolicies: [china] }).accounts, "every");
  });

  for (const [id, account] of [
    ["111122223333", "111122223333"],
    ["1111*", "111100000000"],
    ["*3333", "000000003333"],
    ["1*2*3", "100000000023"],
    ["11112222333?", "111122223330"],
  ] as const) {
    it(`finds ${id} to cover some accounts only`, () => {
      const policy = policyOf("own", { ...grant, Resource: `arn:aws:sts::${id}:self` });
      const { accounts, grantedBy, reasons } = answer({ identityPolicies: [policy] });
      assert.deepEqual({ accounts, grantedBy }, { accounts: "some", grantedBy: ["statement 0 of own"] });
      assert.deepEqual(reasons, [
        "nothing in the identity-based policies allows sts:SetContext on arn:aws:sts::*:self",
      ]);
      assert.equal(answer({ identityPolicies: [policy], account }).accounts, "every");
      assert.equal(answer({ identityPolicies: [policy], account: "999999999999" }).accounts, "none");
    });
  }

  const denials: readonly (readonly [string, object])[] = [
    ["of the action", { Effect: "Deny", Action: "sts:SetContext", Resource: "*" }],
    ["of all actions of sts", { Effect: "Deny", Action: "sts:*", Resource: "*" }],
    ["on the session", { Effect: "Deny", Action: "*", Resource: grant.Resource }],
    ["by NotAction", { Effect: "Deny", NotAction: ["s3:*", "sts:AssumeRole"], Resource: "*" }],
    ["by NotResource", { Effect: "Deny", Action: "sts:*", NotResource: "arn:aws:iam::*:role/*" }],
  ];
  for (const [how, statement] of denials) {
    it(`names the Deny that takes it away ${how}`, () => {
      assert.deepEqual(answer({ identityPolicies: [policyOf("own", { ...statement, Sid: "No" }, grant)] }), {
        accounts: "none",
        grantedBy: ["statement 1 of own"],
        takenAwayBy: ["statement 0 (No) of own"],
        leftOutBy: [],
        reasons: ["statement 0 (No) of own denies sts:SetContext on arn:aws:sts::*:self"],
      });
    });
  }

  it("names a Deny that would take it away, where nothing grants it", () => {
    const policy = policyOf("own", { Effect: "Deny", NotAction: "s3:*", Resource: "*" });
    const { grantedBy, takenAwayBy } = answer({ identityPolicies: [policy] });
    assert.deepEqual({ grantedBy, takenAwayBy }, { grantedBy: [], takenAwayBy: ["statement 0 of own"] });
  });

  it("finds it taken away in some accounts by a Deny that names one", () => {
    const policy = policyOf("own", grant, { ...grant, Effect: "Deny", Resource: "arn:aws:sts::111122223333:self" });
    assert.deepEqual(answer({ identityPolicies: [policy] }), {
      accounts: "some",
      grantedBy: ["statement 0 of own"],
      takenAwayBy: ["statement 1 of own"],
      leftOutBy: [],
      reasons: ["statement 1 of own denies sts:SetContext on arn:aws:sts::111122223333:self"],
    });
  });

  it("finds it left in some accounts by a Deny whose NotResource names one", () => {
    const notResource = "arn:aws:sts::111122223333:self";
    const policy = policyOf("own", grant, { Effect: "Deny", Action: "sts:*", NotResource: notResource });
    assert.equal(answer({ identityPolicies: [policy] }).accounts, "some");
    assert.equal(answer({ identityPolicies: [policy], account: "111122223333" }).accounts, "every");
  });

  it("does not mind a Deny that leaves it out", () => {
    const policy = policyOf("own", grant, { Effect: "Deny", NotAction: "sts:*", Resource: "*" });
    const { accounts, takenAwayBy, leftOutBy } = answer({ identityPolicies: [policy] });
    assert.deepEqual({ accounts, takenAwayBy, leftOutBy }, { accounts: "every", takenAwayBy: [], leftOutBy: [] });
  });

  it("is undecided about a Deny with a condition, naming what it depends on", () => {
    const policy = policyOf("own", grant, { Effect: "Deny", ...everything, ...withoutMfa, Sid: "NoMfa" });
    assert.deepEqual(answer({ identityPolicies: [policy] }), {
      accounts: "undecided",
      grantedBy: ["statement 0 of own"],
      takenAwayBy: [],
      leftOutBy: [],
      reasons: [`statement 1 (NoMfa) of own may apply or not: ${unknownMfa}`],
    });
  });

  it("decides about a condition by what it is told of the request", () => {
    const identityPolicies = [policyOf("own", grant, { Effect: "Deny", ...everything, ...withoutMfa })];
    const withMfa = answer({ identityPolicies, context: { "aws:MultiFactorAuthPresent": "true" } });
    assert.equal(withMfa.accounts, "every");
    const complete = answer({ identityPolicies, contextIsComplete: true });
    assert.deepEqual([complete.accounts, complete.takenAwayBy], ["none", ["statement 1 of own"]]);
  });

  it("names the boundary that does not allow it, and the NotAction that leaves it out", () => {
    const boundary = policyOf("boundary", { Effect: "Allow", NotAction: ["iam:*", "sts:*"], Resource: "*" });
    assert.deepEqual(answer({ identityPolicies: [policyOf("own", grant)], permissionsBoundary: boundary }), {
      accounts: "none",
      grantedBy: ["statement 0 of own"],
      takenAwayBy: [],
      leftOutBy: ["statement 0 of boundary"],
      reasons: ["nothing in the permissions boundary boundary allows sts:SetContext on arn:aws:sts::*:self"],
    });
  });

  it("names the NotResource that leaves it out, but no statement about another action", () => {
    const notResource = { Effect: "Allow", NotResource: "arn:aws:sts::*:*" };
    const policy = policyOf("own", { ...notResource, Action: "sts:*" }, { ...notResource, Action: "s3:*" });
    assert.deepEqual(answer({ identityPolicies: [policy] }).leftOutBy, ["statement 0 of own"]);
  });

  it("names the NotResource that leaves one account out", () => {
    const oneAccount = { Effect: "Allow", Action: "sts:*", NotResource: "arn:aws:sts::111122223333:self" };
    const { accounts, leftOutBy } = answer({ identityPolicies: [policyOf("own", oneAccount)] });
    assert.deepEqual([accounts, leftOutBy], ["some", ["statement 0 of own"]]);
  });

  it("tells a reason once that is the same for several accounts", () => {
    const resource = ["arn:aws:sts::111122223333:self", "arn:aws:sts::*:self"];
    const conditional = { ...grant, Resource: resource, Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } } };
    assert.deepEqual(answer({ identityPolicies: [policyOf("own", conditional)] }).reasons, [
      `statement 0 of own may apply or not: ${unknownMfa}`,
    ]);
  });

  it("names a boundary's Deny, and one of a service control policy", () => {
    const deny = { Effect: "Deny", Action: "sts:*", Resource: "*" };
    const boundary = policyOf("boundary", { Effect: "Allow", ...everything }, deny);
    const serviceControlPolicies = [[policyOf("scp", { Effect: "Allow", ...everything }, deny)]];
    const question = {
      identityPolicies: [policyOf("own", grant)],
      permissionsBoundary: boundary,
      serviceControlPolicies,
    };
    const { accounts, takenAwayBy } = answer(question);
    assert.deepEqual([accounts, takenAwayBy], ["none", ["statement 1 of boundary", "statement 1 of scp"]]);
  });

  it("finds it granted by AWS's pattern for roles only with IAM Identity Center as the provider", () => {
    const provider = "arn:aws:iam::aws:contextProvider/IdentityCenter";
    const hardened = {
      ...grant,
      Condition: {
        "ForAllValues:ArnEquals": { "sts:RequestContextProviders": [provider] },
        Null: { "sts:RequestContextProviders": "false" },
      },
    };
    const identityPolicies = [policyOf("own", hardened)];
    const accounts = (context?: Record<string, readonly string[] | null>) =>
      answer({ identityPolicies, context }).accounts;
    assert.equal(accounts(), "undecided");
    assert.equal(accounts({ "sts:RequestContextProviders": [provider] }), "every");
    assert.equal(accounts({ "sts:RequestContextProviders": null }), "none");
  });

  it("is undecided about an ARN with a colon missing", () => {
    const policy = policyOf("own", { ...grant, Resource: "arn:aws:sts:*:self" });
    assert.deepEqual(answer({ identityPolicies: [policy] }).reasons, [
      'statement 0 of own may apply or not: "arn:aws:sts:*:self" matches arn:aws:sts::*:self only if its wildcards reach beyond a colon',
    ]);
  });

  it("finds nothing granted without policies, or without statements", () => {
    const empty = parsed("own", { Version: "2012-10-17", Statement: [] });
    const policies: readonly (readonly Policy[])[] = [[], [empty]];
    assert.deepEqual(
      policies.map((identityPolicies) => answer({ identityPolicies }).accounts),
      ["none", "none"],
    );
  });
});

function answer(question: Omit<SetContextQuestion, "partition"> & { readonly partition?: string }) {
  const { grantedBy, takenAwayBy, leftOutBy, ...rest } = grantsSetContext({ partition: "aws", ...question });
  const [granted, taken, leftOut] = [grantedBy, takenAwayBy, leftOutBy].map((statements) => statements.map(nameOf));
  return { ...rest, grantedBy: granted, takenAwayBy: taken, leftOutBy: leftOut };
}
