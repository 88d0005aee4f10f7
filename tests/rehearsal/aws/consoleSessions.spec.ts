import assert from "node:assert/strict";
import type { Link, SignIn } from "../../../rehearsal/aws/consoleSessions/session";
import { sessionTable } from "../../../rehearsal/aws/consoleSessions/sessionTable";
import { signIn, signIns } from "../../../rehearsal/aws/consoleSessions/signIn";
import type { Contents, PermissionSet } from "../../../rehearsal/aws/contents";
import { initialContents } from "../../../rehearsal/aws/initialContents";
import { parseOrganization } from "../../../rehearsal/aws/organization";
import { createConsoleApplication } from "../../../rehearsal/aws/signInControlPlane";
import { barePermissionSet } from "../../../rehearsal/aws/ssoAdmin/barePermissionSet";
import { exampleOrganization } from "../../exampleOrganization";
import { instanceArn } from "./exampleAws";

const [management, dev] = ["111111111111", "222222222222"] as const;
const setArn = "arn:aws:sso:::permissionSet/ssoins-1234567890abcdef/ps-1111111111111111";

const statement = (effect: "Allow" | "Deny", resource = "arn:aws:sts::*:self", more: object = {}) => ({
  Effect: effect,
  Action: "sts:SetContext",
  Resource: resource,
  ...more,
});
const policy = (...statements: object[]) => ({ Version: "2012-10-17", Statement: statements });
const granting = policy(statement("Allow"));

/** The paths of the user guide's "How it works", with the account and by whom. */
const portal: SignIn = { person: "Alice", userName: "alice", path: "accessPortal", account: dev, by: "Developer" };
const user: SignIn = { ...portal, path: "iamUser", account: management, by: "ali" };
const role: SignIn = { ...portal, path: "iamRole", account: dev, by: "analyst" };
const federated: SignIn = { ...role, path: "federation", account: management, by: "federated" };
const all = [portal, user, role, federated];

/** An organization in which everything is there: each path makes a session identity-aware. */
async function complete(change: (contents: Contents, set: PermissionSet) => void = () => undefined): Promise<Contents> {
  const { iam, ...example } = await exampleOrganization();
  const principal = { path: "/", policies: { Sessions: granting } };
  const organization = parseOrganization({
    ...example,
    iam: {
      ...iam,
      users: [{ ...principal, name: "ali" }],
      roles: [
        ...iam.roles.filter(({ name }) => name !== "analyst"),
        { ...principal, name: "analyst", account: dev },
        { ...principal, name: "federated" },
      ],
    },
  });
  const contents = initialContents(organization);
  const [instance] = contents.instances;
  assert(instance);
  createConsoleApplication(contents, instance, 0);
  const set = { ...barePermissionSet(instanceArn, setArn, "Developer"), inlinePolicy: JSON.stringify(granting) };
  contents.permissionSets.push(set);
  const [developers] = contents.groups;
  contents.accountAssignments.push({
    instanceArn,
    accountId: dev,
    permissionSetArn: setArn,
    principalType: "GROUP",
    principalId: developers?.id ?? assert.fail(),
  });
  change(contents, set);
  return contents;
}

/** What is missing on each path, by the link's name. */
function missing(contents: Contents, asked: readonly SignIn[] = all): Link[][] {
  return asked.map((each) => {
    const session = signIn(each, contents);
    assert.equal(session.isIdentityAware, session.missing.length === 0);
    return session.missing.map(({ link }) => link);
  });
}

/** Changes the policies of the three IAM principals. */
function principals(contents: Contents, change: object): void {
  for (const each of contents.enforcedPrincipals) {
    if (["ali", "analyst", "federated"].includes(each.name)) Object.assign(each, structuredClone(change));
  }
}

