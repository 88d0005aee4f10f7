import assert from "node:assert/strict";
import type { Question } from "../../../components/doctor/context";
import type { Finding } from "../../../components/doctor/finding";
import { SignInClient } from "../../../components/identityAwareSessions/signInClient";
import type { PolicyDocument } from "../../../components/grants/policyDocument";
import { policyTemplate } from "../../../components/iamPrincipals/policyTemplate";
import { stackSetDescription } from "../../../components/iamPrincipals/sessionPolicy";
import type { StackSet } from "../../../rehearsal/aws/contents";
import type { LocalAws } from "../../../rehearsal/aws/server";
import { addPermissionSet } from "../grants/awsPermissionSet";
import { connection, instanceArn } from "../localAws";

export const question: Question = { connection, endpoints: [], callsPerSecond: 1000 };

/** Makes the caller's role one that may do everything but some actions, beside what else it is described with. */
export function callWithout({ contents }: LocalAws, ...taken: readonly string[]): void {
  const inlinePolicies = {
    EverythingElse: { Version: "2012-10-17", Statement: { Effect: "Allow", NotAction: taken, Resource: "*" } },
  };
  for (const principals of [contents.iamPrincipals, contents.enforcedPrincipals]) {
    const role = principals.find(({ name }) => name === "platform-engineer") ?? assert.fail();
    role.inlinePolicies = taken.length === 0 ? { Everything: everything() } : inlinePolicies;
  }
}

function everything(): object {
  return { Version: "2012-10-17", Statement: { Effect: "Allow", Action: "*", Resource: "*" } };
}

/** Switches the sessions on, as somebody else. */
export async function switchOn(): Promise<void> {
  await new SignInClient(connection).createTrustedIdentityPropagationApplicationForConsole({
    identityCenterInstanceArn: instanceArn,
  });
}

export const selfSetContext = {
  Version: "2012-10-17",
  Statement: [{ Sid: "Self", Effect: "Allow", Action: "sts:SetContext", Resource: "arn:aws:sts::*:self" }],
};

/** A permission set of the instance with an inline policy, assigned to alice in some accounts. */
export function addGrantingSet(aws: LocalAws, name: string, inlinePolicy: object, accounts: readonly string[]): string {
  const arn = addPermissionSet(aws, name);
  const set = aws.contents.permissionSets.find((each) => each.arn === arn) ?? assert.fail();
  set.inlinePolicy = JSON.stringify(inlinePolicy);
  assign(aws, arn, accounts);
  return arn;
}

export function assign({ contents }: LocalAws, permissionSetArn: string, accounts: readonly string[]): void {
  const alice = contents.users.find(({ userName }) => userName === "alice")?.id ?? assert.fail();
  for (const accountId of accounts) {
    const who = { principalType: "USER" as const, principalId: alice };
    contents.accountAssignments.push({ instanceArn, accountId, permissionSetArn, ...who });
  }
}

/** An organization that has everything. */
export async function makeReady(aws: LocalAws): Promise<void> {
  callWithout(aws);
  await switchOn();
  addGrantingSet(aws, "Developer", selfSetContext, ["222222222222", "333333333333"]);
  addStackSet(aws, { attachTo: [], accounts: ["222222222222"] });
}

/** The states by check, of those that are not ready. */
export function notReady(findings: readonly Finding[]): Record<string, string> {
  return Object.fromEntries(
    findings.filter(({ state }) => state !== "ready").map(({ check, state }) => [check, state]),
  );
}

export function of(findings: readonly Finding[], check: Finding["check"]): Finding {
  return findings.find((each) => each.check === check) ?? assert.fail(`no finding of ${check}`);
}

/** A StackSet as the program makes them, deployed to some accounts. */
export function addStackSet(
  { contents }: LocalAws,
  more: {
    readonly attachTo: readonly string[];
    readonly accounts: readonly string[];
    readonly document?: PolicyDocument;
  },
): StackSet {
  const { attachTo, accounts, document = selfSetContext } = more;
  const target = { organizationalUnitId: contents.root.id, region: "us-east-1" };
  const stackSet: StackSet = {
    ...{ id: "sessions:6f2c9a0e-0000-4000-8000-000000000001", name: "sessions", description: stackSetDescription },
    ...{ account: contents.managementAccount, region: "us-east-1", capabilities: [], tags: [], reached: [] },
    ...{ autoDeployment: {}, managedExecution: {}, targets: [target] },
    templateBody: policyTemplate({ policyName: "Sessions", attachTo }, document),
    instances: accounts.map((accountId) => ({ ...target, accountId, stackId: "", status: "CURRENT", policies: [] })),
  };
  contents.stackSets.push(stackSet);
  return stackSet;
}
