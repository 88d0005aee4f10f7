import assert from "node:assert/strict";
import { checkIds } from "../../../components/doctor/checkIds";
import { report } from "../../../components/doctor/report";
import { reportSchema } from "../../../components/doctor/reportSchema";
import type { Organization } from "../../../rehearsal/aws/organization";
import { instanceArn, operations, useLocalAws } from "../localAws";
import { callWithout, makeReady, notReady, of, question, switchOn } from "./playing";

const management = "111111111111";
const ofTheApplication = {
  application: "could not tell",
  "application-grants": "could not tell",
  "application-scopes": "could not tell",
  "application-authentication": "could not tell",
  "application-assignment": "could not tell",
};

describe("The doctor's report", () => {
  const aws = useLocalAws();

  it("is ready, without a note, of an organization that has everything", async () => {
    await makeReady(aws());
    const told = await report(question);
    assert.deepEqual([told.status, told.exitCode, told.region, told.message], ["ready", 0, "us-east-1", undefined]);
    assert.deepEqual(notReady(told.findings), {});
    const application = aws().contents.applications[0]?.arn ?? "";
    const seen = Object.fromEntries(told.findings.map(({ check, seen: words }) => [check, words]));
    const role = "arn:aws:iam::111111111111:role/platform-engineer";
    assert.deepEqual(seen, {
      credentials: `arn:aws:sts::${management}:assumed-role/platform-engineer/rehearsal, of account ${management}, asks in us-east-1`,
      organization: `the management account is ${management}, the caller's`,
      instance: `${instanceArn}, the organization instance, owned by the management account ${management}`,
      "instance-status": "ACTIVE",
      "instance-region": "the primary Region is us-east-1",
      "region-rule": "us-east-1 is enabled by default in every account",
      administration: `account ${management} administers it as the management account; there are no delegated administrators`,
      "identity-source": "identity store d-1234567890 has users",
      switch: `identity-aware sessions are Enabled, by ${application}`,
      application: "the application's status is ENABLED",
      "application-grants": "the application's grants: urn:ietf:params:oauth:grant-type:token-exchange",
      "application-scopes": "the application's access scopes: sts:identity_context",
      "application-authentication": "the application's authentication methods: IAM",
      "application-assignment": "the application is for everybody: assignments to it are not required",
      enabler: `${role} (the caller) has the nine permissions`,
      "set-context-permission-sets":
        "sts:SetContext is granted to 1 permission set: Developer (assigned in 2 accounts)",
      "set-context-iam":
        "sts:SetContext is granted to 1 IAM principal: role platform-engineer; not granted to 4 IAM principals",
      "set-context-member-accounts":
        "the StackSet sessions has deployed Sessions, with sts:SetContext and attached to no role by it, to 1 account: 222222222222",
      "amazon-q": "Amazon Q Developer Pro is supported for users of IAM Identity Center in us-east-1",
    });
    assert.deepEqual(Object.keys(seen), checkIds);
  });

  it("only reads, satisfies its schema, and tells where each finding is documented", async () => {
    callWithout(aws());
    const told = await report(question);
    assert.deepEqual(reportSchema.parse(told), told);
    assert.deepEqual(operations(aws(), "writes"), []);
    for (const { check, documentedAt } of told.findings) {
      assert.match(documentedAt.url, /^https:\/\/docs\.aws\.amazon\.com\/.+\.html$/, check);
    }
  });

  it("says what a fresh organization lacks: the switch, and somebody who is granted sts:SetContext", async () => {
    callWithout(aws(), "sts:SetContext");
    const told = await report(question);
    assert.deepEqual([told.status, told.exitCode], ["not ready", 1]);
    assert.deepEqual(notReady(told.findings), {
      switch: "not ready",
      ...ofTheApplication,
      "set-context-permission-sets": "not ready",
      "set-context-iam": "note",
      "set-context-member-accounts": "note",
    });
    assert.match(
      of(told.findings, "switch").toDo ?? "",
      /`pulumi up`.*or enable them in the IAM Identity Center console/,
    );
    assert.match(of(told.findings, "set-context-permission-sets").toDo ?? "", /arn:aws:sts::\*:self/);
    assert.equal(of(told.findings, "application").seen, "not asked: it depends on switch");
  });

  it("is not ready with an application that is disabled, or has neither grant nor scope, and takes assignments for a note", async () => {
    await makeReady(aws());
    Object.assign(aws().contents.applications[0] ?? assert.fail(), {
      status: "DISABLED",
      ...{ grants: [], accessScopes: [], assignmentRequired: true },
    });
    const told = await report(question);
    assert.equal(told.exitCode, 1);
    assert.deepEqual(notReady(told.findings), {
      application: "not ready",
      "application-grants": "not ready",
      "application-scopes": "not ready",
      "application-assignment": "note",
    });
    assert.match(of(told.findings, "application").seen, /^the application's status is DISABLED/);
    assert.equal(of(told.findings, "application-grants").seen, "the application has no grant");
  });

  it("asks nothing more with credentials that AWS does not know", async () => {
    process.env["AWS_ACCESS_KEY_ID"] = "AKIACANARYCANARY0000";
    const told = await report(question);
    assert.equal(told.exitCode, 2);
    assert.ok(told.findings.every(({ state }) => state === "could not tell"));
    assert.deepEqual(
      told.findings.map(({ check }) => check),
      checkIds,
    );
    assert.match(of(told.findings, "credentials").toDo ?? "", /^sign in again/);
    assert.ok(!JSON.stringify(told).includes("AKIACANARY"), "no credential is told");
    assert.equal(of(told.findings, "switch").seen, "not asked: it depends on credentials");
    assert.deepEqual(
      new Set(aws().calls.map(({ operation }) => operation)),
      new Set(aws().calls.length ? ["GetCallerIdentity"] : []),
    );
  });

  it("sends nothing to an endpoint that is neither AWS's nor this machine's, unless it is allowed", async () => {
    process.env["AWS_ENDPOINT_URL_STS"] = "https://collector.example.com";
    const told = await report(question);
    assert.equal(told.exitCode, 2);
    assert.match(
      of(told.findings, "credentials").seen,
      /collector\.example\.com, which is neither AWS nor this machine/,
    );
    assert.deepEqual(aws().calls, []);
  });

  it("names a profile that there is not", async () => {
    const told = await report({ ...question, connection: { ...question.connection, profile: "prdo" } });
    assert.equal(told.exitCode, 2);
    assert.match(of(told.findings, "credentials").seen, /^found prdo, which the AWS configuration files/);
  });

  it("is ready where only the caller lacks the nine permissions, since the sessions are on", async () => {
    await makeReady(aws());
    callWithout(aws(), "sso:CreateApplication");
    const told = await report(question);
    assert.deepEqual([told.exitCode, told.message], [0, undefined]);
    assert.deepEqual(notReady(told.findings), { enabler: "note" });
    assert.match(of(told.findings, "enabler").seen, /lacks sso:CreateApplication; the sessions are on already$/);
  });

  it("asks about the configured enabler", async () => {
    callWithout(aws(), "iam:CreateRole");
    const enabler = "arn:aws:iam::111111111111:role/auditor";
    const { findings } = await report({ ...question, enabler });
    const { state, seen, lacks } = of(findings, "enabler");
    assert.deepEqual([state, lacks?.length], ["not ready", 9]);
    assert.match(seen, /^arn:aws:iam::111111111111:role\/auditor lacks signin:Create/);
  });
});

describe("The doctor, about an enabler that does not exist,", () => {
  const aws = useLocalAws();
  const enabler = "arn:aws:iam::111111111111:role/nobody";

  it("is not ready while somebody has to switch the sessions on", async () => {
    callWithout(aws(), "iam:CreateRole");
    const { state, seen, toDo } = of((await report({ ...question, enabler })).findings, "enabler");
    assert.deepEqual([state, seen], ["not ready", `${enabler}, which does not exist`]);
    assert.match(toDo ?? "", /^correct the ARN/);
  });

  it("takes note of it once they are on", async () => {
    await makeReady(aws());
    const { findings, exitCode } = await report({ ...question, enabler });
    assert.deepEqual([exitCode, notReady(findings)], [0, { enabler: "note" }]);
  });
});

/** A report on the example organization with another instance. */
function describeInstances(
  title: string,
  change: (organization: Organization) => Organization,
  expected: { exitCode: number; states: Record<string, string>; seen: Record<string, RegExp> },
  instance?: string,
): void {
  describe(title, () => {
    const aws = useLocalAws(change);
    it(`exits with ${expected.exitCode} and says so`, async () => {
      callWithout(aws());
      const told = await report({ ...question, instanceArn: instance });
      assert.deepEqual(notReady(told.findings), expected.states);
      assert.equal(told.exitCode, expected.exitCode);
      for (const [check, pattern] of Object.entries(expected.seen)) {
        const { seen, toDo = "" } = told.findings.find((each) => each.check === check) ?? assert.fail(check);
        assert.match(`${seen} | ${toDo}`, pattern);
      }
    });
  });
}

const onlyInstance = (changed: object) => (organization: Organization) => ({
  ...organization,
  instances: organization.instances.map((each) => ({ ...each, ...changed })),
});
const noStackSet = { "set-context-member-accounts": "note" };
const offAndUnassigned = {
  ...{ switch: "not ready", ...ofTheApplication, "set-context-permission-sets": "note" },
  ...noStackSet,
};
const nothingElse = {
  administration: "could not tell",
  "identity-source": "could not tell",
  switch: "could not tell",
  ...ofTheApplication,
  "set-context-permission-sets": "could not tell",
  ...noStackSet,
};

describe("The doctor, of an instance that does not do:", () => {
  describeInstances("one that is being made", onlyInstance({ status: "CREATE_IN_PROGRESS" }), {
    exitCode: 1,
    states: { "instance-status": "not ready", ...nothingElse },
    seen: { "instance-status": /status CREATE_IN_PROGRESS.* \| wait until the instance is ACTIVE/ },
  });
  describeInstances("one of another account", onlyInstance({ ownerAccount: "222222222222" }), {
    exitCode: 1,
    states: {
      ...{ instance: "not ready", "instance-status": "could not tell" },
      ...{ "instance-region": "could not tell", "region-rule": "could not tell", "amazon-q": "could not tell" },
      ...nothingElse,
    },
    seen: { instance: /no instance of IAM Identity Center in us-east-1/ },
  });
  const ofMember = (organization: Organization) => ({
    ...onlyInstance({ ownerAccount: "222222222222" })(organization),
    callers: organization.callers.toReversed(),
  });
  describeInstances("the caller's account's own", ofMember, {
    exitCode: 1,
    states: { instance: "not ready", ...nothingElse, "set-context-permission-sets": "could not tell" },
    seen: { instance: /an account instance of 222222222222.*needed: an organization instance/ },
  });
  describeInstances("one in another Region", onlyInstance({ primaryRegion: "eu-central-1" }), {
    exitCode: 1,
    states: { "instance-region": "not ready", ...nothingElse },
    seen: { "instance-region": /needed: its primary Region, eu-central-1/ },
  });
  describeInstances("one in an opt-in Region", onlyInstance({ primaryRegion: "eu-south-1" }), {
    exitCode: 1,
    states: { "instance-region": "not ready", "region-rule": "not ready", ...nothingElse, "amazon-q": "note" },
    seen: { "region-rule": /primary Region eu-south-1, which has to be opted in to/, "amazon-q": /not supported/ },
  });
  describeInstances(
    "one without users",
    ({ instances, ...organization }) => ({
      ...organization,
      instances: instances.map((each) => ({
        ...each,
        identityStore: { ...each.identityStore, users: [], groups: [] },
      })),
    }),
    {
      exitCode: 1,
      states: { "identity-source": "not ready", ...offAndUnassigned },
      seen: { "identity-source": /which has no users/ },
    },
  );
  const other = "arn:aws:sso:::instance/ssoins-abcdef1234567890";
  const two = ({ instances, ...organization }: Organization) => ({
    ...organization,
    instances: [
      ...instances,
      ...instances.map((each) => ({
        ...each,
        arn: other,
        ownerAccount: management,
        identityStore: { id: "d-0987654321", users: [], groups: [] },
      })),
    ],
  });
  describeInstances("one of several, none of which was named", two, {
    exitCode: 2,
    states: {
      ...{ instance: "could not tell", "instance-status": "could not tell" },
      ...{ "instance-region": "could not tell", "region-rule": "could not tell", "amazon-q": "could not tell" },
      ...nothingElse,
    },
    seen: { instance: /2 instances.*\(here: --instance\)/ },
  });
  describeInstances(
    "one of several, which was named",
    two,
    {
      exitCode: 1,
      states: { "identity-source": "not ready", ...offAndUnassigned },
      seen: { instance: /abcdef1234567890/ },
    },
    other,
  );
});

describe("The doctor, in a delegated administrator's account,", () => {
  const aws = useLocalAws((organization) => ({
    ...organization,
    delegatedAdministrators: { "sso.amazonaws.com": ["222222222222"] },
    callers: organization.callers.toReversed(),
  }));

  it("is as good as in the management account", async () => {
    await switchOn();
    const { findings, exitCode } = await report(question);
    assert.match(
      of(findings, "administration").seen,
      /^account 222222222222 administers it as a delegated administrator/,
    );
    assert.equal(of(findings, "organization").seen, "the management account is 111111111111");
    assert.deepEqual(notReady(findings), { "set-context-permission-sets": "note", ...noStackSet });
    assert.equal(exitCode, 0, "its user is an administrator, who is granted sts:SetContext");
    assert.deepEqual(operations(aws(), "writes").length, 1);
  });
});
