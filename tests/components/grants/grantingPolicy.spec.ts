import assert from "node:assert/strict";
import fc from "fast-check";
import { parsePolicy } from "../../../policy-pack/iam/parsePolicy";
import type { Policy } from "../../../policy-pack/iam/policy";
import { grantsSetContext } from "../../../policy-pack/iam/setContext";
import { grantingPolicy, type PolicySettings } from "../../../components/grants/grantingPolicy";

const path = "identity-aware-sessions:permissionSets.Developer";
const runTask = { Effect: "Allow", Action: "ecs:RunTask", Resource: "*" };
const setContext = {
  Sid: "IdentityAwareSessions",
  Effect: "Allow",
  Action: "sts:SetContext",
  Resource: "arn:aws:sts::*:self",
};

function policy(...statements: object[]) {
  return { Version: "2012-10-17", Statement: statements };
}

function granting(settings: Partial<PolicySettings>, managedPolicy?: (name: string) => Policy | undefined) {
  return grantingPolicy(path, { managedPolicies: [], ...settings }, "aws", [], managedPolicy);
}

function problemsOf(inlinePolicy: object) {
  return granting({ inlinePolicy }).problems.map(({ path, found, toDo }) => ({ path, found, toDo }));
}

describe("grantingPolicy", () => {
  describe("adds sts:SetContext", () => {
    const lacking = {
      "to a policy that does not mention it": policy(runTask),
      "to a policy that grants it in one account only": policy({
        ...setContext,
        Sid: "One",
        Resource: "arn:aws:sts::111111111111:self",
      }),
      "to a policy that grants it in another partition": policy({
        ...setContext,
        Sid: "China",
        Resource: "arn:aws-cn:sts::*:self",
      }),
      "to a policy that grants it on a condition": policy({
        ...setContext,
        Sid: "Mfa",
        Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } },
      }),
      "to a policy that only names it in a Sid": policy({ ...runTask, Sid: "stsSetContext" }),
    };
    for (const [title, inlinePolicy] of Object.entries(lacking)) {
      it(title, () => {
        const { document, problems, notChecked } = granting({ inlinePolicy });
        assert.deepEqual(document, policy(...inlinePolicy.Statement, setContext));
        assert.deepEqual([problems, notChecked], [[], []]);
      });
    }

    it("where there is no policy", () => {
      assert.deepEqual(granting({}).document, policy(setContext));
    });
  });

  describe("leaves as written", () => {
    const already = {
      "a policy that grants just that": policy({ ...setContext, Sid: "Mine" }),
      "a policy that grants it by wildcards": policy({ ...runTask, Action: ["s3:GetObject", "STS:set*"] }),
      "a policy that allows everything": policy({ ...runTask, Action: "*" }),
      "a policy that grants it by leaving it out of NotAction": policy({
        Effect: "Allow",
        NotAction: ["iam:*"],
        Resource: "*",
      }),
      "a single statement that is not in a list": { Version: "2012-10-17", Statement: { ...setContext, Sid: "Mine" } },
    };
    for (const [title, inlinePolicy] of Object.entries(already)) {
      it(title, () => {
        assert.deepEqual(granting({ inlinePolicy }), { document: inlinePolicy, problems: [], notChecked: [] });
      });
    }

    it("a policy that allows everything, beside a Deny on a condition", () => {
      const Condition = { StringNotEquals: { "aws:RequestedRegion": "us-east-1" } };
      const inlinePolicy = policy(
        { ...runTask, Action: "*" },
        { Effect: "Deny", Action: "*", Resource: "*", Condition },
      );
      const { document, notChecked } = granting({ inlinePolicy });
      assert.deepEqual(document, inlinePolicy);
      assert.equal(notChecked.length, 1);
    });

    it("a set that grants it by a managed policy whose meaning does not change, with and without a policy of its own", () => {
      const managedPolicies = ["ReadOnlyAccess", "AdministratorAccess"];
      assert.deepEqual(granting({ managedPolicies }), { document: undefined, problems: [], notChecked: [] });
      assert.deepEqual(granting({ managedPolicies, inlinePolicy: policy(runTask) }).document, policy(runTask));
      const { document } = grantingPolicy(path, { managedPolicies }, "aws", [runTask]);
      assert.deepEqual(document, policy(runTask));
      const any = parsePolicy("Any", policy({ ...runTask, Action: "*" })).policy;
      assert.deepEqual(granting({ managedPolicies: ["Any"] }, () => any).document, policy(setContext));
    });

    it("nothing of what a Deny or a boundary takes away", () => {
      const managedPolicies = ["AdministratorAccess"];
      const denied = granting({
        managedPolicies,
        inlinePolicy: policy({ Effect: "Deny", Action: "*", Resource: "*" }),
      });
      assert.equal(denied.problems[0]?.path, `${path}.inlinePolicy.Statement[0]`);
      const bounded = granting({ managedPolicies, permissionsBoundary: { managedPolicy: "AWSDenyAll" } });
      assert.equal(bounded.problems[0]?.path, `${path}.permissionsBoundary`);
    });
  });

  describe("refuses what takes it away again", () => {
    it("a Deny, by its Sid and place", () => {
      const deny = { Sid: "NoSts", Effect: "Deny", Action: ["s3:*", "sts:*"], Resource: "*" };
      assert.deepEqual(granting({ inlinePolicy: policy(runTask, deny) }), {
        problems: [
          {
            path: `${path}.inlinePolicy.Statement[1]`,
            found: "statement 1 (NoSts) of inlinePolicy, which denies sts:SetContext",
            allowed:
              "no Deny of sts:SetContext on the session itself: it would take away what makes a console session identity-aware",
            toDo: "name the denied actions without sts:SetContext, or limit the statement's Resource",
          },
        ],
        notChecked: [],
      });
    });

    it("a Deny with NotAction", () => {
      assert.deepEqual(problemsOf(policy({ Effect: "Deny", NotAction: ["s3:*"], Resource: "*" })), [
        {
          path: `${path}.inlinePolicy.Statement[0]`,
          found: "statement 0 of inlinePolicy, which denies sts:SetContext",
          toDo: "add sts:SetContext to the statement's NotAction",
        },
      ]);
    });

    it("a Deny with NotResource, which is not in a list", () => {
      const Statement = { Effect: "Deny", Action: "*", NotResource: "arn:aws:s3:::bucket/*" };
      assert.deepEqual(problemsOf({ Version: "2012-10-17", Statement }), [
        {
          path: `${path}.inlinePolicy.Statement`,
          found: "statement 0 of inlinePolicy, which denies sts:SetContext",
          toDo: "add arn:aws:sts::*:self, the sessions, to the statement's NotResource",
        },
      ]);
    });

    it("a Deny on a condition that holds for every session of a permission set", () => {
      const deny = (Condition: object) => policy({ Effect: "Deny", Action: "sts:*", Resource: "*", Condition });
      for (const always of [
        { StringEquals: { "aws:PrincipalType": "AssumedRole" } },
        { StringNotEquals: { "aws:principaltype": ["User", "Account"] } },
        { Bool: { "aws:SecureTransport": "true" } },
        { BoolIfExists: { "aws:PrincipalIsAWSService": "false" } },
      ]) {
        assert.equal(problemsOf(deny(always))[0]?.path, `${path}.inlinePolicy.Statement[0]`, JSON.stringify(always));
      }
      const never = granting({ inlinePolicy: deny({ Bool: { "aws:SecureTransport": "false" } }) });
      assert.deepEqual([never.problems, never.notChecked], [[], []]);
    });

    it("a Deny in one account only", () => {
      const deny = { Effect: "Deny", Action: "sts:SetContext", Resource: "arn:aws:sts::111111111111:self" };
      assert.equal(problemsOf(policy(deny))[0]?.path, `${path}.inlinePolicy.Statement[0]`);
    });

    it("a Deny beside an Allow of the user's own", () => {
      const both = policy({ ...setContext, Sid: "Mine" }, { Effect: "Deny", Action: "*", Resource: "*" });
      assert.equal(problemsOf(both)[0]?.path, `${path}.inlinePolicy.Statement[1]`);
    });

    it("AWSDenyAll as a managed policy, or as the boundary", () => {
      const attached = granting({ managedPolicies: ["ReadOnlyAccess", "arn:aws:iam::aws:policy/AWSDenyAll"] });
      assert.deepEqual(
        attached.problems.map(({ path, found, toDo }) => ({ path, found, toDo })),
        [
          {
            path: `${path}.managedPolicies[1]`,
            found: "statement 0 (DenyAll) of managedPolicies[1], which denies sts:SetContext",
            toDo: "choose another policy",
          },
        ],
      );
      const boundary = granting({ permissionsBoundary: { managedPolicy: "AWSDenyAll" } });
      assert.equal(boundary.problems[0]?.path, `${path}.permissionsBoundary`);
    });

    it("a boundary that leaves it out, naming its NotAction", () => {
      const statement = { Sid: "NoSts", Effect: "Allow", NotAction: ["sts:*"], Resource: "*" };
      const known = parsePolicy("Narrow", policy(statement)).policy;
      const { problems } = granting({ permissionsBoundary: { managedPolicy: "Narrow" } }, () => known);
      assert.deepEqual(problems, [
        {
          path: `${path}.permissionsBoundary`,
          found:
            "nothing in the permissions boundary Narrow allows sts:SetContext on arn:aws:sts::*:self; " +
            "statement 0 (NoSts) of Narrow leaves it out",
          allowed: "a boundary that allows sts:SetContext on arn:aws:sts::*:self",
          toDo: "choose another boundary, for example PowerUserAccess, or none",
        },
      ]);
    });
  });

  describe("says what is not checked", () => {
    it("of a Deny on a condition", () => {
      const Condition = { StringNotEquals: { "aws:RequestedRegion": "us-east-1" } };
      const deny = { Sid: "Home", Effect: "Deny", Action: "*", Resource: "*", Condition };
      const { document, problems, notChecked } = granting({ inlinePolicy: policy(deny) });
      assert.deepEqual(document, policy(deny, setContext));
      assert.deepEqual(problems, []);
      assert.equal(notChecked.length, 1);
      assert.match(notChecked[0] ?? "", /^statement 0 \(Home\) of inlinePolicy .*aws:RequestedRegion/);
    });

    it("of boundaries that are not read, and nothing of those that allow it", () => {
      const notChecked = (permissionsBoundary: PolicySettings["permissionsBoundary"]) =>
        granting({ permissionsBoundary }).notChecked;
      assert.deepEqual(notChecked({ managedPolicy: "ReadOnlyAccess" }), [
        "the permissions boundary is ReadOnlyAccess, which is not read",
      ]);
      assert.deepEqual(notChecked({ customerManagedPolicy: { name: "Base", path: "/platform/" } }), [
        "the permissions boundary is the customer managed policy /platform/Base, which can be another policy in every account",
      ]);
      assert.deepEqual(notChecked({ managedPolicy: "PowerUserAccess" }), []);
      assert.deepEqual(notChecked({ managedPolicy: "arn:aws:iam::aws:policy/AdministratorAccess" }), []);
    });
  });

  it("adds further statements between the user's own and sts:SetContext", () => {
    const nine = { Sid: "Enable", Effect: "Allow", Action: "sso:CreateApplication", Resource: "*" };
    const inlinePolicy = policy({ ...runTask, Sid: "Enable" });
    const { document } = grantingPolicy(path, { managedPolicies: [], inlinePolicy }, "aws", [nine]);
    assert.deepEqual(document, policy({ ...runTask, Sid: "Enable" }, { ...nine, Sid: "Enable2" }, setContext));
  });

  it("takes a policy as text", () => {
    assert.deepEqual(granting({ inlinePolicy: JSON.stringify(policy(runTask)) }).document, policy(runTask, setContext));
  });

  it("refuses what is no policy, with the place in it", () => {
    assert.deepEqual(problemsOf(policy({ Effect: "Allow", Resource: "*" })), [
      {
        path: `${path}.inlinePolicy.Statement[0]`,
        found: "neither Action nor NotAction",
        toDo: "write either Action or NotAction",
      },
    ]);
    assert.equal(granting({ inlinePolicy: "{" }).problems[0]?.path, `${path}.inlinePolicy`);
  });

  it("refuses AWS managed policies of another partition than the instance's", () => {
    const foreign = "arn:aws-cn:iam::aws:policy/ReadOnlyAccess";
    const { problems } = granting({
      managedPolicies: ["ReadOnlyAccess", foreign],
      permissionsBoundary: { managedPolicy: foreign },
    });
    const rest = {
      found: `${foreign}, a policy of partition aws-cn`,
      allowed: "policies of the instance's partition, aws",
      toDo: "write the policy's name alone",
    };
    assert.deepEqual(problems, [
      { path: `${path}.managedPolicies[1]`, ...rest },
      { path: `${path}.permissionsBoundary.managedPolicy`, ...rest },
    ]);
  });

  it("refuses a policy that is too long with what is added to it", () => {
    const actions = (count: number) =>
      policy({ ...runTask, Action: Array.from({ length: count }, () => "ecs:RunTask") });
    assert.deepEqual(problemsOf(actions(730)), [
      {
        path: `${path}.inlinePolicy`,
        found: "10411 bytes with what is added to it",
        toDo: "move some of it to a customer managed policy",
      },
    ]);
    assert.deepEqual(problemsOf(actions(715)), []);
  });

  it("refuses a policy, wherever it comes from, with what IAM does not have, and names the nearest that it has", () => {
    const Condition = { StringEqualIfExists: { "aws:username": "alice" } };
    const statement = { Effect: "Allow", Action: ["s3:*", "s?s:SetContext"], Resource: "*", Condition };
    const inlinePolicy = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
    const { problems } = grantingPolicy(
      path,
      { managedPolicies: [], permissionsBoundary: undefined, inlinePolicy },
      "aws",
    );
    assert.deepEqual(
      problems.map(({ path: at, found, toDo }) => [at.slice(path.length), found, toDo]),
      [
        [
          ".inlinePolicy.Statement[0].Action[1]",
          '"s?s:SetContext"',
          "write the service's prefix, which has no wildcards, one colon and the action's name, which may have some",
        ],
        [
          ".inlinePolicy.Statement[0].Condition.StringEqualIfExists",
          "the condition operator StringEqualIfExists",
          "write StringEqualsIfExists or StringEqualsIgnoreCaseIfExists",
        ],
      ],
    );
  });

  it("refuses a policy, wherever it comes from, with characters that IAM Identity Center does not take", () => {
    const hyphen = "\u2011"; // looks like any other
    const document = {
      Version: "2012-10-17",
      Statement: { Effect: "Allow", Action: "s3:*", Resource: "arn:aws:s3:::a-é" },
    };
    const judge = (inlinePolicy: unknown) =>
      grantingPolicy(path, { managedPolicies: [], permissionsBoundary: undefined, inlinePolicy }, "aws");
    assert.deepEqual(judge(JSON.stringify(document)).problems, []);
    for (const form of [(policy: unknown) => policy, JSON.stringify]) {
      const wrong = form({ ...document, Statement: { ...document.Statement, Resource: `arn:aws:s3:::a${hyphen}b` } });
      assert.deepEqual(judge(wrong), {
        problems: [
          {
            path: `${path}.inlinePolicy`,
            found: `the character ${hyphen}`,
            allowed: "characters of Latin-1",
            toDo: "replace the others, which IAM Identity Center does not take in an inline policy",
          },
        ],
        notChecked: [],
      });
    }
  });

  it("gives every policy that it does not refuse the grant, or says what is not checked", () => {
    const action = fc.constantFrom("sts:SetContext", "sts:*", "*", "s3:*", "STS:setcontext");
    const resource = fc.constantFrom(
      "*",
      "arn:aws:sts::*:self",
      "arn:aws:sts::111111111111:self",
      "arn:aws:s3:::bucket",
    );
    const condition = fc.constantFrom(undefined, { Bool: { "aws:MultiFactorAuthPresent": "true" } });
    const statement = fc
      .record({
        Effect: fc.constantFrom("Allow", "Deny"),
        Condition: condition,
        action: fc.record({ name: fc.constantFrom("Action", "NotAction"), value: action }),
        resource: fc.record({ name: fc.constantFrom("Resource", "NotResource"), value: resource }),
      })
      .map(({ Effect, Condition, action, resource }) => ({
        Effect,
        [action.name]: action.value,
        [resource.name]: resource.value,
        ...(Condition !== undefined && { Condition }),
      }));
    fc.assert(
      fc.property(fc.array(statement, { minLength: 1, maxLength: 3 }), (statements) => {
        const { document, problems, notChecked } = granting({ inlinePolicy: policy(...statements) });
        assert.equal(document === undefined, problems.length > 0);
        if (document !== undefined) {
          assert.deepEqual((document.Statement as object[]).slice(0, statements.length), statements);
          const parsed = parsePolicy("result", document).policy;
          const grant = grantsSetContext({ partition: "aws", identityPolicies: [parsed ?? assert.fail()] });
          assert.equal(grant.accounts, notChecked.length > 0 ? "undecided" : "every");
        }
      }),
      { numRuns: 500 },
    );
  });

  it("refuses whatever is no policy, and never fails", () => {
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), fc.json()), (inlinePolicy) => {
        const { problems } = granting({ inlinePolicy });
        assert(problems.every(({ path: place }) => place.startsWith(`${path}.inlinePolicy`)));
        assert.notEqual(problems.length, 0);
      }),
    );
  });
});
