import assert from "node:assert/strict";
import { useStacks } from "./testStack";

const allow = { Effect: "Allow", Action: "s3:GetObject", Resource: "*" };

function byIndex<Value>(count: number, value: (index: number) => Value): Value[] {
  return Array.from({ length: count }, (_, index) => value(index));
}

/** Wrong in many ways, each once; at several limits of AWS by one. */
const mistaken = {
  "aws:accessKey": "canary-access-key",
  "aws:secretKey": "canary-secret-key",
  "aws:token": "canary-session-token",
  "aws:profil": "management",
  "aws:assumeRoles": [{ roleArn: "arn:aws:iam::111111111111:user/admin" }],
  "aws-native:region": "us-east-1",
  "identity-aware-session:switch": {},
  swich: {},
  instance: {
    arn: "arn:aws:sso:::instance/ssoins-1234567890abcdef",
    accessControlAttributes: {
      CostCenter: ["costCenter"],
      Team: ["${path:team}", "${path:department}"],
      "Size?": ["${path:size}"],
      ...Object.fromEntries(byIndex(49, (index) => [`a${index}`, ["${path:title}"]])),
    },
    name: "the instance",
    kmsKeyArn: "arn:aws:kms:eu-west-1:111111111111:key/12345678-1234-1234-1234-123456789012",
    enablePermissionSets: true,
    additionalRegions: ["us-east-1", "eu-west-1", "eu-west-1", "eu-west-2", "eu-west-3", "eu-north-1"],
  },
  permissionSets: {
    "Power User": { sesionDuration: "PT1H" },
    ["x".repeat(33)]: {},
    Texts: {
      asignments: [],
      description: "x".repeat(701),
      sessionDuration: "PT59M",
      relayState: "x".repeat(241),
      tags: {
        "cost centre": "1",
        team: "the platform",
        ...Object.fromEntries(byIndex(50, (index) => [`t${index}`, "1"])),
      },
    },
    Languages: {
      description: "開発者",
      sessionDuration: "PT12H1M",
      inlinePolicy: { Version: "2012-10-17", Statement: [{ ...allow, Resource: "arn:aws:s3:::開発者" }] },
    },
    Policies: {
      managedPolicies: [...byIndex(23, (index) => `P${index}`), "arn:aws:iam::aws:policy/P0"],
      customerManagedPolicies: [{ name: "Base" }, { name: "Base", path: "/platform/" }],
      permissionsBoundary: { managedPolicy: "PowerUserAccess", customerManagedPolicy: { name: "Base" } },
    },
    Names: {
      managedPolicies: ["arn:aws:iam::111111111111:policy/Base"],
      customerManagedPolicies: [{ name: "platform/Base" }, { name: "Other", path: "/platform" }],
    },
    Large: {
      // 10,081 bytes that are not blank, and about as many that are.
      inlinePolicy: { Version: "2012-10-17", Statement: [{ ...allow, Resource: `arn:${"x ".repeat(9_982)}` }] },
    },
    // It grants by itself, and so has 10,240 bytes: one less than these.
    LargeGrant: {
      inlinePolicy: {
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Action: ["sts:SetContext", `s3:${"x".repeat(10_135)}`], Resource: "*" }],
      },
    },
    Statements: {
      inlinePolicy: {
        Version: "2012-10-18",
        Statement: [
          { Effect: "allow", Action: "GetObject", Resource: "bucket" },
          { ...allow, NotAction: "*", Principal: "*" },
          { Effect: "Deny", Action: "*" },
        ],
      },
    },
    Sids: {
      inlinePolicy: {
        Version: "2012-10-17",
        Statement: [
          { ...allow, Sid: "Read" },
          { ...allow, Sid: "Read" },
        ],
      },
    },
    Elsewhere: { existing: true, sessionDuration: "PT8H" },
    Imported: { import: "arn:aws:sso:::permissionSet/ssoins-fedcba0987654321/ps-1234567890abcdef" },
    Assigned: {
      assignments: [
        { groups: ["Developers"] },
        { accounts: ["sandbox"] },
        { groups: "Developers", users: ["alice b"], accounts: [222222222222] },
      ],
    },
  },
  switch: {
    mode: "off",
    onDestroy: "delete",
    enabler: "arn:aws:iam::111111111111:user/admin",
    enablers: ["arn:aws:iam::111111111111:role/admin"],
    enablerPermissionSet: "Elsewhere",
  },
  safety: { protect: "no", maxRemovals: -1, maxremovals: 5, confirm: ["removals", "removals"] },
};

