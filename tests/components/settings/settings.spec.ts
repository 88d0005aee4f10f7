import * as pulumi from "@pulumi/pulumi";
import assert from "node:assert/strict";
import { withSetContext } from "../../../components/grants/policyDocument";
import { inlinePolicyLimit, nonBlankBytes } from "../../../components/settings/policyDocumentSection";
import { loadSettings, parseSettings } from "../../../components/settings/settings";
import { defaultEnabledRegions, knownOptInRegions } from "../../../policy-pack/regions";

const roleArn = "arn:aws:iam::111111111111:role/platform/identity-center-admin";
const permissionSetArn = "arn:aws:sso:::permissionSet/ssoins-1234567890abcdef/ps-1234567890abcdef";

const minimal = { "aws:region": "us-east-1" };

function withKey(key: string, value: unknown): Record<string, string> {
  return { ...minimal, [`identity-aware-sessions:${key}`]: JSON.stringify(value) };
}

function withPermissionSet(settings: object): Record<string, string> {
  return withKey("permissionSets", { Developer: settings });
}

/** The message that a configuration is refused with, if it is. */
function refusalOf(configuration: Record<string, string>): string | undefined {
  try {
    parseSettings(configuration);
    return undefined;
  } catch (error) {
    assert(pulumi.RunError.isInstance(error), String(error));
    return error.message;
  }
}

/** The problems of a refused configuration as [path, found, allowed, to do]. */
function problems(configuration: Record<string, string>): string[][] {
  const [heading, ...texts] = (refusalOf(configuration) ?? "").trimEnd().split("\n\n");
  const count = texts.length === 1 ? "1 problem" : `${texts.length} problems`;
  assert.equal(heading, `The stack's configuration cannot be used: ${count}. Nothing was changed.`);
  return texts.map((text) => text.split(/\n {2}(?:found: {3}|allowed: |to do: {3})/));
}

