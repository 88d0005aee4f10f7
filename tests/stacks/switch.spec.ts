import assert from "node:assert/strict";
import { enablerActions } from "../../components/identityAwareSessions/enablerPermissions";
import type { Organization } from "../../rehearsal/aws/organization";
import { nameOf } from "../../rehearsal/engine/urn";
import { play, refusalOf } from "./inProcess";
import { messages, useStacks, withInstance } from "./testStack";

const instanceArn = "arn:aws:sso:::instance/ssoins-1234567890abcdef";
const applicationArn = "arn:aws:sso::111111111111:application/ssoins-1234567890abcdef/apl-0000000000000001";
const roleArn = (name: string) => `arn:aws:iam::111111111111:role/${name}`;
const caller = "platform-engineer";

type Policies = Organization["iam"]["roles"][number]["policies"];

/** The example organization with other policies of the caller's role. */
function withCallersPolicies(change: (policies: Policies) => Policies): (example: Organization) => Organization {
  return ({ iam, ...example }) => ({
    ...example,
    iam: {
      ...iam,
      roles: iam.roles.map((role) => (role.name === caller ? { ...role, policies: change(role.policies) } : role)),
    },
  });
}

function allowing(actions: readonly string[]) {
  return { Sid: "EnableIdentityAwareSessions", Effect: "Allow", Action: actions, Resource: "*" };
}

/** What a preview says of a role that lacks these actions; `who` is how it calls the role. */
function lacking(actions: readonly string[], arn: string, who = arn): string {
  return `Identity-aware sessions are off, and cannot be switched on: 1 problem. Nothing was changed.

identity-aware-sessions:switch.enabler
  found:   ${who} lacks ${actions.join(", ")}
  allowed: a role or user that has the nine permissions of enabling, on resource "*" (README, "Permissions")
  to do:   ask an administrator of IAM Identity Center to give this policy to ${arn}, or to switch the sessions on instead: {"Statement":[{"Action":${JSON.stringify(actions)},"Effect":"Allow","Resource":"*","Sid":"EnableIdentityAwareSessions"}],"Version":"2012-10-17"}
`;
}

