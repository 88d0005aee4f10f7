import assert from "node:assert/strict";
import { isForPeople } from "../../../components/doctor/rolesForPeople";
import { report } from "../../../components/doctor/report";
import type { Principal } from "../../../components/doctor/reportSchema";
import type { IamPrincipal } from "../../../rehearsal/aws/contents";
import { parseFault } from "../../../rehearsal/aws/faultKinds";
import { useLocalAws } from "../localAws";
import { addGrantingSet, assign, callWithout, of, question, selfSetContext } from "./playing";

const nothing = { Version: "2012-10-17", Statement: [] };
const deny = { Version: "2012-10-17", Statement: [{ Sid: "NoSts", Effect: "Deny", Action: "sts:*", Resource: "*" }] };

/** The verdict on each, and what it is by. */
function verdicts(principals: readonly Principal[] = []): Record<string, unknown[]> {
  return Object.fromEntries(
    principals.map(({ name, setContext, by, accounts }) => [
      name,
      [setContext, ...by, ...(accounts === undefined ? [] : [accounts])],
    ]),
  );
}

describe("Who is granted sts:SetContext by permission sets, the doctor", () => {
  const aws = useLocalAws();

  it("tells of each, with the statement that decides and the number of accounts", async () => {
    callWithout(aws(), "sts:SetContext");
    const { permissionSets } = aws().contents;
    const set = (name: string, inline: object, accounts: string[] = []) => {
      const arn = addGrantingSet(aws(), name, inline, accounts);
      return permissionSets.find((each) => each.arn === arn) ?? assert.fail();
    };
    set("Granted", selfSetContext, ["222222222222", "333333333333"]);
    set("Nowhere", selfSetContext);
    set("Billing", nothing);
    set("Denied", { ...selfSetContext, Statement: [...selfSetContext.Statement, ...deny.Statement] }, ["222222222222"]);
    const one = { ...selfSetContext.Statement[0], Resource: "arn:aws:sts::222222222222:self" };
    set("OneAccount", { ...selfSetContext, Statement: [one] }, ["222222222222"]);
    set("Bounded", selfSetContext).permissionsBoundary = { ManagedPolicyArn: "arn:aws:iam::aws:policy/ReadOnlyAccess" };
    set("Attached", nothing).managedPolicies.push("arn:aws:iam::aws:policy/AmazonQDeveloperAccess");
    set("Base", nothing).customerManagedPolicyReferences.push({ Name: "Base", Path: "/team/" });
    set("BaseBounded", selfSetContext).permissionsBoundary = { CustomerManagedPolicyReference: { Name: "Limit" } };
    const { findings } = await report(question);
    const { state, seen, principals } = of(findings, "set-context-permission-sets");
    assert.equal(state, "ready");
    assert.deepEqual(verdicts(principals), {
      Attached: [
        "granted",
        "statement 2 (AllowSetTrustedIdentity) of arn:aws:iam::aws:policy/AmazonQDeveloperAccess",
        0,
      ],
      Base: ["not known", 0],
      BaseBounded: ["not known", 0],
      Billing: ["not granted"],
      Bounded: ["limited", 0],
      Denied: ["denied", "statement 1 (NoSts) of the inline policy", 1],
      Granted: ["granted", "statement 0 (Self) of the inline policy", 2],
      Nowhere: ["granted", "statement 0 (Self) of the inline policy", 0],
      OneAccount: ["granted in some accounts", "statement 0 (Self) of the inline policy", 1],
    });
    assert.equal(
      seen,
      "sts:SetContext is granted to 3 permission sets: Attached (assigned nowhere), Granted (assigned in 2 accounts), Nowhere (assigned nowhere); " +
        "granted to 1 permission set in some accounts only: OneAccount (assigned in 1 account) (by statement 0 (Self) of the inline policy); " +
        "denied to 1 permission set: Denied (by statement 1 (NoSts) of the inline policy); " +
        "kept from 1 permission set: Bounded (nothing in the permissions boundary arn:aws:iam::aws:policy/ReadOnlyAccess allows sts:SetContext on arn:aws:sts::*:self); " +
        "not known of 2 permission sets: Base (the customer managed policy /team/Base, which can be another one in every account; nothing in the identity-based policies allows sts:SetContext on arn:aws:sts::*:self), " +
        "BaseBounded (the permissions boundary is the customer managed policy /Limit, which can be another one in every account); " +
        "not granted to 1 permission set",
    );
    assert.deepEqual(principals?.find(({ name }) => name === "Granted")?.accountIds, ["222222222222", "333333333333"]);
  });

  it("is not ready with one that is assigned nowhere", async () => {
    callWithout(aws(), "sts:SetContext");
    addGrantingSet(aws(), "Nowhere", selfSetContext, []);
    const { findings } = await report(question);
    assert.equal(of(findings, "set-context-permission-sets").state, "not ready");
  });

  it("could not tell where the only one that is assigned depends on what it cannot read", async () => {
    callWithout(aws(), "sts:SetContext");
    const arn = addGrantingSet(aws(), "Base", nothing, ["222222222222"]);
    const set = aws().contents.permissionSets.find((each) => each.arn === arn) ?? assert.fail();
    set.customerManagedPolicyReferences.push({ Name: "Base" });
    const { findings } = await report(question);
    const { state, needed } = of(findings, "set-context-permission-sets");
    assert.deepEqual([state, needed], ["could not tell", true]);
  });

  it("names the first five of many, and has all of them in its data", async () => {
    callWithout(aws(), "sts:SetContext");
    const names = Array.from({ length: 6 }, (_, n) => `Set${n}`);
    names.forEach((name) => addGrantingSet(aws(), name, selfSetContext, ["222222222222"]));
    const { findings } = await report(question);
    const { seen, principals = [] } = of(findings, "set-context-permission-sets");
    assert.match(
      seen,
      /^sts:SetContext is granted to 6 permission sets: Set0 .*, Set4 \(assigned in 1 account\) and 1 more$/,
    );
    assert.deepEqual(
      principals.map(({ name }) => name),
      names,
    );
  });

  it("says why one permission set could not be read, and goes on", async () => {
    callWithout(aws(), "sts:SetContext");
    addGrantingSet(aws(), "Granted", selfSetContext, ["222222222222"]);
    aws().faults.push(parseFault("GetInlinePolicyForPermissionSet=access-denied"));
    const { findings } = await report(question);
    const { state, seen, lacks } = of(findings, "set-context-permission-sets");
    assert.equal(state, "could not tell");
    assert.match(
      seen,
      /not known of 1 permission set: Granted \(the inline policy: the caller may not do sso:GetInlinePolicy/,
    );
    assert.deepEqual(lacks, ["sso:GetInlinePolicyForPermissionSet"]);
  });
});

describe("Who is granted sts:SetContext by IAM, the doctor", () => {
  const aws = useLocalAws();

  function add(kind: IamPrincipal["kind"], name: string, more: Partial<IamPrincipal> = {}): void {
    const arn = `arn:aws:iam::111111111111:${kind}/${name}`;
    aws().contents.iamPrincipals.push({
      kind,
      account: "111111111111",
      arn,
      name,
      path: "/",
      inlinePolicies: {},
      ...more,
    });
  }

  it("judges users with their groups, attached policies and boundaries, and leaves out the roles of permission sets", async () => {
    callWithout(aws(), "sts:SetContext");
    const { contents } = aws();
    add("user", "alone", { inlinePolicies: { Own: selfSetContext } });
    add("user", "member");
    add("group", "Operators", { inlinePolicies: { Ops: selfSetContext }, members: ["member", "denied"] });
    add("user", "denied", { inlinePolicies: { No: deny } });
    add("user", "bounded", { inlinePolicies: { Own: selfSetContext }, permissionsBoundary: nothing });
    add("role", "attached");
    const policyArn = "arn:aws:iam::111111111111:policy/Self";
    contents.iamPolicies.push({
      ...{
        account: "111111111111",
        arn: policyArn,
        name: "Self",
        path: "/",
        createdDate: 1,
        updatedDate: 1,
        versionsMade: 2,
      },
      versions: [
        { id: "v1", document: JSON.stringify(nothing), isDefault: false, createdDate: 1 },
        { id: "v2", document: JSON.stringify(selfSetContext), isDefault: true, createdDate: 1 },
      ],
    });
    contents.rolePolicyAttachments.push({ account: "111111111111", roleName: "attached", policyArn });
    assign(aws(), addGrantingSet(aws(), "Developer", nothing, []), ["111111111111"]);
    const { findings } = await report(question);
    const { state, principals } = of(findings, "set-context-iam");
    assert.equal(state, "ready");
    assert.deepEqual(verdicts(principals), {
      analyst: ["not granted"],
      carol: ["not granted"],
      alone: ["granted", "statement 0 (Self) of Own"],
      member: ["granted", "statement 0 (Self) of Ops"],
      denied: ["denied", "statement 0 (NoSts) of No"],
      bounded: ["limited"],
      Operators: ["granted", "statement 0 (Self) of Ops"],
      "platform-engineer": ["limited", "statement 0 of EverythingElse"],
      "identity-center-admin": ["not granted"],
      auditor: ["not granted"],
      attached: ["granted", `statement 0 (Self) of ${policyArn}`],
    });
  });

  it("takes a group without users for nobody", async () => {
    callWithout(aws(), "sts:SetContext");
    add("group", "Operators", { inlinePolicies: { Ops: selfSetContext } });
    const { findings } = await report(question);
    assert.deepEqual(of(findings, "set-context-iam").state, "note");
    assert.deepEqual(of(findings, "set-context-permission-sets").state, "not ready");
  });
});

describe("Roles that people come to", () => {
  const role = (Principal: unknown, Path = "/") => ({
    ...{ Path, RoleName: "role", RoleId: "id", Arn: "arn", CreateDate: new Date(0) },
    AssumeRolePolicyDocument: encodeURIComponent(JSON.stringify({ Statement: { Effect: "Allow", Principal } })),
  });

  for (const [title, trusted, expected] of [
    ["that accounts are trusted to assume are listed", { AWS: "111111111111" }, true],
    [
      "that federation is trusted to assume are listed",
      { Federated: "arn:aws:iam::111111111111:saml-provider/idp" },
      true,
    ],
    ["that anybody is trusted to assume are listed", "*", true],
    [
      "that a service and an account are trusted to assume are listed",
      { Service: "ec2.amazonaws.com", AWS: "1" },
      true,
    ],
    ["that services alone are trusted to assume are not", { Service: ["ec2.amazonaws.com"] }, false],
  ] as const) {
    it(title, () => {
      assert.equal(isForPeople(role(trusted)), expected);
    });
  }

  it("of permission sets and of AWS's services are not listed", () => {
    assert.equal(isForPeople(role({ AWS: "1" }, "/aws-reserved/sso.amazonaws.com/")), false);
    assert.equal(isForPeople(role({ AWS: "1" }, "/aws-service-role/sso.amazonaws.com/")), false);
  });
});