describe("settings", () => {
  it("fill in every default of a stack that only states its Region", () => {
    assert.deepEqual(parseSettings(minimal), {
      connection: { region: "us-east-1" },
      instance: { enablePermissionSets: false, additionalRegions: [], importAccessControlAttributes: false },
      permissionSets: {},
      switch: { mode: "manage", onDestroy: "keep", enablers: [] },
      safety: { protect: true, maxRemovals: 20, endpoints: [], confirm: [] },
    });
  });

  it("keep everything that a stack states", () => {
    const developer = {
      description: "Builds and runs workloads",
      sessionDuration: "PT8H",
      relayState: "https://console.aws.amazon.com/q/",
      managedPolicies: ["ReadOnlyAccess"],
      customerManagedPolicies: [{ name: "Base", path: "/platform/" }],
      permissionsBoundary: { managedPolicy: "PowerUserAccess" },
      import: permissionSetArn,
      existing: false,
      inlinePolicy: { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "ecs:RunTask", Resource: "*" }] },
      tags: { team: "platform" },
      assignments: [{ groups: ["Developers"], users: ["alice"], accounts: ["payments-dev", "444444444444"] }],
    };
    const instance = {
      arn: "arn:aws:sso:::instance/ssoins-1234567890abcdef",
      accessControlAttributes: { CostCenter: ["${path:enterprise.costCenter}"] },
      importAccessControlAttributes: true,
      name: "example",
      kmsKeyArn: "arn:aws:kms:us-east-1:111111111111:key/mrk-1234567890abcdef1234567890abcdef",
      enablePermissionSets: true,
      additionalRegions: ["eu-west-1"],
    };
    const switchSettings = {
      mode: "manage",
      onDestroy: "deleteApplication",
      enabler: roleArn,
      enablers: ["deployer"],
      enablerPermissionSet: "Developer",
    };
    const safety = {
      protect: false,
      maxRemovals: 5,
      endpoints: ["aws.example.com"],
      confirm: ["enablePermissionSets", "removals", "ownAccess"],
    };
    const assumeRole = { roleArn, sessionName: "pulumi", externalId: "example" };
    const settings = parseSettings({
      ...withPermissionSet(developer),
      "aws:profile": "management",
      "aws:assumeRoles": JSON.stringify([assumeRole]),
      "identity-aware-sessions:instance": JSON.stringify(instance),
      "identity-aware-sessions:switch": JSON.stringify(switchSettings),
      "identity-aware-sessions:safety": JSON.stringify(safety),
    });
    assert.deepEqual(settings, {
      connection: { region: "us-east-1", profile: "management", assumeRole },
      instance,
      permissionSets: { Developer: developer },
      switch: switchSettings,
      safety,
    });
  });

  it("leave the configuration of other projects and of Pulumi itself alone", () => {
    const settings = parseSettings({ ...minimal, "other:key": "1", "pulumi:tags": '{"a":"b"}' });
    assert.deepEqual(settings, parseSettings(minimal));
  });

  it("refuse a stack without a Region", () => {
    assert.deepEqual(problems({}), [
      [
        "aws:region",
        "nothing",
        "the primary Region of the instance of IAM Identity Center, for example us-east-1",
        "run `pulumi config set aws:region us-east-1`, with your Region",
      ],
    ]);
  });

  for (const key of ["accessKey", "secretKey", "token"]) {
    it(`refuse a static aws:${key} without printing it`, () => {
      assert.deepEqual(problems({ ...minimal, [`aws:${key}`]: "canary" }), [
        [
          `aws:${key}`,
          "a static credential",
          "none: Pulumi would store it in the stack's state in plain text",
          "remove it (and replace the credential), and use the environment, aws:profile or a role instead",
        ],
      ]);
    });
  }

  for (const key of ["AWS:secretKey", "aws:SecretKey", "aws-native:accessKey", "Aws-Natve:token"]) {
    it(`refuse a static credential under ${key}, too`, () => {
      assert.deepEqual(
        problems({ ...minimal, [key]: "canary" }).map(([path, found]) => [path, found]),
        [[key, "a static credential"]],
      );
    });
  }

  it("refuse a section of its own for aws-native, which could act as another account", () => {
    assert.deepEqual(problems({ ...minimal, "aws-native:region": "eu-west-1" }), [
      [
        "aws-native:region",
        "a value",
        "no keys of aws-native",
        "remove it: the whole stack follows the aws: section, so that all its parts act as the same account",
      ],
    ]);
  });

  it("refuse unknown keys, and name for each the nearest known one", () => {
    const configuration = {
      ...withPermissionSet({ managedPolices: [], asignments: [], colour: "red" }),
      "aws:regoin": "us-east-1",
      "identity-aware-sessions:swich": "{}",
    };
    const advice = problems(configuration).map(([path = "", found, , toDo]) => [path.split(".").at(-1), found, toDo]);
    assert.deepEqual(advice, [
      ["aws:regoin", "the key regoin", "write region"],
      ["managedPolices", "the key managedPolices", "write managedPolicies"],
      ["asignments", "the key asignments", "write assignments"],
      ["colour", "the key colour", "remove it"],
      ["identity-aware-sessions:swich", "the key swich", "write switch"],
    ]);
  });

  it("tell the keys that there are", () => {
    assert.deepEqual(problems(withKey("safety", { maxremovals: 1 })), [
      [
        "identity-aware-sessions:safety.maxremovals",
        "the key maxremovals",
        "the keys protect, maxRemovals, endpoints, confirm",
        "write maxRemovals",
      ],
    ]);
  });

  const followsAws =
    "remove it: the whole stack follows the aws: section, so that all its parts act as the same account";
  const namespaces = [
    ["identity-aware-session", "switch", "identity-aware-sessions", "write identity-aware-sessions:switch"],
    ["Identity-Aware-Sessions", "switch", "identity-aware-sessions", "write identity-aware-sessions:switch"],
    ["AWS", "profile", "aws", "write aws:profile"],
    ["asw", "profile", "aws", "write aws:profile"],
    ["aws-natve", "region", "aws", followsAws],
    ["AWS-Native", "region", "aws", followsAws],
  ] as const;
  for (const [namespace, key, allowed, toDo] of namespaces) {
    it(`refuse the namespace ${namespace}, which is nearly one that is read`, () => {
      assert.deepEqual(problems({ ...minimal, [`${namespace}:${key}`]: "{}" }), [
        [`${namespace}:${key}`, `the namespace ${namespace}`, `the namespace ${allowed}`, toDo],
      ]);
    });
  }

  it("leave the namespaces of others alone, however like these they are", () => {
    const others = ["awsx:a", "awscc:region", "aws-apigateway:a", "azure:a", "gcp:project", "app:name", "api:token"];
    const configuration = { ...minimal, ...Object.fromEntries(others.map((key) => [key, "1"])) };
    assert.deepEqual(parseSettings(configuration), parseSettings(minimal));
  });

  it("name the key of which an unknown one is a part", () => {
    const configuration = {
      ...withPermissionSet({ duration: "PT8H", boundary: {}, policies: [] }),
      ...withKey("instance", { kmsKey: "", regions: [], attributes: {} }),
      ...withKey("safety", { max: 3 }),
    };
    const advice = problems(configuration).map(([path = "", , , toDo]) => [path.split(".").at(-1), toDo]);
    assert.deepEqual(advice, [
      ["kmsKey", "write kmsKeyArn"],
      ["regions", "write additionalRegions"],
      ["attributes", "write accessControlAttributes or importAccessControlAttributes"],
      ["duration", "write sessionDuration"],
      ["boundary", "write permissionsBoundary"],
      ["policies", "write managedPolicies or customerManagedPolicies"],
      ["max", "write maxRemovals"],
    ]);
  });

  const regions = [
    ["aws:region", "us-esat-1", "write us-east-1 or us-west-1 or us-east-2"],
    ["aws:region", "us-east-3", "write us-east-1 or us-east-2 or sa-east-1"],
    ["aws:region", "US-EAST-1", "write us-east-1"],
    ["aws:region", "Frankfurt", "run `pulumi config set aws:region us-east-1`, with your Region"],
    ["additionalRegions[0]", "eu-west-9", "write eu-west-1 or eu-west-2 or eu-west-3"],
    ["additionalRegions[0]", "eu-wset-1", "write eu-west-1 or eu-west-2 or eu-west-3"],
    ["aws:region", "", "run `pulumi config set aws:region us-east-1`, with your Region"],
    ["additionalRegions[0]", "Frankfurt", "write for example eu-west-1"],
  ] as const;
  const inRegion = (key: string, name: string) =>
    key === "aws:region" ? { "aws:region": name } : withKey("instance", { additionalRegions: [name] });
  for (const [key, name, advice] of regions) {
    it(`refuse ${name} as ${key}, a Region that there is not, with the near ones`, () => {
      const [[path, found, , toDo] = [], ...more] = problems(inRegion(key, name));
      const section = key === "aws:region" ? "" : "identity-aware-sessions:instance.";
      assert.deepEqual([path, found, toDo, more], [section + key, `"${name}"`, advice, []]);
    });
  }

  it("take every Region that there is, opt-in or of another partition, and as an additional one those that may be new", () => {
    const known = [...defaultEnabledRegions, ...knownOptInRegions];
    const elsewhere = [
      "cn-north-1",
      "cn-northwest-1",
      "us-gov-west-1",
      "us-iso-east-1",
      "us-isob-east-1",
      "eusc-de-east-1",
    ];
    for (const name of [...known, ...elsewhere]) {
      assert.equal(refusalOf(inRegion("aws:region", name)), undefined, name);
    }
    for (const name of [...known.filter((each) => each !== "us-east-1"), "eu-west-4", "ap-southeast-8", "nz-north-1"]) {
      assert.equal(refusalOf(inRegion("additionalRegions[0]", name)), undefined, name);
    }
  });

  it("refuse keys that JavaScript gives a meaning of its own, wherever they stand", () => {
    const refused = (text: string, keys: string) => {
      const permissionSets = { "identity-aware-sessions:permissionSets": text };
      assert.deepEqual(problems({ ...minimal, ...permissionSets }), [
        [
          "identity-aware-sessions:permissionSets",
          `the key ${keys} in it`,
          "any other name: JavaScript gives these a meaning of their own",
          "rename what is called so",
        ],
      ]);
    };
    refused('{"__proto__":{"sessionDuration":"PT1H"}}', "__proto__");
    refused('{"constructor":{}, "toString":{}, "A":{"tags":{"valueOf":"x"}}}', "constructor, toString, valueOf");
  });

  it("measure lists alone, and not a text in the place of one", () => {
    const regions = withKey("instance", { additionalRegions: "eu-west-1, eu-central-1" });
    assert.deepEqual(
      problems(regions).map(([path, found]) => [path, found]),
      [["identity-aware-sessions:instance.additionalRegions", '"eu-west-1, eu-central-1"']],
    );
    const attributes = withKey("instance", { accessControlAttributes: { Team: "${user:x}" } });
    assert.equal(problems(attributes).length, 1);
    assert.equal(problems({ ...minimal, "aws:assumeRoles": "admin" }).length, 1);
  });

  it("tell every problem of a stack at once", () => {
    const configuration = {
      ...withPermissionSet({
        sessionDuration: "8 hours",
        assignments: [{ groups: ["Developers"], accounts: [222222222222] }, { users: ["alice"] }],
      }),
      "identity-aware-sessions:switch": '{"onDestroy":"drop"}',
    };
    assert.deepEqual(problems(configuration), [
      [
        "identity-aware-sessions:permissionSets.Developer.sessionDuration",
        '"8 hours"',
        "an ISO 8601 duration from PT1H to PT12H",
        "write for example PT8H for eight hours",
      ],
      [
        "identity-aware-sessions:permissionSets.Developer.assignments[0].accounts[0]",
        "222222222222",
        "an account's name or 12-digit id, 1 to 50 characters of ASCII",
        'write it as AWS has it, in quotes, for example "222222222222"',
      ],
      [
        "identity-aware-sessions:permissionSets.Developer.assignments[1]",
        '{"users":["alice"]}',
        "at least one account",
        "name the accounts in accounts, or remove the assignment",
      ],
      [
        "identity-aware-sessions:switch.onDestroy",
        '"drop"',
        "keep or deleteApplication",
        "write keep to leave the sessions on when the stack is destroyed",
      ],
    ]);
  });

  const policy = (statement: object) => ({ inlinePolicy: { Version: "2012-10-17", Statement: [statement] } });
  const allow = { Effect: "Allow", Action: "s3:GetObject", Resource: "*" };
  const many = (count: number) => Array.from({ length: count }, (_, i) => i);
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
      { inlinePolicy: { Version: "2012-10-17T00:00:00Z", Statement: [] } },
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

  it("tell what is wrong between settings beside a wrong entry of a list", () => {
    const instance = JSON.stringify({ additionalRegions: ["Europe", "us-east-1"] });
    assert.deepEqual(
      problems({ "aws:region": "us-east-1", "identity-aware-sessions:instance": instance }).map(([path]) => path),
      [
        "identity-aware-sessions:instance.additionalRegions[0]",
        "identity-aware-sessions:instance.additionalRegions[1]",
      ],
    );
  });

  const kmsKeyArn = (region: string, id = "12345678-1234-1234-1234-123456789012") =>
    `arn:aws:kms:${region}:111111111111:key/${id}`;
  const refusedElsewhere: [string, string, object, string][] = [
    ["an ARN of something else", "instance", { arn: permissionSetArn }, "arn"],
    ["a name of 256 characters", "instance", { name: "x".repeat(256) }, "name"],
    ["the alias of a KMS key", "instance", { kmsKeyArn: "arn:aws:kms:us-east-1:111111111111:alias/a" }, "kmsKeyArn"],
    ["a KMS key of another Region", "instance", { kmsKeyArn: kmsKeyArn("eu-west-1") }, "kmsKeyArn"],
    [
      "a single-Region KMS key with additional Regions",
      "instance",
      { kmsKeyArn: kmsKeyArn("us-east-1"), additionalRegions: ["eu-west-1"] },
      "kmsKeyArn",
    ],
    [
      "6 additional Regions",
      "instance",
      { additionalRegions: many(6).map((i) => `eu-west-${i + 1}`) },
      "additionalRegions",
    ],
    [
      "the primary Region as an additional one",
      "instance",
      { additionalRegions: ["us-east-1"] },
      "additionalRegions[0]",
    ],
    [
      "an additional Region twice",
      "instance",
      { additionalRegions: ["eu-west-1", "eu-west-1"] },
      "additionalRegions[1]",
    ],
    [
      "permission sets turned on without confirmation",
      "instance",
      { enablePermissionSets: true },
      "enablePermissionSets",
    ],
    [
      "an attribute with two sources",
      "instance",
      { accessControlAttributes: { A: ["${path:userName}", "${path:title}"] } },
      "accessControlAttributes.A",
    ],
    ["an attribute without a source", "instance", { accessControlAttributes: { A: [] } }, "accessControlAttributes.A"],
    [
      "a source that is a plain text",
      "instance",
      { accessControlAttributes: { A: ["costCenter"] } },
      "accessControlAttributes.A[0]",
    ],
    [
      "51 attributes",
      "instance",
      { accessControlAttributes: Object.fromEntries(many(51).map((i) => [`a${i}`, ["${path:title}"]])) },
      "accessControlAttributes",
    ],
    [
      "an import of no attributes",
      "instance",
      { importAccessControlAttributes: true },
      "importAccessControlAttributes",
    ],
    ["another mode", "switch", { mode: "off" }, "mode"],
    ["an enabler that is no role", "switch", { enabler: "arn:aws:iam::111111111111:user/admin" }, "enabler"],
    ["an enabler by its ARN among the names", "switch", { enablers: [roleArn] }, "enablers[0]"],
    ["an enabler of a switch that is required", "switch", { mode: "require", enabler: roleArn }, "enabler"],
    ["deleting what is not managed", "switch", { mode: "require", onDestroy: "deleteApplication" }, "onDestroy"],
    [
      "a permission set that the stack does not have",
      "switch",
      { enablerPermissionSet: "Admin" },
      "enablerPermissionSet",
    ],
    ["half a removal", "safety", { maxRemovals: 0.5 }, "maxRemovals"],
    ["fewer than no removals", "safety", { maxRemovals: -1 }, "maxRemovals"],
    ["the confirmation of something else", "safety", { confirm: ["everything"] }, "confirm[0]"],
  ];
  for (const [what, key, settings, path] of refusedElsewhere) {
    it(`refuse ${what}`, () => {
      const found = problems(withKey(key, settings)).map(([first]) => first);
      assert.deepEqual(found, [`identity-aware-sessions:${key}.${path}`]);
    });
  }

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

  it("take one role to assume, and no more", () => {
    const roles = (...all: object[]) => problems({ ...minimal, "aws:assumeRoles": JSON.stringify(all) });
    const oneRole = [
      "a list of exactly one role",
      "write for example [{ roleArn: arn:aws:iam::111111111111:role/identity-center-admin }]; for a chain of roles name a profile",
    ];
    assert.deepEqual(roles({ roleArn }, { roleArn, sessionName: "b2" })[0]?.slice(2), oneRole);
    assert.deepEqual(roles()[0], ["aws:assumeRoles", "[]", ...oneRole]);
    assert.deepEqual(
      roles({ roleArn: "admin", duration: "1h" }).map(([path, found]) => [path, found]),
      [
        ["aws:assumeRoles[0].roleArn", '"admin"'],
        ["aws:assumeRoles[0].duration", "the key duration"],
      ],
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
      const grown = nonBlankBytes(withSetContext(own, "aws-iso-b")) - nonBlankBytes(own);
      assert(grown + ",".length <= inlinePolicyLimit.keptForSetContext, `${grown}`);
    });
  });

  it("tell what is wrong between keys beside what is wrong with others", () => {
    const configuration = {
      ...withPermissionSet({
        colour: "red",
        managedPolicies: ["A", "A"],
        sessionDuration: 8,
        assignments: [{ users: [] }],
      }),
      "identity-aware-sessions:switch": '{"mode":"ignore","onDestroy":"deleteApplication","enablers":5}',
      "identity-aware-sessions:instance": '{"enablePermissionSets":true,"name":""}',
    };
    assert.deepEqual(
      problems(configuration)
        .map(([path = ""]) => path.replace("identity-aware-sessions:", ""))
        .sort(),
      [
        "instance.enablePermissionSets",
        "instance.name",
        "permissionSets.Developer.assignments[0]",
        "permissionSets.Developer.assignments[0]",
        "permissionSets.Developer.colour",
        "permissionSets.Developer.managedPolicies[1]",
        "permissionSets.Developer.sessionDuration",
        "switch.enablers",
        "switch.onDestroy",
      ],
    );
  });

  it("never print what looks like a credential", () => {
    const canary = "AKIAIOSFODNN7EXAMPLE";
    const message = refusalOf({
      ...withKey("permissionSets", { Developer: { sessionDuration: canary, description: { secretKey: "canary" } } }),
      "identity-aware-sessions:switch": '{"enabler": {"password": "canary"',
      [`identity-aware-sessions:${canary}`]: "{}",
      "aws:profile": "",
      "aws:token": "canary",
    });
    assert.doesNotMatch(message ?? "", /canary|AKIA/);
    assert.match(message ?? "", /sessionDuration\n {2}found: {3}"\*\*\*"\n/);
  });

  it("learn from Pulumi which values are secrets", () => {
    const before = process.env["PULUMI_CONFIG_SECRET_KEYS"];
    pulumi.runtime.setAllConfig(withKey("safety", { maxRemovals: "hunter2" }));
    process.env["PULUMI_CONFIG_SECRET_KEYS"] = '["identity-aware-sessions:safety"]';
    try {
      assert.throws(loadSettings, /safety\.maxRemovals\n {2}found: {3}a secret value, which is not shown\n/);
    } finally {
      pulumi.runtime.setAllConfig({});
      delete process.env["PULUMI_CONFIG_SECRET_KEYS"];
      if (before !== undefined) {
        process.env["PULUMI_CONFIG_SECRET_KEYS"] = before;
      }
    }
  });

  it("print nothing of what Pulumi keeps as a secret", () => {
    const configuration = withKey("safety", { maxRemovals: "hunter2" });
    assert.throws(
      () => parseSettings(configuration, ["identity-aware-sessions:safety"]),
      /safety\.maxRemovals\n {2}found: {3}a secret value, which is not shown\n/,
    );
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
