import * as pulumi from "@pulumi/pulumi";
import assert from "node:assert/strict";
import fc from "fast-check";
import { parseSettings } from "../../../components/settings/settings";

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
      instance: {},
      permissionSets: {},
      switch: { onDestroy: "keep" },
      safety: { protect: true },
    });
  });

  it("keep everything that a stack states", () => {
    const developer = {
      description: "Builds and runs workloads",
      sessionDuration: "PT8H",
      managedPolicies: ["ReadOnlyAccess"],
      inlinePolicy: { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "ecs:RunTask", Resource: "*" }] },
      tags: { team: "platform" },
      assignments: [{ groups: ["Developers"], users: ["alice"], accounts: ["payments-dev", "444444444444"] }],
    };
    const settings = parseSettings({
      ...withPermissionSet(developer),
      "aws:profile": "management",
      "identity-aware-sessions:instance": '{"arn":"arn:aws:sso:::instance/ssoins-1234567890abcdef"}',
      "identity-aware-sessions:switch": '{"onDestroy":"deleteApplication"}',
      "identity-aware-sessions:safety": '{"protect":false}',
    });
    assert.deepEqual(settings, {
      connection: { region: "us-east-1", profile: "management" },
      instance: { arn: "arn:aws:sso:::instance/ssoins-1234567890abcdef" },
      permissionSets: { Developer: developer },
      switch: { onDestroy: "deleteApplication" },
      safety: { protect: false },
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
        "the primary Region of the instance of IAM Identity Center",
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

  it("refuse an unknown key and name the nearest known one", () => {
    assert.deepEqual(problems({ ...withPermissionSet({ managedPolices: [] }), "aws:regoin": "us-east-1" }), [
      ["aws:regoin", "the key regoin", "the keys region, profile", "write region"],
      [
        "identity-aware-sessions:permissionSets.Developer.managedPolices",
        "the key managedPolices",
        "the keys description, sessionDuration, managedPolicies, inlinePolicy, tags, assignments",
        "write managedPolicies",
      ],
    ]);
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
        "an account's name or 12-digit id as a text",
        'put it in quotes, for example "222222222222"',
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

  const refused: [string, object, string][] = [
    ["a description in another script than Latin", { description: "開発者" }, "description"],
    ["a description of 701 characters", { description: "x".repeat(701) }, "description"],
    ["a session of less than an hour", { sessionDuration: "PT59M" }, "sessionDuration"],
    ["a session of more than twelve hours", { sessionDuration: "PT12H1M" }, "sessionDuration"],
    ["26 managed policies", { managedPolicies: Array.from({ length: 26 }, (_, i) => `P${i}`) }, "managedPolicies"],
    ["a policy given by name and by ARN", { managedPolicies: ["A", "arn:aws:iam::aws:policy/A"] }, "managedPolicies"],
    [
      "a customer's policy among the AWS managed",
      { managedPolicies: ["arn:aws:iam::111111111111:policy/A"] },
      "managedPolicies[0]",
    ],
    ["an inline policy as text", { inlinePolicy: "{}" }, "inlinePolicy"],
    [
      "a policy version that YAML made a date of",
      { inlinePolicy: { Version: "2012-10-17T00:00:00Z", Statement: [] } },
      "inlinePolicy.Version",
    ],
    ["a tag key with a space", { tags: { "cost centre": "1" } }, "tags.cost centre"],
    ["an assignment to nobody", { assignments: [{ accounts: ["sandbox"] }] }, "assignments[0]"],
  ];
  for (const [what, settings, path] of refused) {
    it(`refuse ${what}`, () => {
      const found = problems(withPermissionSet(settings)).map(([first]) => first);
      assert.deepEqual(found, [`identity-aware-sessions:permissionSets.Developer.${path}`]);
    });
  }

  it("refuse a permission set's name that IAM Identity Center does not take", () => {
    assert.deepEqual(problems(withKey("permissionSets", { "Dev eloper": {} })), [
      [
        "identity-aware-sessions:permissionSets.Dev eloper",
        "the key Dev eloper",
        "names of 1 to 32 letters, digits and +=,.@-_",
        "rename the permission set",
      ],
    ]);
  });

  it("take or refuse any configuration, with a way out for every problem", () => {
    const key = fc.constantFrom("instance", "permissionSets", "switch", "safety", "other");
    const text = fc.oneof(fc.json(), fc.string());
    const permissionSets = fc.dictionary(
      fc.string({ maxLength: 40 }),
      fc.record(
        {
          description: fc.oneof(fc.string(), fc.integer()),
          sessionDuration: fc.oneof(fc.constantFrom("PT1H", "PT90M", "PT13H"), fc.string()),
          managedPolicies: fc.array(fc.oneof(fc.string(), fc.constant("ReadOnlyAccess"))),
          inlinePolicy: fc.oneof(fc.object(), fc.constant({ Version: "2012-10-17", Statement: [] })),
          tags: fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.boolean())),
          assignments: fc.array(
            fc.record({ groups: fc.array(fc.string()), accounts: fc.array(fc.oneof(fc.string(), fc.nat())) }),
          ),
        },
        { requiredKeys: [] },
      ),
    );
    const configuration = fc
      .tuple(
        fc.dictionary(key, text, { maxKeys: 3 }),
        fc.option(permissionSets),
        fc.constantFrom("us-east-1", "", "US"),
      )
      .map(([values, sets, region]) => ({
        ...Object.fromEntries(
          Object.entries(values).map(([name, value]) => [`identity-aware-sessions:${name}`, value]),
        ),
        ...(sets && { "identity-aware-sessions:permissionSets": JSON.stringify(sets) }),
        "aws:region": region,
      }));
    fc.assert(
      fc.property(configuration, (generated) => {
        const message = refusalOf(generated);
        if (message === undefined) {
          return;
        }
        assert.doesNotMatch(message, /(found|allowed|to do): *$/m);
        assert.match(message, /^(aws|identity-aware-sessions):/m);
      }),
      { numRuns: 300 },
    );
  });
});
