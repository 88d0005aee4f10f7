import assert from "node:assert/strict";
import { withSetContext } from "../../../components/grants/policyDocument";
import { inlinePolicyLimit, nonBlankBytes } from "../../../components/settings/policyDocumentSection";
import { permissionSetArn, withKey, withPermissionSet, refusalOf, problems, policy, allow, many } from "./refusals";

describe("settings of permission sets", () => {
  const refused: [string, object, string][] = [
    ["a description in another script than Latin", { description: "開発者" }, "description"],
    ["a description of 701 characters", { description: "x".repeat(701) }, "description"],
    ["an empty description", { description: "" }, "description"],
    ["a session of less than an hour", { sessionDuration: "PT59M" }, "sessionDuration"],
    ["a session of more than twelve hours", { sessionDuration: "PT12H1M" }, "sessionDuration"],
    ["a relay state of 241 characters", { relayState: "x".repeat(241) }, "relayState"],
    ["a relay state with a backslash", { relayState: "https:\\\\example.com" }, "relayState"],
    ["26 managed policies", { managedPolicies: many(26).map((i) => `P${i}`) }, "managedPolicies"],
    [
      "26 policies of both kinds",
      {
        managedPolicies: many(13).map((i) => `P${i}`),
        customerManagedPolicies: many(13).map((i) => ({ name: `P${i}` })),
      },
      "managedPolicies",
    ],
    [
      "25 policies beside the one of Amazon Q",
      { managedPolicies: many(25).map((i) => `P${i}`), amazonQ: true },
      "managedPolicies",
    ],
    ["Amazon Q by a text", { amazonQ: "yes" }, "amazonQ"],
    ["Amazon Q of a set that is managed elsewhere", { existing: true, amazonQ: true }, "amazonQ"],
    [
      "a policy given by name and by ARN",
      { managedPolicies: ["A", "arn:aws:iam::aws:policy/A"] },
      "managedPolicies[1]",
    ],
    ["a policy given twice", { managedPolicies: ["A", "A"] }, "managedPolicies[1]"],
    [
      "a customer's policy among the AWS managed",
      { managedPolicies: ["arn:aws:iam::111111111111:policy/A"] },
      "managedPolicies[0]",
    ],
    [
      "a path that does not end with a slash",
      { customerManagedPolicies: [{ name: "A", path: "/platform" }] },
      "customerManagedPolicies[0].path",
    ],
    [
      "two customer managed policies of one name",
      { customerManagedPolicies: [{ name: "A" }, { name: "A", path: "/b/" }] },
      "customerManagedPolicies[1]",
    ],
    ["a boundary of neither form", { permissionsBoundary: {} }, "permissionsBoundary"],
    [
      "a boundary of both forms",
      { permissionsBoundary: { managedPolicy: "A", customerManagedPolicy: { name: "B" } } },
      "permissionsBoundary",
    ],
    ["an inline policy as text", { inlinePolicy: "{}" }, "inlinePolicy"],
    [
      "a policy version that YAML made a date of",
      { inlinePolicy: { Version: "2012-10-17 00:00:00 +0000 UTC", Statement: [] } },
      "inlinePolicy.Version",
    ],
    ["a statement without an effect", policy({ Action: "*", Resource: "*" }), "inlinePolicy.Statement[0].Effect"],
    ["a statement with both Action and NotAction", policy({ ...allow, NotAction: "*" }), "inlinePolicy.Statement[0]"],
    ["a statement without a resource", policy({ Effect: "Allow", Action: "*" }), "inlinePolicy.Statement[0]"],
    ["a statement with a principal", policy({ ...allow, Principal: "*" }), "inlinePolicy.Statement[0].Principal"],
    ["an action without its service", policy({ ...allow, Action: "GetObject" }), "inlinePolicy.Statement[0].Action"],
    ["one bad action of a list", policy({ ...allow, Action: ["*", "Get"] }), "inlinePolicy.Statement[0].Action[1]"],
    [
      "a wildcard within the service",
      policy({ ...allow, Action: "s?s:SetContext" }),
      "inlinePolicy.Statement[0].Action",
    ],
    ["any service's action", policy({ ...allow, Action: ["s3:*", "*:Get*"] }), "inlinePolicy.Statement[0].Action[1]"],
    [
      "a condition operator that IAM does not have",
      policy({ ...allow, Condition: { StringEqual: { "aws:username": "a" }, Bool: { "aws:SecureTransport": true } } }),
      "inlinePolicy.Statement[0].Condition.StringEqual",
    ],
    ["a resource that is no ARN", policy({ ...allow, Resource: "bucket" }), "inlinePolicy.Statement[0].Resource"],
    [
      "a Sid twice",
      {
        inlinePolicy: {
          Version: "2012-10-17",
          Statement: [
            { ...allow, Sid: "A" },
            { ...allow, Sid: "A" },
          ],
        },
      },
      "inlinePolicy.Statement[1].Sid",
    ],
    ["a policy in another script than Latin", policy({ ...allow, Resource: "arn:aws:s3:::開" }), "inlinePolicy"],
    ["a tag key with a space", { tags: { "cost centre": "1" } }, 'tags["cost centre"]'],
    ["a tag's value with a space", { tags: { team: "the platform" } }, "tags.team"],
    ["51 tags", { tags: Object.fromEntries(many(51).map((i) => [`t${i}`, "1"])) }, "tags"],
    ["an import that is no permission set", { import: "arn:aws:sso:::instance/ssoins-1234567890abcdef" }, "import"],
    ["settings of a set that is existing", { existing: true, sessionDuration: "PT8H" }, "sessionDuration"],
    ["the import of a set that is existing", { existing: true, import: permissionSetArn }, "import"],
    ["an assignment to nobody", { assignments: [{ accounts: ["sandbox"] }] }, "assignments[0]"],
    [
      "a user name with a space",
      { assignments: [{ users: ["a b"], accounts: ["sandbox"] }] },
      "assignments[0].users[0]",
    ],
  ];
  for (const [what, settings, path] of refused) {
    it(`refuse ${what}`, () => {
      const found = problems(withPermissionSet(settings)).map(([first]) => first);
      assert.deepEqual(found, [`identity-aware-sessions:permissionSets.Developer.${path}`]);
    });
  }
  it("name the operator nearest to one that IAM does not have, beside what else is wrong with the policy", () => {
    const Condition = { "ForAnyValue:StringsLike": { "aws:TagKeys": "a" } };
    const configuration = withPermissionSet(policy({ ...allow, Action: "s*:Get*", Condition }));
    const statement = "identity-aware-sessions:permissionSets.Developer.inlinePolicy.Statement[0]";
    assert.deepEqual(problems(configuration), [
      [
        `${statement}.Action`,
        '"s*:Get*"',
        "one action or a list of actions, each * or a service, without wildcards, and its action",
        'write for example "s3:GetObject" or ["s3:Get*"]',
      ],
      [
        `${statement}.Condition["ForAnyValue:StringsLike"]`,
        "the key ForAnyValue:StringsLike",
        "a condition operator of IAM, in its case of letters, for example StringEquals or ForAnyValue:StringLikeIfExists",
        "write ForAnyValue:StringLike or ForAnyValue:StringNotLike",
      ],
    ]);
  });
  it("take a session from one hour to twelve, in hours, minutes and seconds", () => {
    const isTaken = (sessionDuration: string) => refusalOf(withPermissionSet({ sessionDuration })) === undefined;
    const taken = ["PT1H", "PT60M", "PT3600S", "PT3600.5S", "PT1H30M15S", "PT720M", "PT43200S", "PT12H0M0S"];
    assert.deepEqual(taken.filter(isTaken), taken);
    const refused = [
      "PT",
      "PT1",
      "PT3599S",
      "PT3599.9S",
      "PT43201S",
      "PT12H1S",
      "P1D",
      "-PT1H",
      "PT1H30",
      "1H",
      "PT1M1H",
    ];
    assert.deepEqual(refused.filter(isTaken), []);
  });
  it("refuse two permission sets that import the same one, and one of another instance than the chosen", () => {
    const of = { import: permissionSetArn };
    const twice = problems(withKey("permissionSets", { A: of, B: of }));
    assert.deepEqual(
      twice.map(([path]) => path),
      ["identity-aware-sessions:permissionSets.B.import"],
    );
    const arn = "arn:aws:sso:::instance/ssoins-fedcba0987654321";
    const foreign = problems({ ...withPermissionSet(of), "identity-aware-sessions:instance": JSON.stringify({ arn }) });
    assert.deepEqual(
      foreign.map(([path]) => path),
      ["identity-aware-sessions:permissionSets.Developer.import"],
    );
  });
  describe("the size of an inline policy", () => {
    /** A policy of so many bytes that are not blank. */
    function sized(bytes: number, filler = "x") {
      const of = (resource: string) => ({ ...policy({ ...allow, Resource: `arn:${resource}` }) });
      const empty = nonBlankBytes(of("").inlinePolicy);
      return of(filler.repeat((bytes - empty) / Buffer.byteLength(filler)));
    }

    it("may be 10,080 bytes that are not blank, however many are", () => {
      assert.equal(refusalOf(withPermissionSet(sized(10_080))), undefined);
      const { inlinePolicy } = policy({ ...allow, Resource: `arn:${" ".repeat(12_000)}x` });
      assert.equal(refusalOf(withPermissionSet({ inlinePolicy })), undefined);
    });

    it("may not be more, in bytes and not in characters", () => {
      assert.deepEqual(problems(withPermissionSet(sized(10_081))), [
        [
          "identity-aware-sessions:permissionSets.Developer.inlinePolicy",
          "10,081 non-blank bytes",
          "10,240 non-blank bytes at most, and 10,080 where the policy does not grant sts:SetContext by itself: the rest is kept for the statement that does",
          "move some of it into customerManagedPolicies, or split the permission set",
        ],
      ]);
      assert.match(refusalOf(withPermissionSet(sized(10_092, "é"))) ?? "", /non-blank bytes/);
    });

    it("may be 10,240 bytes where the policy grants sts:SetContext by itself, which adds nothing to it", () => {
      const granting = (bytes: number, partition = "aws") => {
        const setContext = { Effect: "Allow", Action: "sts:*", Resource: `arn:${partition}:sts::*:self` };
        const bulk = (resource: string) => ({ ...allow, Resource: `arn:${resource}` });
        const of = (resource: string) => {
          return { inlinePolicy: { Version: "2012-10-17", Statement: [setContext, bulk(resource)] } };
        };
        return withPermissionSet(of("x".repeat(bytes - nonBlankBytes(of("").inlinePolicy))));
      };
      assert.equal(refusalOf(granting(10_240)), undefined);
      assert.equal(refusalOf(granting(10_240, "aws-cn")), undefined);
      assert.match(refusalOf(granting(10_241)) ?? "", /found: {3}10,241 non-blank bytes\n/);
    });

    it("leaves room for the nine permissions in the set that delivers them", () => {
      const enabling = {
        ...withPermissionSet(sized(9_900)),
        ...withKey("switch", { enablerPermissionSet: "Developer" }),
      };
      const [[path, found] = [], ...others] = problems(enabling);
      assert.deepEqual([path, others], ["identity-aware-sessions:permissionSets.Developer.inlinePolicy", []]);
      assert.match(found ?? "", /^10,\d{3} non-blank bytes with them$/);
      assert.equal(refusalOf({ ...enabling, ...withPermissionSet(sized(9_000)) }), undefined);
    });

    it("leaves room for the statement that grants sts:SetContext", () => {
      const own = { Version: "2012-10-17", Statement: [] };
      const grown = nonBlankBytes(withSetContext(own, "aws-us-gov")) - nonBlankBytes(own);
      assert(grown + ",".length <= inlinePolicyLimit.keptForSetContext, `${grown}`);
    });
  });
  it("refuse a permission set's name that IAM Identity Center does not take", () => {
    assert.deepEqual(problems(withKey("permissionSets", { "Dev eloper": {} })), [
      [
        'identity-aware-sessions:permissionSets["Dev eloper"]',
        "the key Dev eloper",
        "names of 1 to 32 letters, digits and +=,.@-_",
        "rename the permission set",
      ],
    ]);
  });
});
