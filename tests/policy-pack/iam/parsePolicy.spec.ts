import assert from "node:assert/strict";
import fc from "fast-check";
import { parsePolicy } from "../../../policy-pack/iam/parsePolicy";
import { parsed } from "./parsed";

const allow = { Effect: "Allow", Action: "sts:SetContext", Resource: "*" };

describe("parsePolicy", () => {
  it("reads every element, and lists where there is one value", () => {
    const document = {
      Version: "2012-10-17",
      Id: "mine",
      Statement: [
        { Sid: "One9", Effect: "Allow", Action: "sts:SetContext", Resource: ["arn:aws:sts::*:self"] },
        {
          Effect: "Deny",
          NotAction: ["iam:*"],
          NotResource: "*",
          Condition: { Bool: { "aws:SecureTransport": false }, StringLike: { "aws:username": ["a*", 5] } },
        },
      ],
    };
    const expected = {
      name: "mine",
      hasVariables: true,
      statements: [
        {
          index: 0,
          sid: "One9",
          effect: "Allow",
          action: { name: "Action", patterns: ["sts:SetContext"] },
          resource: { name: "Resource", patterns: ["arn:aws:sts::*:self"] },
        },
        {
          index: 1,
          effect: "Deny",
          action: { name: "NotAction", patterns: ["iam:*"] },
          resource: { name: "NotResource", patterns: ["*"] },
          condition: [
            { name: "Bool", keys: [{ key: "aws:SecureTransport", values: ["false"] }] },
            { name: "StringLike", keys: [{ key: "aws:username", values: ["a*", "5"] }] },
          ],
        },
      ],
    };
    assert.deepEqual(parsed("mine", document), expected);
    assert.deepEqual(parsed("mine", JSON.stringify(document)), expected);
  });

  it("takes elements that are undefined for absent", () => {
    const document = { Version: undefined, Statement: { ...allow, Sid: undefined, NotAction: undefined } };
    assert.deepEqual(parsed("policy", document), parsed("policy", { Statement: allow }));
  });

  it("knows variables in version 2012-10-17 only", () => {
    assert.equal(parsed("policy", { Version: "2012-10-17", Statement: [] }).hasVariables, true);
    assert.equal(parsed("policy", { Version: "2008-10-17", Statement: [] }).hasVariables, false);
    assert.equal(parsed("policy", { Statement: [] }).hasVariables, false);
  });

  const wrong: readonly (readonly [what: string, document: unknown, ...problems: (readonly [string, string])[]])[] = [
    ["a document that is no object", 5, ["", "5"]],
    ["a document that is missing", undefined, ["", "nothing"]],
    ["a document that is a list", [allow], ["", '[{"Effect":"Allow","Action":"sts:SetContext","Resource":"*"}]']],
    [
      "an unknown element",
      { Version: "2012-10-17", Statements: [], Statement: [] },
      ["Statements", "the element Statements"],
    ],
    ["another version", { Version: "2020-01-01", Statement: [] }, ["Version", '"2020-01-01"']],
    ["a missing statement", { Version: "2012-10-17" }, ["Statement", "nothing"]],
    ["a statement that is a text", { Statement: "allow" }, ["Statement", '"allow"']],
    ["a statement of a list that is no object", { Statement: [allow, null] }, ["Statement[1]", "null"]],
    [
      "an unknown element of a statement",
      { Statement: { ...allow, Actions: "*" } },
      ["Statement.Actions", "the element Actions"],
    ],
    [
      "an element in another case of letters",
      { Statement: { ...allow, sid: "A" } },
      ["Statement.sid", "the element sid"],
    ],
    ["a principal", { Statement: { ...allow, Principal: "*" } }, ["Statement.Principal", "the element Principal"]],
    ["a missing effect", { Statement: { Action: "*", Resource: "*" } }, ["Statement.Effect", "nothing"]],
    [
      "an effect in another case of letters",
      { Statement: [{ ...allow, Effect: "allow" }] },
      ["Statement[0].Effect", '"allow"'],
    ],
    [
      "both Action and NotAction",
      { Statement: { ...allow, NotAction: "*" } },
      ["Statement", "both Action and NotAction"],
    ],
    [
      "neither Action nor NotAction",
      { Statement: { Effect: "Deny", Resource: "*" } },
      ["Statement", "neither Action nor NotAction"],
    ],
    [
      "both Resource and NotResource",
      { Statement: { ...allow, NotResource: "*" } },
      ["Statement", "both Resource and NotResource"],
    ],
    [
      "neither Resource nor NotResource",
      { Statement: { Effect: "Deny", Action: "*" } },
      ["Statement", "neither Resource nor NotResource"],
    ],
    [
      "an action without a service",
      { Statement: { ...allow, Action: "SetContext" } },
      ["Statement.Action", '"SetContext"'],
    ],
    [
      "an action with two colons",
      { Statement: { ...allow, Action: ["*", "sts:a:b"] } },
      ["Statement.Action[1]", '"sts:a:b"'],
    ],
    [
      "a wildcard within the service",
      { Statement: { ...allow, Action: "s*:Get*" } },
      ["Statement.Action", '"s*:Get*"'],
    ],
    [
      "an asterisk for a service whose action is named",
      { Statement: { ...allow, Action: ["*:*", "*:Untag*"] } },
      ["Statement.Action[1]", '"*:Untag*"'],
    ],
    ["an action that is no text", { Statement: { ...allow, Action: [7] } }, ["Statement.Action[0]", "7"]],
    [
      "an action that JSON cannot have",
      { Statement: { ...allow, Action: () => 1 } },
      ["Statement.Action", "a function"],
    ],
    ["an action that is null", { Statement: { ...allow, Action: null } }, ["Statement.Action", "null"]],
    ["a resource that is no ARN", { Statement: { ...allow, Resource: "bucket" } }, ["Statement.Resource", '"bucket"']],
    ["a Sid with other characters", { Statement: { ...allow, Sid: "a b" } }, ["Statement.Sid", '"a b"']],
    ["a Sid that is no text", { Statement: { ...allow, Sid: 1 } }, ["Statement.Sid", "1"]],
    [
      "a Sid that another statement has",
      { Statement: [{ ...allow, Sid: "A" }, allow, { ...allow, Sid: "A" }] },
      ["Statement[2].Sid", '"A", which Statement[0] has as well'],
    ],
    [
      "a condition that is no object",
      { Statement: { ...allow, Condition: ["Bool"] } },
      ["Statement.Condition", '["Bool"]'],
    ],
    [
      "an operator that is no object",
      { Statement: { ...allow, Condition: { Bool: "true" } } },
      ["Statement.Condition.Bool", '"true"'],
    ],
    ...["StringEqual", "stringEquals", "NullIfExists", "forAnyValue:StringEquals", "IfExists", "constructor"].map(
      (name) =>
        [
          `the operator ${name}, which IAM does not have`,
          { Statement: { ...allow, Condition: { [name]: { "aws:username": "a" } } } },
          [`Statement.Condition.${name}`, `the condition operator ${name}`],
        ] as const,
    ),
    [
      "a condition key without its prefix",
      { Statement: { ...allow, Condition: { Bool: { SecureTransport: "true" } } } },
      ["Statement.Condition.Bool.SecureTransport", "the condition key SecureTransport"],
    ],
    [
      "a condition key twice in different cases of letters",
      { Statement: { ...allow, Condition: { Bool: { "aws:Ab": "true", "AWS:aB": "true" } } } },
      ["Statement.Condition.Bool.AWS:aB", "the condition key AWS:aB beside aws:Ab"],
    ],
    [
      "a condition value that is an object",
      { Statement: { ...allow, Condition: { StringEquals: { "aws:a": ["b", { c: 1 }] } } } },
      ["Statement.Condition.StringEquals.aws:a[1]", '{"c":1}'],
    ],
    [
      "everything at once",
      {
        Version: 1,
        Statement: [
          { Effect: "No", Action: "x", Resource: "y" },
          { ...allow, Extra: 1 },
        ],
      },
      ["Version", "1"],
      ["Statement[0].Effect", '"No"'],
      ["Statement[0].Action", '"x"'],
      ["Statement[0].Resource", '"y"'],
      ["Statement[1].Extra", "the element Extra"],
    ],
  ];
  for (const [what, document, ...expected] of wrong) {
    it(`refuses ${what}, naming its path`, () => {
      const problems = parsePolicy("policy", document).problems ?? [];
      assert.deepEqual(
        problems.map(({ path, found }) => [path, found]),
        expected,
      );
    });
  }

  it("says what is allowed, and what to do, in the words of the place", () => {
    assert.deepEqual(parsePolicy("policy", { Statement: [{ ...allow, Effect: "allow" }] }).problems, [
      {
        path: "Statement[0].Effect",
        found: '"allow"',
        allowed: '"Allow" or "Deny"',
        toDo: "Write Allow or Deny, in this case of letters",
      },
    ]);
    assert.deepEqual(parsePolicy("policy", { Statement: { ...allow, NotPrincipal: "*" } }).problems, [
      {
        path: "Statement.NotPrincipal",
        found: "the element NotPrincipal",
        allowed: "Sid, Effect, Action, NotAction, Resource, NotResource, Condition",
        toDo: "Remove it: only trust policies and other resource-based policies have principals",
      },
    ]);
  });

  it("takes every operator that IAM documents, with what may stand before and after it", () => {
    const comparing = ["Equals", "NotEquals", "LessThan", "LessThanEquals", "GreaterThan", "GreaterThanEquals"];
    const operators = [
      ...["StringEquals", "StringNotEquals", "StringEqualsIgnoreCase", "StringNotEqualsIgnoreCase", "StringLike"],
      ...["StringNotLike", "Bool", "BinaryEquals", "IpAddress", "NotIpAddress"],
      ...["ArnEquals", "ArnLike", "ArnNotEquals", "ArnNotLike"],
      ...["Numeric", "Date"].flatMap((type) => comparing.map((each) => type + each)),
    ].flatMap((each) => [each, `${each}IfExists`]);
    const all = [...operators, "Null"].flatMap((each) => [each, `ForAllValues:${each}`, `ForAnyValue:${each}`]);
    const condition = Object.fromEntries(all.map((name) => [name, { "aws:username": "a" }]));
    assert.deepEqual(parsePolicy("policy", { Statement: { ...allow, Condition: condition } }).problems, undefined);
  });

  it("names the operators nearest to one that IAM does not have, with what stands before and after it", () => {
    const toDo = (name: string) =>
      parsePolicy("policy", { Statement: { ...allow, Condition: { [name]: { "aws:a": "b" } } } }).problems?.[0]?.toDo;
    assert.equal(toDo("StringEqual"), "Write StringEquals or StringEqualsIgnoreCase");
    assert.equal(toDo("stringequals"), "Write StringEquals");
    assert.equal(toDo("NullIfExists"), "Write Null");
    assert.equal(toDo("forAnyValues:ArnLikeifexists"), "Write ForAnyValue:ArnLikeIfExists");
    assert.match(toDo("Matches") ?? "", /^Write one of StringEquals, StringNotEquals, .*, ArnNotLike, Null$/);
  });

  it("says what is allowed, and what to do, of every problem", () => {
    for (const [what, document] of wrong) {
      for (const { allowed, toDo } of parsePolicy("policy", document).problems ?? []) {
        assert.ok(allowed !== "" && /^[A-Z].*[^.]$/.test(toDo), what);
      }
    }
  });

  it("refuses a text that is not JSON with what the parser says of it", () => {
    assert.deepEqual(parsePolicy("policy", '{ "Version": }').problems, [
      {
        path: "",
        found: `text that is not JSON: Unexpected token '}', "{ "Version": }" is not valid JSON`,
        allowed: "a policy document in JSON",
        toDo: "Write it as the IAM JSON policy language has it",
      },
    ]);
  });

  it("shows only the beginning of a long value", () => {
    const shown = (resource: string) =>
      parsePolicy("policy", { Statement: { ...allow, Resource: resource } }).problems?.map(({ found }) => found);
    assert.deepEqual(shown("a".repeat(78)), [`"${"a".repeat(78)}"`]);
    assert.deepEqual(shown("a".repeat(79)), [`"${"a".repeat(76)}...`]);
  });

  it("has a policy or problems for whatever it is given, never an exception", () => {
    const element = fc.oneof(fc.jsonValue(), fc.constantFrom("Allow", "Deny", "*", "sts:*", [], {}));
    const names = ["Sid", "Effect", "Action", "NotAction", "Resource", "NotResource", "Condition", "Principal"];
    const statement = fc.dictionary(fc.constantFrom(...names), element);
    const document = fc.record({ Version: element, Statement: fc.oneof(element, statement, fc.array(statement)) });
    fc.assert(
      fc.property(fc.oneof(document, fc.jsonValue(), fc.string()), (given) => {
        const { policy, problems } = parsePolicy("policy", given);
        assert.equal(policy === undefined, (problems ?? []).length > 0);
      }),
    );
  });
});
