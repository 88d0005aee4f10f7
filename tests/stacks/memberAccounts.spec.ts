import assert from "node:assert/strict";
import { grantsSetContext } from "../../policy-pack/iam/setContext";
import { policiesOf } from "../../rehearsal/aws/authorization/principalPolicies";
import { initialContents } from "../../rehearsal/aws/initialContents";
import type { Organization } from "../../rehearsal/aws/organization";
import { exampleOrganization } from "../exampleOrganization";
import { play, refusalOf } from "./inProcess";
import { useStacks } from "./testStack";

const [management, dev, prod, sandbox] = ["111111111111", "222222222222", "333333333333", "444444444444"] as const;

/** Every member account has the role analyst, and the management account has not. */
function withAnalysts({ iam, ...example }: Organization): Organization {
  const analysts = [dev, prod, sandbox].map((account) => ({ name: "analyst", account, path: "/", policies: {} }));
  return { ...example, iam: { ...iam, roles: [...iam.roles.filter(({ name }) => name !== "analyst"), ...analysts] } };
}

const stackOf = (memberAccounts: object) => ({
  switch: { mode: "ignore" },
  permissionSets: {},
  iamPrincipals: { memberAccounts },
});

describe("a stack that gives principals of member accounts sts:SetContext", () => {
  const open = useStacks();

  it("deploys a policy to organizational units and those below, follows the accounts, and takes all of it back", async () => {
    const inWorkloads = { organizationalUnits: ["Workloads"], attachTo: ["analyst"] };
    const stack = await open({ config: stackOf(inWorkloads), organization: withAnalysts });
    const { contents } = stack.aws;
    /** The accounts whose analysts' sessions may become identity-aware. */
    const granted = () =>
      contents.iamPrincipals
        .filter(({ name }) => name === "analyst")
        .filter((role) => {
          const identityPolicies = policiesOf(role, contents);
          return grantsSetContext({ partition: "aws", identityPolicies }).accounts === "every";
        })
        .map(({ account }) => account);
    const policies = () => contents.iamPolicies.map(({ arn }) => arn).sort();

    await stack.changesOf("up");
    assert.deepEqual(stack.writes(), ["CreateResource", "CreateStackInstances"]);
    assert.deepEqual(granted(), [dev, prod]);
    assert.deepEqual(policies(), [
      `arn:aws:iam::${dev}:policy/identity-aware-sessions`,
      `arn:aws:iam::${prod}:policy/identity-aware-sessions`,
    ]);
    assert.deepEqual(await stack.changesOf("refresh"), []);

    // An account that moves into the unit gets it, and one that leaves loses it, without the stack.
    const moved = contents.accounts.find(({ id }) => id === sandbox);
    const left = contents.accounts.find(({ id }) => id === prod);
    assert(moved && left);
    [moved.unitPath, left.unitPath] = ["Workloads", ""];
    assert.deepEqual(await stack.changesOf("up"), []);
    assert.deepEqual(granted(), [dev, sandbox]);

    stack.configure(stackOf({ ...inWorkloads, organizationalUnits: ["/"] }));
    assert.match(
      await stack.refusal(),
      /organizationalUnits\n +found: +\/ instead of ou-\S+, where the StackSet is now .*\n.*\n +to do: +run `pulumi up` without both first \(without memberAccounts, where no other unit is left\), then with \/;/,
    );
    stack.configure(stackOf({ organizationalUnits: ["Workloads"] }));
    assert.deepEqual(await stack.changesOf("up"), ["aws-native:cloudformation:StackSet update templateBody"]);
    assert.deepEqual(granted(), []);
    assert.equal(policies().length, 2);

    await stack.changesOf("destroy");
    assert.deepEqual(policies(), []);
    assert.deepEqual(contents.stackSets, []);
  });

  it("gives the management account the same policy directly, says which role it lacks, and tells the account that lacks one", async () => {
    const everywhere = { organizationalUnits: ["/"], attachTo: ["analyst", "auditor"], policyName: "Sessions" };
    const stack = await open({ config: stackOf(everywhere), organization: withAnalysts });
    const { contents } = stack.aws;
    assert.equal((await stack.up()).succeeded, false);
    const missing = [dev, prod, sandbox].map(
      (account) =>
        `Account (${account}), Region (us-east-1), FAILED: The role with name auditor cannot be found. (Service: Iam, Status Code: 404)`,
    );
    assert(stack.printed.includes(missing.join("; ")), stack.printed);
    const [policy] = contents.iamPolicies;
    assert.deepEqual([policy?.account, policy?.name, contents.iamPolicies.length], [management, "Sessions", 1]);
    assert.deepEqual(contents.rolePolicyAttachments, [
      { account: management, roleName: "auditor", policyArn: `arn:aws:iam::${management}:policy/Sessions` },
    ]);

    // What has been deployed counts, also where the update failed that the record would have come with.
    stack.configure(stackOf({ ...everywhere, organizationalUnits: ["Workloads"] }));
    assert.match(await stack.refusal(), /found: +Workloads instead of \/, where the StackSet is now/);

    // The accounts stay without it, and every operation says so.
    stack.configure(stackOf(everywhere));
    await stack.changesOf("up");
    assert.match(
      stack.printed,
      /Before this operation 3 accounts did not have the policy of the StackSet identity-aware-sessions-\S+ as it was to be: 222222222222 \(OUTDATED: The role with name auditor cannot be found\..*aws cloudformation update-stack-instances --stack-set-name identity-aware-sessions-\S+ --deployment-targets OrganizationalUnitIds=r-\S+ --regions us-east-1 --region us-east-1/,
    );

    // Once the accounts have the role, a change of the template reaches them all.
    stack.configure(stackOf({ ...everywhere, attachTo: ["analyst"] }));
    await stack.changesOf("up");
    assert.deepEqual(
      contents.rolePolicyAttachments.map(({ account, roleName }) => `${account} ${roleName}`),
      [dev, prod, sandbox].map((account) => `${account} analyst`),
    );
    assert.match(stack.printed, /Before this operation 3 accounts/);
    await stack.changesOf("up");
    assert.doesNotMatch(stack.printed, /Before this operation/);
    await stack.changesOf("destroy");
    assert.deepEqual([contents.iamPolicies, contents.stackSets], [[], []]);
  });

  it("is refused where StackSets would deploy to nobody, with the near names of units that do not exist", async () => {
    const refusal = await refusalOf({
      config: stackOf({ organizationalUnits: ["Workloads/Develpment", "Sandbox", "Nowhere", "Workload/Development"] }),
      organization: (example) => ({ ...example, trustedAccess: [] }),
    });
    assert.deepEqual(refusal.split("\n\n"), [
      "The stack cannot give sts:SetContext to principals of member accounts: 4 problems. Nothing was changed.",
      "identity-aware-sessions:iamPrincipals.memberAccounts\n" +
        "  found:   an organization whose trusted access for StackSets is not activated\n" +
        "  allowed: StackSets that may deploy to the organization's accounts\n" +
        "  to do:   run `aws cloudformation activate-organizations-access --region us-east-1` in the management account, or activate it in the CloudFormation console (StackSets)",
      "identity-aware-sessions:iamPrincipals.memberAccounts.organizationalUnits[0]\n" +
        "  found:   Workloads/Develpment: there is no unit Develpment in Workloads\n" +
        "  allowed: the path of an organizational unit, from the root down\n" +
        "  to do:   write Workloads/Development",
      "identity-aware-sessions:iamPrincipals.memberAccounts.organizationalUnits[2]\n" +
        "  found:   Nowhere: there is no unit Nowhere in the root\n" +
        "  allowed: the path of an organizational unit, from the root down\n" +
        "  to do:   correct it, or create the unit first",
      "identity-aware-sessions:iamPrincipals.memberAccounts.organizationalUnits[3]\n" +
        "  found:   Workload/Development: there is no unit Workload in the root\n" +
        "  allowed: the path of an organizational unit, from the root down\n" +
        "  to do:   write Workloads/Development\n",
    ]);
  });

  it("is refused in another account than the management account", async () => {
    const refusal = await refusalOf({
      config: stackOf({ organizationalUnits: ["/"] }),
      organization: (example) => ({
        ...example,
        callers: example.callers.slice(1),
        delegatedAdministrators: { "sso.amazonaws.com": [dev] },
      }),
    });
    assert.match(
      refusal,
      /found: +organizationalUnits, in a stack of account 222222222222\n +allowed: a stack of the management account 111111111111\n +to do: +put iamPrincipals into a stack of its own/,
    );
  });

  it("tells at preview which of the roles the management account lacks", async () => {
    const rootId = initialContents(await exampleOrganization()).root.id;
    const { infos, registered } = await play({
      config: stackOf({ organizationalUnits: ["/"], attachTo: ["analyst", "auditor"] }),
      organization: withAnalysts,
    });
    assert.deepEqual(infos, [
      "The management account has no role analyst of its own, so identity-aware-sessions is not attached there; in the member " +
        "accounts, where it must exist, nobody looks before the update.",
    ]);
    assert.deepEqual(
      registered.flatMap(({ name }) => (name.startsWith("iam-principals-member-accounts") ? [name] : [])).sort(),
      [
        "iam-principals-member-accounts",
        `iam-principals-member-accounts-in-${rootId}`,
        "iam-principals-member-accounts-policy",
        "iam-principals-member-accounts-role-auditor",
        "iam-principals-member-accounts-stack-set",
      ],
    );
  });
});