describe("a console session", () => {
  it("is of a principal of the account that is signed in to, and of no other one of the same name", async () => {
    const contents = await complete();
    assert.deepEqual(missing(contents, [{ ...role, account: management }]), [["IAM principal"]]);
  });

  it("is judged as a user's where an IAM user signs in, and as a role's otherwise", async () => {
    const ofUsers = { Condition: { StringEquals: { "aws:PrincipalType": "User" } } };
    const contents = await complete((each) => {
      principals(each, { inlinePolicies: { Sessions: policy(statement("Allow", "arn:aws:sts::*:self", ofUsers)) } });
    });
    assert.deepEqual(missing(contents, [user, role, federated]), [[], ["grant"], ["grant"]]);
  });

  it("depends on the management account's instance, and not on one that a member account has of its own", async () => {
    const contents = await complete((each) => {
      const [instance] = each.instances;
      assert(instance);
      const own = { arn: "arn:aws:sso:::instance/ssoins-abcdef1234567890", identityStoreId: "d-0987654321" };
      each.instances.unshift({ ...instance, ...own, ownerAccount: dev });
    });
    assert.deepEqual(missing(contents), [[], [], [], []]);
  });

  it("by the access portal has user id and identity store from the sign-in on, and the session ID once it is identity-aware", async () => {
    const contents = await complete();
    const session = signIn(portal, contents);
    assert.deepEqual([session.isIdentityAware, session.missing], [true, []]);
    const alice = contents.users.find(({ userName }) => userName === "alice");
    assert.deepEqual(
      session.values.map(({ name, value, added }) => [name, name === "session ID" ? typeof value : value, added]),
      [
        ["identitystore:UserId", alice?.id, "at sign-in"],
        [
          "identitystore:IdentityStoreArn",
          "arn:aws:identitystore::111111111111:identitystore/d-1234567890",
          "at sign-in",
        ],
        ["session ID", "string", "when it became identity-aware"],
      ],
    );
  });

  for (const [what, path] of [
    ["an IAM user", user],
    ["an IAM role", role],
    ["federation", federated],
  ] as const) {
    it(`by ${what} gets all three values when it becomes identity-aware`, async () => {
      const session = signIn(path, await complete());
      assert.deepEqual([session.isIdentityAware, session.missing], [true, []]);
      assert.deepEqual(
        session.values.map(({ name, added }) => [name, added]),
        ["identitystore:UserId", "identitystore:IdentityStoreArn", "session ID"].map((name) => [
          name,
          "when it became identity-aware",
        ]),
      );
    });
  }

  it("stays as it was at sign-in while the switch is off: with two values by the portal, and none otherwise", async () => {
    const contents = await complete(({ applications }) => applications.splice(0));
    assert.deepEqual(missing(contents), Array(4).fill(["switch"]));
    const values = all.map((each) => signIn(each, contents).values.map(({ name }) => name));
    assert.deepEqual(values, [["identitystore:UserId", "identitystore:IdentityStoreArn"], [], [], []]);
    assert.equal(signIn(portal, contents).missing[0]?.reason, "identity-aware sessions are not Enabled");
  });

  it("needs a grant of sts:SetContext on itself, in its own account", async () => {
    const without = await complete((contents, set) => {
      set.inlinePolicy = "";
      principals(contents, { inlinePolicies: {} });
    });
    assert.deepEqual(missing(without), Array(4).fill(["grant"]));
    const elsewhere = policy(statement("Allow", "arn:aws:sts::333333333333:self"));
    const inAnother = await complete((contents, set) => {
      set.inlinePolicy = JSON.stringify(elsewhere);
      principals(contents, { inlinePolicies: { Elsewhere: elsewhere } });
    });
    assert.deepEqual(missing(inAnother), Array(4).fill(["grant"]));
  });

  it("is kept from it by an explicit Deny, which is named", async () => {
    const denying = policy(statement("Allow"), statement("Deny", "*", { Sid: "NoContext" }));
    const contents = await complete((each, set) => {
      set.inlinePolicy = JSON.stringify(denying);
      principals(each, { inlinePolicies: { Own: denying } });
    });
    assert.deepEqual(missing(contents), Array(4).fill(["explicit Deny"]));
    const reasons = [portal, user].map((each) => signIn(each, contents).missing[0]?.reason);
    assert.deepEqual(reasons, [
      "statement 1 (NoContext) of the inline policy denies sts:SetContext on arn:aws:sts::222222222222:self",
      "statement 1 (NoContext) of Own denies sts:SetContext on arn:aws:sts::111111111111:self",
    ]);
  });

  it("is kept from it by a permissions boundary without it, or one that denies it", async () => {
    const boundary = policy({ Effect: "Allow", Action: "s3:*", Resource: "*" });
    const contents = await complete((each, set) => {
      set.permissionsBoundary = { ManagedPolicyArn: "arn:aws:iam::aws:policy/ReadOnlyAccess" };
      principals(each, { permissionsBoundary: boundary });
    });
    assert.deepEqual(missing(contents), Array(4).fill(["permissions boundary"]));
    const denied = await complete((each, set) => {
      set.permissionsBoundary = { ManagedPolicyArn: "arn:aws:iam::aws:policy/AWSDenyAll" };
      principals(each, { permissionsBoundary: policy({ Effect: "Deny", Action: "*", Resource: "*" }) });
    });
    assert.deepEqual(missing(denied), Array(4).fill(["explicit Deny"]));
    const wide = await complete((each, set) => {
      set.permissionsBoundary = { ManagedPolicyArn: "arn:aws:iam::aws:policy/PowerUserAccess" };
      principals(each, { permissionsBoundary: policy({ Effect: "Allow", Action: "*", Resource: "*" }) });
    });
    assert.deepEqual(missing(wide), Array(4).fill([]));
  });

  it("is kept from it by a service control policy of the account, of a unit above it or of the root, but not in the management account", async () => {
    const document = policy(statement("Deny", "*"));
    for (const target of ["payments-dev", "Workloads/Development", "Workloads", "/"]) {
      const contents = await complete((each) =>
        each.serviceControlPolicies.push({ name: "NoContext", document, targets: [target] }),
      );
      const inMember = ["service control policy"];
      assert.deepEqual(missing(contents), [inMember, [], inMember, []], target);
    }
    const elsewhere = await complete((each) =>
      each.serviceControlPolicies.push({ name: "NoContext", document, targets: ["Workloads/Production"] }),
    );
    assert.deepEqual(missing(elsewhere), Array(4).fill([]));
  });

  it("needs its person in the identity store of the organization's instance", async () => {
    const contents = await complete();
    const stranger = all.map((each) => ({ ...each, userName: "mallory" }));
    assert.deepEqual(missing(contents, stranger), [
      ["user in the identity store", "assignment"],
      ["user in the identity store"],
      ["user in the identity store"],
      ["user in the identity store"],
    ]);
    const ofAnother = await complete((each) => each.users.forEach((one) => (one.identityStoreId = "d-0987654321")));
    assert.deepEqual(missing(ofAnother, [user]), [["user in the identity store"]]);
  });

  it("needs an assignment, of the person or of a group of theirs, in the account itself", async () => {
    const contents = await complete();
    const others = [
      { ...portal, userName: "bob" }, // of the group, too
      { ...portal, userName: "carol" },
      { ...portal, account: management },
      { ...portal, by: "Auditor" },
    ];
    assert.deepEqual(missing(contents, others), [[], ["assignment"], ["assignment"], ["assignment"]]);
    const carol = contents.users.find(({ userName }) => userName === "carol");
    const [assignment] = contents.accountAssignments;
    assert(assignment && carol);
    contents.accountAssignments.push({ ...assignment, principalType: "USER", principalId: carol.id });
    assert.deepEqual(missing(contents, [{ ...portal, userName: "carol" }]), [[]]);
  });

  it("needs the IAM user or role itself", async () => {
    const contents = await complete();
    const nobody = [user, role, federated].map((each) => ({ ...each, by: "nobody" }));
    assert.deepEqual(missing(contents, nobody), Array(3).fill(["IAM principal"]));
  });

  it("is told everything that it lacks at once", async () => {
    const contents = await complete((each, set) => {
      each.applications.splice(0);
      set.inlinePolicy = "";
      set.permissionsBoundary = { ManagedPolicyArn: "arn:aws:iam::aws:policy/ReadOnlyAccess" };
      each.serviceControlPolicies.push({ name: "No", document: policy(statement("Deny", "*")), targets: ["/"] });
    });
    assert.deepEqual(missing(contents, [portal]), [
      ["switch", "grant", "permissions boundary", "service control policy"],
    ]);
  });

  it("is judged by a permission set as the account has it, by its managed policies and by those of the account", async () => {
    const contents = await complete((_each, set) => {
      set.inlinePolicy = "";
      set.managedPolicies = ["arn:aws:iam::aws:policy/AmazonQDeveloperAccess"];
    });
    assert.deepEqual(missing(contents, [portal]), [[]]);
    const [set] = contents.permissionSets;
    assert(set);
    set.managedPolicies = [];
    set.customerManagedPolicyReferences = [{ Name: "Base" }];
    assert.deepEqual(missing(contents, [portal]), [["grant", "not decided"]]);
    contents.iamPolicies.push({
      account: dev,
      arn: `arn:aws:iam::${dev}:policy/Base`,
      name: "Base",
      path: "/",
      createdDate: 0,
      updatedDate: 0,
      versions: [{ id: "v1", document: JSON.stringify(granting), isDefault: true, createdDate: 0 }],
      versionsMade: 1,
    });
    assert.deepEqual(missing(contents, [portal]), [[]]);
    contents.provisionedPermissionSets.push({
      accountId: dev,
      permissionSetArn: setArn,
      outdated: { ...set, customerManagedPolicyReferences: [] },
    });
    assert.deepEqual(missing(contents, [portal]), [["grant"]], "what was changed since counts once it is provisioned");
  });

  it("is not decided where a policy depends on what nobody documents of such a request", async () => {
    const providers = { Condition: { Null: { "sts:RequestContextProviders": "false" } } };
    const contents = await complete((each) =>
      principals(each, { inlinePolicies: { Own: policy(statement("Allow", "*", providers)) } }),
    );
    assert.deepEqual(missing(contents, [user]), [["not decided"]]);
    const byUser = { Condition: { StringLike: { "identitystore:UserId": "*" } } };
    const conditional = await complete((_each, set) => {
      set.inlinePolicy = JSON.stringify(policy(statement("Allow", "*", byUser)));
    });
    assert.deepEqual(missing(conditional, [portal]), [[]], "the portal's sessions have the user id already");
  });

  it("is in a table, person by path, of the people in the organization's file", async () => {
    const contents = await complete();
    contents.people = [
      {
        name: "Alice",
        userName: "alice",
        signsInBy: [{ accessPortal: { permissionSet: "Developer", account: dev } }, { federation: { role: "nobody" } }],
      },
    ];
    assert.deepEqual(
      signIns(contents).map(({ path, account, by }) => [path, account, by]),
      [
        ["accessPortal", dev, "Developer"],
        ["federation", management, "nobody"],
      ],
    );
    // eslint-disable-next-line no-control-regex
    const lines = (sessionTable(contents) ?? "").replace(/\u001b\[\d+m/g, "").split("\n");
    assert.match(
      lines[3] ?? "",
      /^│ Alice +│ access portal, as Developer +│ payments-dev +│ yes +│ user id and identity store at sign-in;/,
    );
    assert.match(
      lines[5] ?? "",
      /^│ Alice +│ federation, as role nobody +│ management +│ no +│ IAM principal: account 111111111111 has no/,
    );
    contents.people = [];
    assert.equal(sessionTable(contents), undefined);
  });
});
