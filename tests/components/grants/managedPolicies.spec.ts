import { log } from "@pulumi/pulumi";
import assert from "node:assert/strict";
import { lookUpPolicies } from "../../../components/grants/lookUpPolicies";
import type { PermissionSetSettings } from "../../../components/settings/settings";
import { connection, instanceArn, operations, useLocalAws } from "../localAws";
import { permissionSet } from "./permissionSet";

const path = "identity-aware-sessions:permissionSets";

function lookUp(permissionSets: Record<string, PermissionSetSettings>) {
  return lookUpPolicies(connection, instanceArn, permissionSets, undefined);
}

async function refusalOf(permissionSets: Record<string, PermissionSetSettings>): Promise<string> {
  const error: Error = await lookUp(permissionSets).then(
    () => assert.fail("was not refused"),
    (reason: unknown) => reason as Error,
  );
  return error.message;
}

/** Catches what Pulumi would warn of. @returns what ends that. */
function stubbed(warn: (message: string) => void): () => void {
  const original = log.warn;
  Object.assign(log, { warn });
  return () => Object.assign(log, { warn: original });
}

describe("AWS managed policies of permission sets", () => {
  const aws = useLocalAws();

  it("are read once each, but for those that are known anyway", async () => {
    const { managedPolicies } = await lookUp({
      Auditor: permissionSet({
        managedPolicies: ["SecurityAudit", "AdministratorAccess", "job-function/ViewOnlyAccess"],
      }),
      Reader: permissionSet({ managedPolicies: ["arn:aws:iam::aws:policy/SecurityAudit", "PowerUserAccess"] }),
      Elsewhere: permissionSet({ existing: true, managedPolicies: ["ReadOnlyAccess"] }),
    });
    assert.deepEqual(Object.keys(managedPolicies ?? {}).sort(), [
      "arn:aws:iam::aws:policy/SecurityAudit",
      "arn:aws:iam::aws:policy/job-function/ViewOnlyAccess",
    ]);
    assert.deepEqual(operations(aws()).sort(), ["GetPolicy", "GetPolicy", "GetPolicyVersion", "GetPolicyVersion"]);
  });

  it("are refused as a boundary that leaves sts:SetContext out", async () => {
    assert.equal(
      await refusalOf({ Auditor: permissionSet({ permissionsBoundary: { managedPolicy: "ReadOnlyAccess" } }) }),
      "Permission sets would not grant sts:SetContext: 1 problem. Nothing was changed.\n\n" +
        `${path}.Auditor.permissionsBoundary\n` +
        "  found:   nothing in the permissions boundary ReadOnlyAccess allows sts:SetContext on arn:aws:sts::*:self\n" +
        "  allowed: a boundary that allows sts:SetContext on arn:aws:sts::*:self\n" +
        "  to do:   choose another boundary, for example PowerUserAccess, or none\n",
    );
  });

  it("are refused when they deny it, naming the statement", async () => {
    const document = {
      Version: "2012-10-17",
      Statement: [{ Sid: "Stop", Effect: "Deny", Action: "sts:*", Resource: "*" }],
    };
    aws().contents.managedPolicies.push({ name: "Quarantine", document });
    assert.match(
      await refusalOf({ Dev: permissionSet({ managedPolicies: ["SecurityAudit", "Quarantine"] }) }),
      /permissionSets\.Dev\.managedPolicies\[1\]\n {2}found: {3}statement 0 \(Stop\) of managedPolicies\[1\], which denies sts:SetContext\n/,
    );
  });

  it("are refused where AWS has none of the name, with the path that is missing, beside what else is refused", async () => {
    assert.equal(
      await refusalOf({
        A: permissionSet({ managedPolicies: ["ViewOnlyAccess"], permissionsBoundary: { managedPolicy: "Nearly" } }),
        B: permissionSet({ managedPolicies: ["arn:aws:iam::aws:policy/service-role/SecurityAudit", "AWSDenyAll"] }),
      }),
      "Permission sets name AWS managed policies that do not exist: 3 problems. Nothing was changed.\n\n" +
        `${path}.A.managedPolicies[0]\n` +
        "  found:   ViewOnlyAccess, and AWS has no policy arn:aws:iam::aws:policy/ViewOnlyAccess\n" +
        "  allowed: the name, with its path if it has one, or the ARN of a policy that AWS manages\n" +
        "  to do:   write job-function/ViewOnlyAccess\n\n" +
        `${path}.A.permissionsBoundary.managedPolicy\n` +
        "  found:   Nearly, and AWS has no policy arn:aws:iam::aws:policy/Nearly\n" +
        "  allowed: the name, with its path if it has one, or the ARN of a policy that AWS manages\n" +
        "  to do:   correct it; a policy of your own goes under customerManagedPolicies or permissionsBoundary.customerManagedPolicy\n\n" +
        `${path}.B.managedPolicies[0]\n` +
        "  found:   arn:aws:iam::aws:policy/service-role/SecurityAudit, which AWS does not have\n" +
        "  allowed: the name, with its path if it has one, or the ARN of a policy that AWS manages\n" +
        "  to do:   write SecurityAudit\n\n" +
        "Permission sets would not grant sts:SetContext: 1 problem. Nothing was changed.\n\n" +
        `${path}.B.managedPolicies[1]\n` +
        "  found:   statement 0 (DenyAll) of managedPolicies[1], which denies sts:SetContext\n" +
        "  allowed: no Deny of sts:SetContext on the session itself: it would take away what makes a console session identity-aware\n" +
        "  to do:   choose another policy\n",
    );
  });

  const own = "A policy of your own goes under customerManagedPolicies or permissionsBoundary.customerManagedPolicy";

  it("are named where one of AWS's is near, with its path, after one look at those that AWS has", async () => {
    const managedPolicies = [
      "ViewOnlyAcess",
      "readonlyaccess",
      "PowerUser",
      "arn:aws:iam::aws:policy/job-function/Bilings",
    ];
    const message = await refusalOf({ A: permissionSet({ managedPolicies }) });
    const advice = [...message.matchAll(/ {2}to do: {3}(.*)\n/g)].map(([, toDo]) => toDo);
    assert.deepEqual(advice, [
      `did you mean job-function/ViewOnlyAccess? ${own}`,
      `did you mean ReadOnlyAccess? ${own}`,
      `did you mean PowerUserAccess or AmazonCognitoPowerUser or AWSCodeCommitPowerUser? ${own}`,
      `did you mean job-function/Billing? ${own}`,
    ]);
    assert.equal(operations(aws()).filter((each) => each === "ListPolicies").length, 2, "a thousand a call");
  });

  it("are not named when the caller may not list them", async () => {
    aws().faults.push({ operation: "ListPolicies", error: { type: "AccessDenied", message: "No." } });
    const message = await refusalOf({ A: permissionSet({ managedPolicies: ["readonlyaccess"] }) });
    assert.match(
      message,
      / {2}to do: {3}correct it \(iam:ListPolicies would tell the near names\); a policy of your own goes under /,
    );
  });

  it("are not judged, with a warning, when the caller may not read them", async () => {
    const warnings: string[] = [];
    const stub = stubbed((message) => warnings.push(message));
    aws().faults.push({ operation: "GetPolicy", error: { type: "AccessDenied", message: "No." } });
    const { managedPolicies } = await lookUp({
      Auditor: permissionSet({ managedPolicies: ["SecurityAudit"] }),
    }).finally(stub);
    assert.deepEqual(managedPolicies, {});
    assert.deepEqual(warnings, [
      "Not checked: whether these AWS managed policies exist and deny sts:SetContext, since the caller is not allowed " +
        "iam:GetPolicy and iam:GetPolicyVersion on them: arn:aws:iam::aws:policy/SecurityAudit.",
    ]);
  });

  it("are not judged, with a warning, when they say what the program does not know", async () => {
    const warnings: string[] = [];
    const stub = stubbed((message) => warnings.push(message));
    const document = { Version: "2012-10-17", Statement: [{ Effect: "Maybe", Action: "*", Resource: "*" }] };
    aws().contents.managedPolicies.push({ name: "New", document });
    const { managedPolicies } = await lookUp({ Dev: permissionSet({ managedPolicies: ["New"] }) }).finally(stub);
    assert.deepEqual(managedPolicies, {});
    assert.deepEqual(warnings, [
      "Not checked: whether these AWS managed policies deny sts:SetContext, since they say what this program does not know: " +
        "arn:aws:iam::aws:policy/New.",
    ]);
  });

  it("of another partition are refused for that, and not looked for", async () => {
    const managedPolicies = ["arn:aws-cn:iam::aws:policy/SecurityAudit"];
    assert.match(await refusalOf({ Auditor: permissionSet({ managedPolicies }) }), /a policy of partition aws-cn\n/);
    assert.deepEqual(operations(aws()), []);
  });
});