const refusal = `The stack's configuration cannot be used: 65 problems. Nothing was changed.

aws:accessKey
  found:   a static credential
  allowed: none: Pulumi would store it in the stack's state in plain text
  to do:   remove it (and replace the credential), and use the environment, aws:profile or a role instead

aws:secretKey
  found:   a static credential
  allowed: none: Pulumi would store it in the stack's state in plain text
  to do:   remove it (and replace the credential), and use the environment, aws:profile or a role instead

aws:token
  found:   a static credential
  allowed: none: Pulumi would store it in the stack's state in plain text
  to do:   remove it (and replace the credential), and use the environment, aws:profile or a role instead

aws-native:region
  found:   a value
  allowed: no keys of aws-native
  to do:   remove it: the whole stack follows the aws: section, so that all its parts act as the same account

identity-aware-session:switch
  found:   the namespace identity-aware-session
  allowed: the namespace identity-aware-sessions
  to do:   write identity-aware-sessions:switch

aws:assumeRoles[0].roleArn
  found:   "arn:aws:iam::111111111111:user/admin"
  allowed: the ARN of an IAM role
  to do:   write for example arn:aws:iam::111111111111:role/identity-center-admin

aws:profil
  found:   the key profil
  allowed: the keys region, profile, assumeRoles
  to do:   write profile

identity-aware-sessions:instance.accessControlAttributes.CostCenter[0]
  found:   "costCenter"
  allowed: an attribute of the identity source: \${path:...}, \${user:...} or \${dir:...}, 256 characters at most
  to do:   write for example "\${path:enterprise.costCenter}"

identity-aware-sessions:instance.accessControlAttributes.Team
  found:   ["\${path:team}","\${path:department}"]
  allowed: a list of exactly one source
  to do:   write for example CostCenter: ["\${path:enterprise.costCenter}"]

identity-aware-sessions:instance.accessControlAttributes["Size?"]
  found:   the key Size?
  allowed: names of 1 to 128 letters, digits, spaces and _.:/=+-@
  to do:   rename the attribute

identity-aware-sessions:instance.accessControlAttributes
  found:   52 entries
  allowed: 50 at most
  to do:   remove some

identity-aware-sessions:instance.name
  found:   "the instance"
  allowed: 1 to 255 letters, digits and +=,.@-_
  to do:   shorten it, or replace the characters that IAM Identity Center does not take

identity-aware-sessions:instance.additionalRegions[2]
  found:   "eu-west-1"
  allowed: each once
  to do:   remove it, it is there already

identity-aware-sessions:instance.additionalRegions
  found:   6 entries
  allowed: 5 at most
  to do:   remove some

identity-aware-sessions:instance.kmsKeyArn
  found:   "arn:aws:kms:eu-west-1:111111111111:key/12345678-1234-1234-1234-123456789012"
  allowed: with additionalRegions a multi-Region KMS key
  to do:   name a key whose id begins with mrk-, or remove additionalRegions

identity-aware-sessions:permissionSets.Assigned.assignments[0]
  found:   {"groups":["Developers"]}
  allowed: at least one account
  to do:   name the accounts in accounts, or remove the assignment

identity-aware-sessions:permissionSets.Assigned.assignments[1]
  found:   {"accounts":["sandbox"]}
  allowed: at least one group or user
  to do:   name whom the permission set is assigned to in groups or users, or remove the assignment

identity-aware-sessions:permissionSets.Assigned.assignments[2].groups
  found:   "Developers"
  allowed: a list, each entry a group's display name
  to do:   write a list, for example ["Developers"]

identity-aware-sessions:permissionSets.Assigned.assignments[2].users[0]
  found:   "alice b"
  allowed: a user name, 1 to 128 characters without spaces
  to do:   write it as AWS has it, in quotes, for example "alice"

identity-aware-sessions:permissionSets.Assigned.assignments[2].accounts[0]
  found:   222222222222
  allowed: an account's name or 12-digit id, 1 to 50 characters of ASCII
  to do:   write it as AWS has it, in quotes, for example "222222222222"

identity-aware-sessions:permissionSets.Elsewhere.sessionDuration
  found:   "PT8H"
  allowed: assignments only, for a permission set that is existing: true
  to do:   remove it, or remove existing to manage the permission set here

identity-aware-sessions:permissionSets.Languages.description
  found:   "開発者"
  allowed: 1 to 700 characters of Latin-1
  to do:   shorten it, or replace the characters that IAM Identity Center does not take

identity-aware-sessions:permissionSets.Languages.sessionDuration
  found:   "PT12H1M"
  allowed: an ISO 8601 duration from PT1H to PT12H
  to do:   write for example PT8H for eight hours

identity-aware-sessions:permissionSets.Languages.inlinePolicy
  found:   the character 開
  allowed: characters of Latin-1
  to do:   replace the others, which IAM Identity Center does not take in an inline policy

identity-aware-sessions:permissionSets.Large.inlinePolicy
  found:   10,081 non-blank bytes
  allowed: 10,240 non-blank bytes at most, and 10,080 where the policy does not grant sts:SetContext by itself: the rest is kept for the statement that does
  to do:   move some of it into customerManagedPolicies, or split the permission set

identity-aware-sessions:permissionSets.LargeGrant.inlinePolicy
  found:   10,241 non-blank bytes
  allowed: 10,240 non-blank bytes at most, and 10,080 where the policy does not grant sts:SetContext by itself: the rest is kept for the statement that does
  to do:   move some of it into customerManagedPolicies, or split the permission set

identity-aware-sessions:permissionSets.Names.managedPolicies[0]
  found:   "arn:aws:iam::111111111111:policy/Base"
  allowed: an AWS managed policy's name (with its path, if it has one) or ARN
  to do:   write for example ReadOnlyAccess, job-function/ViewOnlyAccess or arn:aws:iam::aws:policy/ReadOnlyAccess

identity-aware-sessions:permissionSets.Names.customerManagedPolicies[0].name
  found:   "platform/Base"
  allowed: 1 to 128 letters, digits and +=,.@-_
  to do:   write the policy's name alone, without its ARN

identity-aware-sessions:permissionSets.Names.customerManagedPolicies[1].path
  found:   "/platform"
  allowed: a path that begins and ends with /, 512 characters at most
  to do:   write for example /platform/

identity-aware-sessions:permissionSets.Policies.permissionsBoundary
  found:   {"customerManagedPolicy":{"name":"Base"},"managedPolicy":"PowerUserAccess"}
  allowed: exactly one of managedPolicy and customerManagedPolicy
  to do:   write for example { managedPolicy: PowerUserAccess }

identity-aware-sessions:permissionSets.Policies.managedPolicies
  found:   26 policies
  allowed: 25 policies at most, managedPolicies, customerManagedPolicies and the one of amazonQ together
  to do:   put the rest into the inline policy, or split the permission set

identity-aware-sessions:permissionSets.Policies.managedPolicies[23]
  found:   "arn:aws:iam::aws:policy/P0"
  allowed: each AWS managed policy once
  to do:   remove it, it is there by name and by ARN

identity-aware-sessions:permissionSets.Policies.customerManagedPolicies[1]
  found:   {"name":"Base","path":"/platform/"}
  allowed: each customer managed policy's name once, as in an account
  to do:   remove one of those with this name

identity-aware-sessions:permissionSets["Power User"].sesionDuration
  found:   the key sesionDuration
  allowed: the keys description, sessionDuration, relayState, managedPolicies, customerManagedPolicies, inlinePolicy, permissionsBoundary, tags, amazonQ, import, existing, assignments
  to do:   write sessionDuration

identity-aware-sessions:permissionSets.Sids.inlinePolicy.Statement[1].Sid
  found:   "Read"
  allowed: each Sid once in a policy
  to do:   rename it, or remove it

identity-aware-sessions:permissionSets.Statements.inlinePolicy.Version
  found:   "2012-10-18"
  allowed: 2012-10-17 or 2008-10-17
  to do:   write Version: "2012-10-17", in quotes

identity-aware-sessions:permissionSets.Statements.inlinePolicy.Statement[0].Effect
  found:   "allow"
  allowed: Allow or Deny
  to do:   write one of them

identity-aware-sessions:permissionSets.Statements.inlinePolicy.Statement[0].Action
  found:   "GetObject"
  allowed: one action or a list of actions, each * or a service, without wildcards, and its action
  to do:   write for example "s3:GetObject" or ["s3:Get*"]

identity-aware-sessions:permissionSets.Statements.inlinePolicy.Statement[0].Resource
  found:   "bucket"
  allowed: one resource or a list of resources, each * or an ARN
  to do:   write for example "*" or ["arn:aws:s3:::bucket/*"]

identity-aware-sessions:permissionSets.Statements.inlinePolicy.Statement[1].Principal
  found:   the key Principal
  allowed: the keys Sid, Effect, Action, NotAction, Resource, NotResource, Condition
  to do:   remove it

identity-aware-sessions:permissionSets.Statements.inlinePolicy.Statement[1]
  found:   {"Action":"s3:GetObject","Effect":"Allow","NotAction":"*","Principal":"*","Resource":"*"}
  allowed: exactly one of Action and NotAction
  to do:   write the one that you mean

identity-aware-sessions:permissionSets.Statements.inlinePolicy.Statement[2]
  found:   {"Action":"*","Effect":"Deny"}
  allowed: exactly one of Resource and NotResource
  to do:   write the one that you mean, for example Resource: "*"

identity-aware-sessions:permissionSets.Texts.description
  found:   "${"x".repeat(116)}...
  allowed: 1 to 700 characters of Latin-1
  to do:   shorten it, or replace the characters that IAM Identity Center does not take

identity-aware-sessions:permissionSets.Texts.sessionDuration
  found:   "PT59M"
  allowed: an ISO 8601 duration from PT1H to PT12H
  to do:   write for example PT8H for eight hours

identity-aware-sessions:permissionSets.Texts.relayState
  found:   "${"x".repeat(116)}...
  allowed: 1 to 240 characters of a URL
  to do:   write for example https://console.aws.amazon.com/q/

identity-aware-sessions:permissionSets.Texts.tags.team
  found:   "the platform"
  allowed: a text of 1 to 256 letters, digits and +=,.@-_
  to do:   change the tag's value, or put it in quotes

identity-aware-sessions:permissionSets.Texts.tags["cost centre"]
  found:   the key cost centre
  allowed: tag keys of 1 to 128 letters, digits and +=,.@-_
  to do:   rename the tag

identity-aware-sessions:permissionSets.Texts.tags
  found:   52 entries
  allowed: 50 at most
  to do:   remove some

identity-aware-sessions:permissionSets.Texts.asignments
  found:   the key asignments
  allowed: the keys description, sessionDuration, relayState, managedPolicies, customerManagedPolicies, inlinePolicy, permissionsBoundary, tags, amazonQ, import, existing, assignments
  to do:   write assignments

identity-aware-sessions:permissionSets["Power User"]
  found:   the key Power User
  allowed: names of 1 to 32 letters, digits and +=,.@-_
  to do:   rename the permission set

identity-aware-sessions:permissionSets.${"x".repeat(33)}
  found:   the key ${"x".repeat(33)}
  allowed: names of 1 to 32 letters, digits and +=,.@-_
  to do:   rename the permission set

identity-aware-sessions:switch.mode
  found:   "off"
  allowed: manage or require or ignore
  to do:   write manage in one stack an instance, require or ignore in the others

identity-aware-sessions:switch.onDestroy
  found:   "delete"
  allowed: keep or deleteApplication
  to do:   write keep to leave the sessions on when the stack is destroyed

identity-aware-sessions:switch.enabler
  found:   "arn:aws:iam::111111111111:user/admin"
  allowed: the ARN of an IAM role
  to do:   write for example arn:aws:iam::111111111111:role/identity-center-admin

identity-aware-sessions:switch.enablers[0]
  found:   "arn:aws:iam::111111111111:role/admin"
  allowed: an IAM role's name: 1 to 64 letters, digits and +=,.@-_
  to do:   write the role's name alone, without its ARN or path

identity-aware-sessions:safety.protect
  found:   "no"
  allowed: true or false
  to do:   write true to protect the switch from deletion

identity-aware-sessions:safety.maxRemovals
  found:   -1
  allowed: a whole number from 0 up
  to do:   write for example 20

identity-aware-sessions:safety.confirm[1]
  found:   "removals"
  allowed: each once
  to do:   remove it, it is there already

identity-aware-sessions:safety.maxremovals
  found:   the key maxremovals
  allowed: the keys protect, maxRemovals, endpoints, confirm
  to do:   write maxRemovals

identity-aware-sessions:swich
  found:   the key swich
  allowed: the keys instance, permissionSets, iamPrincipals, switch, safety
  to do:   write switch

identity-aware-sessions:instance.enablePermissionSets
  found:   true
  allowed: instance.enablePermissionSets only when safety.confirm holds enablePermissionSets: AWS cannot undo it
  to do:   add enablePermissionSets to safety.confirm, or remove instance.enablePermissionSets

identity-aware-sessions:switch.enablerPermissionSet
  found:   "Elsewhere"
  allowed: as switch.enablerPermissionSet one of permissionSets that is not existing: true
  to do:   name a permission set that this stack manages, or make it one

identity-aware-sessions:permissionSets.Imported.import
  found:   "arn:aws:sso:::permissionSet/ssoins-fedcba0987654321/ps-1234567890abcdef"
  allowed: for import permission sets of instance.arn, each once
  to do:   write the ARN of a permission set of that instance, which no other permission set of the stack imports

identity-aware-sessions:instance.additionalRegions[0]
  found:   "us-east-1"
  allowed: as instance.additionalRegions other Regions than aws:region
  to do:   remove it, the primary Region is there anyway

identity-aware-sessions:instance.kmsKeyArn
  found:   "arn:aws:kms:eu-west-1:111111111111:key/12345678-1234-1234-1234-123456789012"
  allowed: as instance.kmsKeyArn a key in aws:region
  to do:   name the key, or its replica, that lies in the primary Region
`;

