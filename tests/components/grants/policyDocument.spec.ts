import assert from "node:assert/strict";
import fc from "fast-check";
import {
  managedPolicyArn,
  partitionOf,
  type PolicyDocument,
  policyText,
  withSetContext,
} from "../../../components/grants/policyDocument";

const setContext = {
  Sid: "IdentityAwareSessions",
  Effect: "Allow",
  Action: "sts:SetContext",
  Resource: "arn:aws:sts::*:self",
};

describe("withSetContext", () => {
  it("grants only sts:SetContext where there is no policy of the user's", () => {
    assert.deepEqual(withSetContext(undefined, "aws"), { Version: "2012-10-17", Statement: [setContext] });
  });

  it("puts the statement after the user's own", () => {
    const runTask = { Sid: "Run", Effect: "Allow", Action: ["ecs:RunTask"], Resource: "*" };
    assert.deepEqual(withSetContext({ Version: "2012-10-17", Id: "mine", Statement: [runTask] }, "aws"), {
      Version: "2012-10-17",
      Id: "mine",
      Statement: [runTask, setContext],
    });
  });

  it("takes a single statement that is not in a list", () => {
    const deny = { Effect: "Deny", Action: "s3:*", Resource: "*" };
    assert.deepEqual(withSetContext({ Version: "2012-10-17", Statement: deny }, "aws").Statement, [deny, setContext]);
  });

  it("names the session in the partition of the instance", () => {
    assert.deepEqual(withSetContext(undefined, "aws-us-gov").Statement, [
      { ...setContext, Resource: "arn:aws-us-gov:sts::*:self" },
    ]);
  });

  it("chooses another Sid where the user has taken its own", () => {
    const taken = { Sid: "IdentityAwareSessions", Effect: "Deny", Action: "s3:*", Resource: "*" };
    assert.deepEqual(withSetContext({ Version: "2012-10-17", Statement: [taken] }, "aws").Statement, [
      taken,
      { ...setContext, Sid: "IdentityAwareSessions2" },
    ]);
  });

  it("keeps every statement as written, and every Sid unique", () => {
    const sid = fc.constantFrom(
      undefined,
      "Mine",
      "IdentityAwareSessions",
      "IdentityAwareSessions2",
      "IdentityAwareSessions3",
    );
    const statements = fc.uniqueArray(fc.record({ Sid: sid, Effect: fc.constantFrom("Allow", "Deny") }), {
      selector: ({ Sid }) => Sid ?? Symbol("none"),
    });
    fc.assert(
      fc.property(statements, (given) => {
        const policy: PolicyDocument = { Version: "2012-10-17", Statement: given };
        const result = withSetContext(policy, "aws").Statement as { Sid?: string }[];
        assert.deepEqual(result.slice(0, -1), given);
        const sids = result.flatMap(({ Sid }) => Sid ?? []);
        assert.equal(new Set(sids).size, sids.length);
      }),
    );
  });
});

describe("managedPolicyArn", () => {
  it("completes a name, with or without a path, in the partition", () => {
    assert.equal(managedPolicyArn("ReadOnlyAccess", "aws"), "arn:aws:iam::aws:policy/ReadOnlyAccess");
    assert.equal(managedPolicyArn("job-function/Billing", "aws-cn"), "arn:aws-cn:iam::aws:policy/job-function/Billing");
  });

  it("leaves an ARN as written", () => {
    assert.equal(managedPolicyArn("arn:aws:iam::aws:policy/A", "aws-cn"), "arn:aws:iam::aws:policy/A");
  });
});

describe("partitionOf", () => {
  it("is the second part of an ARN", () => {
    assert.equal(partitionOf("arn:aws-us-gov:sso:::instance/ssoins-1234567890abcdef"), "aws-us-gov");
  });
});

describe("policyText", () => {
  it("is the same for the same policy, in whatever order its parts were written", () => {
    const one: PolicyDocument = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: ["b", "a"] }] };
    const other: PolicyDocument = { Statement: [{ Action: ["b", "a"], Effect: "Allow" }], Version: "2012-10-17" };
    assert.equal(policyText(one), '{"Statement":[{"Action":["b","a"],"Effect":"Allow"}],"Version":"2012-10-17"}');
    assert.equal(policyText(other), policyText(one));
  });
});
