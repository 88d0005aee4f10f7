import assert from "node:assert/strict";
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadOrganization, parseOrganization } from "../../../rehearsal/aws/organization";
import { organizationFile } from "./exampleAws";

const smallest = {
  id: "o-exampleorg1",
  managementAccount: "111111111111",
  accounts: [{ name: "management", id: "111111111111" }],
  callers: [
    { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "secret", arn: "arn:aws:iam::111111111111:user/a" },
  ],
};

describe("An organization's file", () => {
  it("describes the example organization with the switch off", async () => {
    const { managementAccount, accounts, instances } = await loadOrganization(organizationFile);
    assert.equal(managementAccount, "111111111111");
    assert.deepEqual(
      accounts.map(({ name, id, organizationalUnit }) => [name, id, organizationalUnit]),
      [
        ["management", "111111111111", undefined],
        ["payments-dev", "222222222222", "Workloads/Development"],
        ["payments-prod", "333333333333", "Workloads/Production"],
        ["sandbox", "444444444444", "Sandbox"],
      ],
    );
    const [instance] = instances;
    assert.equal(instance?.arn, "arn:aws:sso:::instance/ssoins-1234567890abcdef");
    assert.equal(instance.primaryRegion, "us-east-1");
    assert.equal(instance.status, "ACTIVE");
    assert.equal(instance.permissionSetsEnabled, true);
    assert.equal(instance.identityAwareSessions, false);
    assert.deepEqual(
      instance.identityStore.groups.map(({ displayName, members }) => [displayName, members]),
      [
        ["Developers", ["alice", "bob"]],
        ["Administrators", ["alice"]],
        ["Auditors", ["carol"]],
      ],
    );
  });

  it("needs an id, a management account, accounts and a caller only", () => {
    assert.deepEqual(parseOrganization(smallest).instances, []);
  });

  it("is refused with every problem of its shape at once, each with its path", () => {
    const instances = [
      { arn: "arn:aws:sso:::instance/x", primaryRegion: "here", identityStore: { id: "d-1234567890" } },
    ];
    assert.throws(() => parseOrganization({ ...smallest, id: 1, instances, account: [] }, "acme.yaml"), {
      message: [
        "acme.yaml does not describe an organization:",
        "  id: Invalid input: expected string, received number",
        "  instances.0.arn: must be an instance ARN, for example arn:aws:sso:::instance/ssoins-1234567890abcdef",
        "  instances.0.primaryRegion: must be a Region code, for example us-east-1",
        '  (top): Unrecognized key: "account"',
      ].join("\n"),
    });
  });

  it("is refused when it names what it does not have, or has something twice", () => {
    const instance = (id: string, ownerAccount?: string) => ({
      arn: `arn:aws:sso:::instance/ssoins-${id}`,
      primaryRegion: "us-east-1",
      ownerAccount,
      identityStore: {
        id: "d-1234567890",
        users: [{ userName: "alice" }, { userName: "alice" }],
        groups: [{ displayName: "Developers", members: ["bob"] }],
      },
    });
    assert.throws(
      () =>
        parseOrganization({
          ...smallest,
          accounts: [...smallest.accounts, ...smallest.accounts],
          delegatedAdministrators: { "sso.amazonaws.com": ["222222222222"] },
          callers: [...smallest.callers, { ...smallest.callers[0], arn: "arn:aws:iam::333333333333:user/b" }],
          instances: [instance("1234567890abcdef"), { ...instance("1234567890abcde0", "444444444444") }],
        }),
      {
        message: [
          "organization does not describe an organization:",
          "  accounts: account 111111111111 is there twice",
          "  callers: access key AKIAIOSFODNN7EXAMPLE is there twice",
          "  delegatedAdministrators.sso.amazonaws.com.0: account 222222222222 is not among accounts (111111111111, 111111111111)",
          "  callers.1.arn: account 333333333333 is not among accounts (111111111111, 111111111111)",
          "  instances.0.identityStore.users: user alice is there twice",
          "  instances.0.identityStore.groups.0.members: user bob is not among users (alice, alice)",
          "  instances.1.ownerAccount: account 444444444444 is not among accounts (111111111111, 111111111111)",
          "  instances.1.identityStore.users: user alice is there twice",
          "  instances.1.identityStore.groups.0.members: user bob is not among users (alice, alice)",
        ].join("\n"),
      },
    );
  });

  it("names customer managed policies of accounts by path and name, and AWS managed ones that local AWS does not know", () => {
    const [account] = smallest.accounts;
    const accounts = [{ ...account, customerManagedPolicies: ["/Base", "/team/Base"] }];
    const described = parseOrganization({ ...smallest, accounts, managedPolicies: ["job-function/New"] });
    assert.deepEqual(described.accounts[0]?.customerManagedPolicies, ["/Base", "/team/Base"]);
    assert.deepEqual(described.managedPolicies, ["job-function/New"]);
    const nameless = [{ ...account, customerManagedPolicies: ["Base"] }];
    assert.throws(() => parseOrganization({ ...smallest, accounts: nameless }), {
      message: /accounts\.0\.customerManagedPolicies\.0: must be a path with a name: "\/team\/Base"/,
    });
  });

  it("has roles, users and groups with policies as IAM takes them, once a name, in accounts that there are", () => {
    const policy = (Effect: string) => ({ Version: "2012-10-17", Statement: { Effect, Action: "*", Resource: "*" } });
    const described = parseOrganization({
      ...smallest,
      iam: { roles: [{ name: "admin", path: "/team/", policies: { All: policy("Allow") } }] },
    });
    assert.deepEqual(described.iam, {
      roles: [{ name: "admin", path: "/team/", policies: { All: policy("Allow") } }],
      users: [],
      groups: [],
    });
    const users = [{ name: "a" }, { name: "a", account: "222222222222" }, { name: "a", path: "/team/" }];
    const roles = [{ name: "admin", policies: { All: policy("Maybe") }, permissionsBoundary: {} }];
    const problems = (() => {
      try {
        const groups = [{ name: "admins", members: ["a", "b"] }];
        parseOrganization({ ...smallest, iam: { roles, users, groups } });
        return [];
      } catch (error) {
        return (error as Error).message.split("\n").map((line) => line.replace(/: .*/, "").trim());
      }
    })();
    assert.deepEqual(problems, [
      "organization does not describe an organization:",
      "iam.roles.0.policies.All",
      "iam.roles.0.permissionsBoundary",
      "iam.users.1.account",
      "iam.users.2.name",
      "iam.groups.0.members",
    ]);
  });

  it("has people who sign in by paths that there are, in accounts that there are, and service control policies for accounts and units", () => {
    const document = { Version: "2012-10-17", Statement: [] };
    const [account] = smallest.accounts;
    const accounts = [{ ...account, organizationalUnit: "Workloads/Production" }];
    const person = { name: "Alice", userName: "alice" };
    const described = parseOrganization({
      ...smallest,
      accounts,
      people: [{ ...person, signsInBy: [{ iamUser: { name: "alice" } }] }],
      serviceControlPolicies: [{ name: "No", document, targets: ["/", "Workloads", "Workloads/Production"] }],
    });
    assert.deepEqual(described.people, [{ ...person, signsInBy: [{ iamUser: { name: "alice" } }] }]);
    const problems = (value: object): string[] => {
      try {
        parseOrganization({ ...smallest, accounts, ...value });
        return [];
      } catch (error) {
        return (error as Error).message.split("\n").slice(1);
      }
    };
    const elsewhere = { federation: { role: "analyst", account: "999999999999" } };
    assert.deepEqual(
      problems({
        people: [
          { ...person, signsInBy: [elsewhere] },
          { ...person, signsInBy: [{ iamUser: { name: "alice" } }] },
        ],
        serviceControlPolicies: [{ name: "No", document, targets: ["Sandbox"] }],
      }),
      [
        "  people.0.signsInBy.0.federation.account: account 999999999999 is not among accounts (111111111111)",
        "  people.1.name: Alice is there twice",
        "  serviceControlPolicies.0.targets.0: Sandbox is neither an account's name nor a unit of one, nor /",
      ],
    );
    assert.match(
      problems({ people: [{ ...person, signsInBy: [{ carrierPigeon: {} }] }] })[0] ?? "",
      /^ {2}people\.0\.signsInBy\.0: must be one of accessPortal/,
    );
  });

  it("has one organization instance at most", () => {
    const instances = ["1", "2"].map((digit) => ({
      arn: `arn:aws:sso:::instance/ssoins-${digit.repeat(16)}`,
      primaryRegion: "us-east-1",
      identityStore: { id: `d-${digit.repeat(10)}` },
    }));
    assert.throws(() => parseOrganization({ ...smallest, instances }), {
      message: /instances: an organization has one organization instance at most/,
    });
  });

  it("that is not YAML, or not there, is refused by its name", async () => {
    const file = join(await mkdtemp(join(tmpdir(), "organization-")), "broken.yaml");
    await writeFile(file, "id: [");
    await assert.rejects(loadOrganization(file), { message: new RegExp(`^${file} is not YAML: `) });
    await assert.rejects(loadOrganization("/nowhere/organization.yaml"), {
      message:
        "The organization's file cannot be read: ENOENT: no such file or directory, open '/nowhere/organization.yaml'",
    });
  });
});