describe("a stack whose configuration is wrong in many ways", () => {
  const open = useStacks();

  it("is refused with all of them at once and the way out of each, before AWS is called, and does not tell its credentials", async () => {
    const stack = await open({ config: mistaken });
    // Problem by problem, so that a failure shows the ones that differ.
    assert.deepEqual((await stack.refusal()).split("\n\n"), refusal.split("\n\n"));
    assert.deepEqual(stack.aws.calls, []);
    const told = JSON.stringify(stack.told);
    assert.match(told, /static credential/);
    for (const written of [stack.printed, told, ...stack.files()]) {
      assert.doesNotMatch(written, /canary/);
    }
  });

  it("is refused with a profile that this machine does not have, before AWS is called", async () => {
    const stack = await open({ config: { "aws:profile": "management" } });
    assert.equal(
      await stack.refusal(),
      `The stack's profile was not found: 1 problem. Nothing was changed.

aws:profile
  found:   management, which the AWS configuration files of this machine do not have
  allowed: a profile of these files, or no profile where the environment has the credentials
  to do:   add it (\`aws configure sso --profile management\`), correct it, or remove it
`,
    );
    assert.deepEqual(stack.aws.calls, []);
  });

  it("is refused with sections of the wrong kind beside them, which Pulumi does not judge first", async () => {
    const assignments = [{ groups: ["Developers"], accounts: "222222222222" }];
    const stack = await open({
      config: { instance: null, switch: "manage", permissionSets: { Developer: { assignments } } },
    });
    assert.equal(
      await stack.refusal(),
      `The stack's configuration cannot be used: 3 problems. Nothing was changed.

identity-aware-sessions:instance
  found:   ""
  allowed: an object with the keys arn, accessControlAttributes, importAccessControlAttributes, name, kmsKeyArn, enablePermissionSets, additionalRegions
  to do:   write it as an object, for example with \`pulumi config set --path\`

identity-aware-sessions:permissionSets.Developer.assignments[0].accounts
  found:   "222222222222"
  allowed: a list, each entry an account's name or 12-digit id
  to do:   write a list, for example ["222222222222"]

identity-aware-sessions:switch
  found:   "manage"
  allowed: an object with the keys mode, onDestroy, enabler, enablers, enablerPermissionSet
  to do:   write it as an object, for example with \`pulumi config set --path\`
`,
    );
  });
});