describe("a stack that manages the switch", () => {
  const open = useStacks();

  // Each of the nine in turn: tests/components/identityAwareSessions/missingPermissions.spec.ts.
  it("is refused when its caller may not read the switch, then when one of the nine permissions is taken away, naming that one", async () => {
    const stack = await open();
    const { enforcedPrincipals, iamPrincipals } = stack.aws.contents;
    const callers = [...enforcedPrincipals, ...iamPrincipals].filter(({ name }) => name === caller);
    const refusalWithout = (taken: string) => {
      const but = { Version: "2012-10-17", Statement: { Effect: "Allow", NotAction: taken, Resource: "*" } };
      callers.forEach((principal) => (principal.inlinePolicies = { EverythingElse: but }));
      return stack.refusal();
    };
    const unread = await refusalWithout("sso:ListApplications");
    assert.deepEqual(
      enablerActions.filter((action) => unread.includes(action)),
      ["sso:ListApplications"],
      unread,
    );
    const taken = "sso:PutApplicationGrant";
    assert.equal(await refusalWithout(taken), lacking([taken], roleArn(caller), `${roleArn(caller)} (the caller)`));
  });

  it("asks about the enabler that is configured, whatever its caller may do", async () => {
    const refusal = await refusalOf({ config: { switch: { enabler: roleArn("auditor") } } });
    assert.equal(refusal, lacking(enablerActions, roleArn("auditor")));
  });

  it("is refused at update, before anything is written, where its caller is not the enabler and could not switch on", async () => {
    const options = {
      config: { switch: { enabler: roleArn("identity-center-admin") } },
      organization: withCallersPolicies(({ Preview = {}, Deploy = {} }) => ({ Preview, Deploy })),
    };
    assert.notEqual(typeof (await play(options)).result, "string", "the preview is of somebody who only looks");
    const refusal = await refusalOf({ ...options, updates: true });
    assert.match(refusal, new RegExp(`found: {3}${roleArn(caller)} \\(the caller\\) lacks signin:Create`));
  });

  it("only warns of what it could not check when its caller may not simulate", async () => {
    const error = { type: "AccessDenied", status: 403 };
    const { result, warnings } = await play({
      prepare: ({ faults }) => faults.push({ operation: "SimulatePrincipalPolicy", error }),
    });
    assert.notEqual(typeof result, "string");
    assert.deepEqual(warnings, [
      `Not checked: whether identity-aware sessions can be switched on, since the caller is not allowed iam:SimulatePrincipalPolicy on ${roleArn(caller)}. If one of these permissions is missing, the update fails at the switch: ${enablerActions.join(", ")}.`,
    ]);
  });

  it("gives the nine permissions to a permission set, and to its enablers before it switches on, its caller among them", async () => {
    const stack = await open({
      config: { switch: { enablers: [caller, "auditor"], enablerPermissionSet: "Developer" } },
      organization: withCallersPolicies(({ Preview = {}, Deploy = {} }) => ({ Preview, Deploy })),
    });
    const { events, succeeded } = await stack.up();
    assert.equal(succeeded, true, stack.printed);
    const { iamPolicies, permissionSets, rolePolicyAttachments } = stack.aws.contents;
    assert.deepEqual(
      iamPolicies.map(({ versions }) => versions.map(({ document }) => JSON.parse(document) as unknown)),
      [[{ Version: "2012-10-17", Statement: [allowing(enablerActions)] }]],
    );
    const policyArn = iamPolicies[0]?.arn;
    assert.deepEqual(rolePolicyAttachments.map((attachment) => [attachment.roleName, attachment.policyArn]).sort(), [
      ["auditor", policyArn],
      [caller, policyArn],
    ]);
    const setContext = {
      Sid: "IdentityAwareSessions",
      Effect: "Allow",
      Action: "sts:SetContext",
      Resource: "arn:aws:sts::*:self",
    };
    assert.deepEqual(
      permissionSets.map(({ name, inlinePolicy }) => [name, JSON.parse(inlinePolicy) as unknown]),
      [["Developer", { Version: "2012-10-17", Statement: [allowing(enablerActions), setContext] }]],
    );
    // What came first could be chance; what the engine waits for is not.
    assert.deepEqual(
      events.flatMap((event) =>
        event.kind === "resOutputsEvent" && event.step.type.endsWith(":Switch")
          ? (event.step.new?.dependencies ?? []).map(nameOf).sort()
          : [],
      ),
      ["enablers-auditor", "enablers-platform-engineer", "enablers-policy"],
    );
  });

  it("is protected from being destroyed, as the instance's settings are, unless it says otherwise", async () => {
    const stack = await open({ config: { instance: { name: "platform" }, permissionSets: {}, safety: {} } });
    await stack.changesOf("up");
    const before = JSON.stringify(stack.aws.save());
    const { events, succeeded } = await stack.destroy();
    assert.equal(succeeded, false, stack.printed);
    const errors = messages(events, "error").join("\n");
    assert.match(errors, /::sessions-switch" cannot be deleted\s+because it is protected\./);
    // Pulumi names the first one only; what it goes by is in the state.
    const isProtected = stack.resources().filter(({ protect }) => protect);
    assert.deepEqual(isProtected.map(({ urn }) => nameOf(urn)).sort(), ["instance-settings", "sessions-switch"]);
    assert.equal(JSON.stringify(stack.aws.save()), before);
  });

  it("is refused with the near name of an enabler that does not exist", async () => {
    assert.equal(
      await refusalOf({ config: { switch: { enablers: ["auditer"] } } }),
      `The stack names roles that cannot become enablers: 1 problem. Nothing was changed.

identity-aware-sessions:switch.enablers[0]
  found:   auditer, which is no role of this account
  allowed: the name of an IAM role of the account that the stack runs in, without its path
  to do:   write auditor
`,
    );
  });

  it("says that the sessions are on already, and adopts their application", async () => {
    const options = { organization: withInstance({ identityAwareSessions: true }) };
    assert.deepEqual((await play(options)).infos, [
      `Identity-aware sessions are Enabled already, by ${applicationArn}. The stack keeps that application, and adopts it where it does not have it yet.`,
    ]);
    const stack = await open(options);
    const { outputs, succeeded } = await stack.up();
    assert.equal(succeeded, true, stack.printed);
    assert.deepEqual(
      [outputs["applicationArn"], outputs["adopted"], outputs["status"]],
      [applicationArn, true, "Enabled"],
    );
    assert.deepEqual(stack.writes(), ["CreateAccountAssignment", "CreateResource"]);
  });
});

describe("a stack that leaves the switch to others", () => {
  const open = useStacks();

  it("is refused while the sessions that it requires are off", async () => {
    assert.equal(
      await refusalOf({ config: { switch: { mode: "require" } } }),
      `This stack requires identity-aware sessions that it does not switch on itself: 1 problem. Nothing was changed.

identity-aware-sessions:switch.mode
  found:   require, and identity-aware sessions of ${instanceArn} are not Enabled
  allowed: require while another stack or an administrator has them Enabled
  to do:   ask whoever runs the stack with mode manage for this instance to run \`pulumi up\`, or an administrator of IAM Identity Center to enable them in its console (Settings > Details > Identity-aware sessions > Enable); or write mode: manage
`,
    );
  });

  it("goes on while the sessions that it requires are on, and makes no switch", async () => {
    const { result, registered } = await play({
      config: { switch: { mode: "require" } },
      organization: withInstance({ identityAwareSessions: true }),
    });
    assert(typeof result !== "string", JSON.stringify(result));
    assert.deepEqual([result["applicationArn"], result["status"]], [applicationArn, "Enabled"]);
    assert.deepEqual(
      registered.filter(({ type }) => type.endsWith(":Switch")),
      [],
    );
  });

  it("delivers the nine permissions all the same, by a caller who has none of them, and leaves them alone when its destruction is refused", async () => {
    const config = {
      permissionSets: { Admin: { assignments: [{ users: ["alice"], accounts: ["management"] }] } },
      switch: { mode: "ignore", enablers: ["auditor"], enablerPermissionSet: "Admin" },
    };
    const stack = await open({
      config,
      organization: withCallersPolicies(({ Preview = {}, Deploy = {} }) => ({ Preview, Deploy })),
    });
    await stack.changesOf("up");
    const { applications, iamPolicies, permissionSets, rolePolicyAttachments } = stack.aws.contents;
    assert.deepEqual(applications, []);
    const delivered = [
      JSON.parse(permissionSets[0]?.inlinePolicy ?? "") as { Statement: unknown[] },
      JSON.parse(iamPolicies[0]?.versions[0]?.document ?? "") as { Statement: unknown[] },
    ];
    assert.deepEqual(
      delivered.map(({ Statement: [first] }) => first),
      [allowing(enablerActions), allowing(enablerActions)],
    );
    assert.deepEqual(
      rolePolicyAttachments.map(({ roleName }) => roleName),
      ["auditor"],
    );

    stack.configure({ ...config, safety: { protect: false, maxRemovals: 0 } });
    await stack.changesOf("up");
    const before = JSON.stringify(stack.aws.save());
    assert.equal((await stack.destroy()).succeeded, false);
    assert.equal(JSON.stringify(stack.aws.save()), before);
    // That nothing was deleted at the same time could be chance; what the engine waits for is not.
    const { dependencies = [] } = stack.resources().find(({ urn }) => nameOf(urn) === "stack-record") ?? {};
    assert.deepEqual(dependencies.map(nameOf).sort(), [
      "enablers-auditor",
      "enablers-policy",
      "grants-Admin",
      "grants-Admin-assignments",
    ]);
  });

  it("asks AWS nothing about sessions that it ignores", async () => {
    const { calls, registered, result, warnings } = await play({
      config: { switch: { mode: "ignore" } },
      updates: true,
    });
    assert(!registered.some(({ type }) => type.endsWith(":Switch")));
    assert(typeof result !== "string", JSON.stringify(result));
    assert.equal(result["status"], "Ignored");
    assert.doesNotMatch(JSON.stringify(result), /undefined/);
    assert.deepEqual(warnings, []);
    assert.deepEqual(
      calls.filter(({ service, operation }) => service === "signin" || operation.startsWith("Simulate")),
      [],
    );
  });
});
