import * as pulumi from "@pulumi/pulumi";
import assert from "node:assert/strict";
import { loadSettings, parseSettings } from "../../../components/settings/settings";
import { roleArn, permissionSetArn, minimal, withKey, withPermissionSet, refusalOf, problems } from "./refusals";

const noMembers = { organizationalUnits: [], attachTo: [], policyName: "identity-aware-sessions" };

describe("settings", () => {
  it("fill in every default of a stack that only states its Region", () => {
    assert.deepEqual(parseSettings(minimal), {
      connection: { region: "us-east-1" },
      instance: { enablePermissionSets: false, additionalRegions: [], importAccessControlAttributes: false },
      permissionSets: {},
      iamPrincipals: { roles: [], users: [], groups: [], memberAccounts: noMembers },
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
      amazonQ: false,
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
    const memberAccounts = {
      organizationalUnits: ["Workloads", "Sandbox"],
      attachTo: ["analyst"],
      policyName: "Sessions",
    };
    const iamPrincipals = { roles: ["analyst"], users: ["carol"], groups: ["Operators"], memberAccounts };
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
      "identity-aware-sessions:iamPrincipals": JSON.stringify(iamPrincipals),
      "identity-aware-sessions:switch": JSON.stringify(switchSettings),
      "identity-aware-sessions:safety": JSON.stringify(safety),
    });
    assert.deepEqual(settings, {
      connection: { region: "us-east-1", profile: "management", assumeRole },
      instance,
      permissionSets: { Developer: developer },
      iamPrincipals,
      switch: switchSettings,
      safety,
    });
  });
  it("leave the configuration of other projects and of Pulumi itself alone", () => {
    const settings = parseSettings({ ...minimal, "other:key": "1", "pulumi:tags": '{"a":"b"}' });
    assert.deepEqual(settings, parseSettings(minimal));
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
  it("tell what is wrong between entries of a list or of an object beside entries that are wrong by themselves", () => {
    const policies = { customerManagedPolicies: [{ name: "A" }, { name: "A", path: "/x/" }, "x", { name: 5 }] };
    const managedPolicies = [5, "ReadOnlyAccess", "arn:aws:iam::aws:policy/ReadOnlyAccess"];
    const imports = { import: "arn:aws:sso:::permissionSet/ssoins-1234567890abcdef/ps-1234567890abcdef" };
    const permissionSets = {
      Developer: { ...policies, managedPolicies },
      Broken: { existing: "yes", inlinePolicy: 5, import: 5 },
      Enabling: { existing: true },
      First: imports,
      Second: imports,
    };
    const configuration = {
      "aws:region": "us-east-1",
      "identity-aware-sessions:permissionSets": JSON.stringify(permissionSets),
      "identity-aware-sessions:switch": JSON.stringify({ enablerPermissionSet: "Enabling" }),
      "identity-aware-sessions:instance": '{"enablePermissionSets":true,"additionalRegions":["eu-west-1",5]}',
      "identity-aware-sessions:safety": '{"confirm":[5]}',
    };
    assert.deepEqual(
      problems(configuration)
        .map(([path = ""]) => path.replace("identity-aware-sessions:", ""))
        .sort(),
      [
        "instance.additionalRegions[1]",
        "instance.enablePermissionSets",
        "permissionSets.Broken.existing",
        "permissionSets.Broken.import",
        "permissionSets.Broken.inlinePolicy",
        "permissionSets.Developer.customerManagedPolicies[1]",
        "permissionSets.Developer.customerManagedPolicies[2]",
        "permissionSets.Developer.customerManagedPolicies[3].name",
        "permissionSets.Developer.managedPolicies[0]",
        "permissionSets.Developer.managedPolicies[2]",
        "permissionSets.Second.import",
        "safety.confirm[0]",
        "switch.enablerPermissionSet",
      ],
    );
  });
  it("measure what a set's own inline policy leaves for the nine permissions beside another set's that is wrong", () => {
    const Action = [...Array(412).keys()].map((n) => `s3:GetObject${String(n).padStart(9, "0")}`);
    const inlinePolicy = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action, Resource: "*" }] };
    const permissionSets = { Enabling: { inlinePolicy }, Broken: { inlinePolicy: 5 } };
    const configuration = {
      "aws:region": "us-east-1",
      "identity-aware-sessions:permissionSets": JSON.stringify(permissionSets),
      "identity-aware-sessions:switch": JSON.stringify({ enablerPermissionSet: "Enabling" }),
    };
    assert.deepEqual(
      problems(configuration)
        .map(([path = "", found]) => [path.replace("identity-aware-sessions:", ""), found])
        .sort(),
      [
        ["permissionSets.Broken.inlinePolicy", "5"],
        ["permissionSets.Enabling.inlinePolicy", "10,514 non-blank bytes with them"],
      ],
    );
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
});
