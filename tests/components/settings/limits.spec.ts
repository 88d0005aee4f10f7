import assert from "node:assert/strict";
import { many, minimal, problems, refusalOf, withKey, withPermissionSet } from "./refusals";

/** So many characters, of which nothing but their number can be wrong. */
const x = (length: number) => "x".repeat(length);
const assigned = (who: object) => withPermissionSet({ assignments: [{ accounts: ["sandbox"], ...who }] });
const assumed = (role: object) => ({
  ...minimal,
  "aws:assumeRoles": JSON.stringify([{ roleArn: "arn:aws:iam::111111111111:role/a", ...role }]),
});
const arn = (length: number, prefix: string) => prefix + x(length - prefix.length);
const nested = (length: number, prefix: string) => {
  const directories = `${x(98)}/`.repeat(Math.ceil(length / 99));
  return prefix + directories.slice(directories.length - (length - prefix.length - 1)).replace(/^\//, "x") + "x";
};
const attributes = (name: string, source: string) =>
  withKey("instance", { accessControlAttributes: { [name]: [source] } });
const ofUser = (length: number) => `\${user:${x(length - "${user:}".length)}}`;

/** What is as long as it may be, at its path; and what of it is longer by one. */
const ofMembers = (settings: object) =>
  withKey("iamPrincipals", { memberAccounts: { organizationalUnits: ["Workloads"], ...settings } });

const limits: [string, number, (length: number) => Record<string, string>, string][] = [
  ["a permission set's name", 32, (n) => withKey("permissionSets", { [x(n)]: {} }), `permissionSets.${x(33)}`],
  ["a description", 700, (n) => withPermissionSet({ description: x(n) }), "permissionSets.Developer.description"],
  ["a relay state", 240, (n) => withPermissionSet({ relayState: x(n) }), "permissionSets.Developer.relayState"],
  ["a tag's key", 128, (n) => withPermissionSet({ tags: { [x(n)]: "a" } }), "permissionSets.Developer.tags["],
  ["a tag's value", 256, (n) => withPermissionSet({ tags: { a: x(n) } }), "permissionSets.Developer.tags.a"],
  [
    "the number of tags",
    50,
    (n) => withPermissionSet({ tags: Object.fromEntries(many(n).map((i) => [`t${i}`, "a"])) }),
    "permissionSets.Developer.tags",
  ],
  [
    "the name of an AWS managed policy",
    128,
    (n) => withPermissionSet({ managedPolicies: [x(n)] }),
    "permissionSets.Developer.managedPolicies[0]",
  ],
  [
    "an AWS managed policy's path and name",
    2048,
    (n) => withPermissionSet({ managedPolicies: [nested(n, "a")] }),
    "permissionSets.Developer.managedPolicies[0]",
  ],
  [
    "the number of policies",
    25,
    (n) => withPermissionSet({ managedPolicies: many(n).map((i) => `P${i}`) }),
    "permissionSets.Developer.managedPolicies",
  ],
  [
    "the name of a customer managed policy",
    128,
    (n) => withPermissionSet({ customerManagedPolicies: [{ name: x(n) }] }),
    "permissionSets.Developer.customerManagedPolicies[0].name",
  ],
  [
    "the path of a customer managed policy",
    512,
    (n) => withPermissionSet({ customerManagedPolicies: [{ name: "A", path: `/${x(n - 2)}/` }] }),
    "permissionSets.Developer.customerManagedPolicies[0].path",
  ],
  ["a group's name", 1024, (n) => assigned({ groups: [x(n)] }), "permissionSets.Developer.assignments[0].groups[0]"],
  ["a user's name", 128, (n) => assigned({ users: [x(n)] }), "permissionSets.Developer.assignments[0].users[0]"],
  [
    "an account's name",
    50,
    (n) => assigned({ users: ["alice"], accounts: [x(n)] }),
    "permissionSets.Developer.assignments[0].accounts[0]",
  ],
  ["an instance's name", 255, (n) => withKey("instance", { name: x(n) }), "instance.name"],
  ["an attribute's name", 128, (n) => attributes(x(n), "${user:a}"), "instance.accessControlAttributes["],
  ["an attribute's source", 256, (n) => attributes("a", ofUser(n)), "instance.accessControlAttributes.a[0]"],
  ["an IAM role's name", 64, (n) => withKey("iamPrincipals", { roles: [x(n)] }), "iamPrincipals.roles[0]"],
  ["an IAM user's name", 64, (n) => withKey("iamPrincipals", { users: [x(n)] }), "iamPrincipals.users[0]"],
  ["an IAM group's name", 128, (n) => withKey("iamPrincipals", { groups: [x(n)] }), "iamPrincipals.groups[0]"],
  [
    "the name of a role of member accounts",
    64,
    (n) => ofMembers({ attachTo: [x(n)] }),
    "iamPrincipals.memberAccounts.attachTo[0]",
  ],
  [
    "an organizational unit's name",
    128,
    (n) => ofMembers({ organizationalUnits: [`Workloads/${x(n)}`] }),
    "iamPrincipals.memberAccounts.organizationalUnits[0]",
  ],
  [
    "the depth of organizational units",
    5,
    (n) => ofMembers({ organizationalUnits: [Array.from({ length: n }, (_, level) => `unit ${level}`).join("/")] }),
    "iamPrincipals.memberAccounts.organizationalUnits[0]",
  ],
  [
    "the name of the policy of member accounts",
    128,
    (n) => ofMembers({ policyName: x(n) }),
    "iamPrincipals.memberAccounts.policyName",
  ],
  ["an enabler's name", 64, (n) => withKey("switch", { enablers: [x(n)] }), "switch.enablers[0]"],
  [
    "a role's name",
    64,
    (n) => withKey("switch", { enabler: `arn:aws:iam::111111111111:role/${x(n)}` }),
    "switch.enabler",
  ],
  [
    "a role's ARN",
    2048,
    (n) => withKey("switch", { enabler: `${arn(n - 2, "arn:aws:iam::111111111111:role/")}/a` }),
    "switch.enabler",
  ],
  ["a role session's name", 64, (n) => assumed({ sessionName: x(n) }), "aws:assumeRoles[0].sessionName"],
  ["an external id", 1224, (n) => assumed({ externalId: x(n) }), "aws:assumeRoles[0].externalId"],
];

describe("a limit of AWS's", () => {
  for (const [what, limit, configuration, path] of limits) {
    it(`lets ${what} be ${limit.toLocaleString("en")}, and not one more`, () => {
      assert.equal(refusalOf(configuration(limit)), undefined);
      const found = problems(configuration(limit + 1)).map(([first = ""]) => first);
      assert.equal(found.length, 1);
      assert((found[0] ?? "").replace("identity-aware-sessions:", "").startsWith(path), found[0]);
    });
  }
});
