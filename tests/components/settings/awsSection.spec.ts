import assert from "node:assert/strict";
import { parseSettings } from "../../../components/settings/settings";
import { defaultEnabledRegions, knownOptInRegions } from "../../../policy-pack/regions";
import { roleArn, minimal, withKey, refusalOf, problems } from "./refusals";

describe("settings of how AWS is called", () => {
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
  for (const key of [
    "AWS:secretKey",
    "aws:SecretKey",
    "aws-native:accessKey",
    "Aws-Natve:token",
    "awscc:secretKey",
    "aws-classic:token",
  ]) {
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
});
