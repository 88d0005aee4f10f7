import assert from "node:assert/strict";
import { DeleteApplicationCommand, SSOAdminClient } from "@aws-sdk/client-sso-admin";
import { parsePolicy } from "../policy-pack/iam/parsePolicy";
import { grantsSetContext } from "../policy-pack/iam/setContext";
import { sessionTable } from "./aws/consoleSessions/sessionTable";
import { signIn, signIns } from "./aws/consoleSessions/signIn";
import { managedPolicyVersion } from "./aws/managedPolicies";
import type { EngineEvent, OperationType } from "./engine/events";
import type { Rehearsed } from "./stackOperations";
import type { Chapter, Stage } from "./story";

const accounts = {
  management: "111111111111",
  paymentsDev: "222222222222",
  paymentsProd: "333333333333",
  sandbox: "444444444444",
};

/** The story of `npm run rehearse`, told on the dev stack and two scenarios that are refused. */
export const chapters: readonly Chapter[] = [
  {
    title: "Preview: what an update would do",
    checked:
      "two permission sets, their assignments, a policy for IAM principals here and in member accounts, the switch and its verification would be created; no call wrote anything.",
    play: async ({ aws, rehearsal, writes }) => {
      const { events, succeeded } = await rehearsal.preview();
      assert.equal(succeeded, true);
      assert.deepEqual(writes(), []);
      assert.deepEqual(changes(events)["create"]?.sort(), [
        "aws-native:cloudformation:StackSet",
        "aws-native:sso:PermissionSet Administrator",
        "aws-native:sso:PermissionSet Developer",
        "aws:cloudformation/stackSetInstance:StackSetInstance",
        "aws:iam/policy:Policy",
        "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
        "aws:iam/userPolicyAttachment:UserPolicyAttachment",
        "command:local:Command",
        "identity-aware-sessions:index:Grants",
        "identity-aware-sessions:index:IamPrincipals",
        "identity-aware-sessions:index:IdentityAwareSessions",
        "identity-aware-sessions:index:MemberAccounts",
        "identity-aware-sessions:index:OrganizationInstance",
        "pulumi-nodejs:dynamic/grants:AccountAssignments",
        "pulumi-nodejs:dynamic/grants:AccountAssignments",
        "pulumi-nodejs:dynamic/grants:StackRecord",
        "pulumi-nodejs:dynamic/identityAwareSessions:Switch",
        "pulumi:providers:aws",
        "pulumi:providers:aws-native",
        "pulumi:pulumi:Stack",
      ]);
      assert.deepEqual(aws.contents.permissionSets, []);
    },
  },
  {
    title: "Up: permission sets, assignments, IAM principals and the switch",
    checked:
      "both permission sets grant sts:SetContext, four assignments are made, a role and a user have the policy, and so has the role of a member account, the sessions are Enabled; no other call wrote anything.",
    play: async ({ aws, rehearsal, writes }) => {
      const { outputs, succeeded } = await rehearsal.up();
      assert.equal(succeeded, true);
      assert.deepEqual(writes().sort(), [
        "AttachRolePolicy",
        "AttachUserPolicy",
        ...Array<string>(4).fill("CreateAccountAssignment"),
        "CreatePolicy",
        ...Array<string>(3).fill("CreateResource"),
        "CreateStackInstances",
        "CreateTrustedIdentityPropagationApplicationForConsole",
      ]);
      assert.deepEqual(
        aws.contents.rolePolicyAttachments.map(({ account, roleName }) => `${roleName} in ${account}`).sort(),
        [`analyst in ${accounts.management}`, `analyst in ${accounts.paymentsDev}`],
      );
      assert.deepEqual(grantedSetContext(aws), ["Administrator", "Developer"]);
      assert.deepEqual(assigned(aws), [
        `Administrator to GROUP Administrators in ${accounts.paymentsProd}`,
        `Administrator to USER alice in ${accounts.paymentsProd}`,
        `Developer to GROUP Developers in ${accounts.paymentsDev}`,
        `Developer to GROUP Developers in ${accounts.sandbox}`,
      ]);
      assert.deepEqual(
        aws.contents.applications.map(({ arn }) => arn),
        [outputs["applicationArn"]],
      );
      assert.equal(outputs["status"], "Enabled");
      assert.equal(outputs["adopted"], false);
    },
  },
  {
    title: "Preview again: nothing is left to do",
    checked: "every resource is unchanged; no call wrote anything.",
    play: async ({ rehearsal, writes }) => {
      const result = await rehearsal.preview();
      assert.equal(result.succeeded, true);
      assert.deepEqual(Object.keys(result.counts), ["same"]);
      assert.deepEqual(writes(), []);
    },
  },
  {
    title: "Up again: nothing changes",
    checked: "every resource is unchanged, and so is everything that AWS holds.",
    play: async ({ aws, rehearsal, writes }) => {
      const before = JSON.stringify(aws.save());
      const result = await rehearsal.up();
      assert.equal(result.succeeded, true);
      assert.deepEqual(Object.keys(result.counts), ["same"]);
      assert.deepEqual(writes(), []);
      assert.equal(JSON.stringify(aws.save()), before);
    },
  },
  {
    title: "Drift: somebody deletes the application",
    checked: "AWS holds no application any more.",
    play: async ({ aws, print, writes }) => {
      const [application] = aws.contents.applications;
      const { AWS_ACCESS_KEY_ID, AWS_ENDPOINT_URL, AWS_REGION, AWS_SECRET_ACCESS_KEY } = aws.environment;
      const somebody = new SSOAdminClient({
        endpoint: AWS_ENDPOINT_URL,
        region: AWS_REGION,
        credentials: { accessKeyId: AWS_ACCESS_KEY_ID, secretAccessKey: AWS_SECRET_ACCESS_KEY },
      });
      print(`sso-admin DeleteApplication ${application?.arn ?? ""}`);
      await somebody.send(new DeleteApplicationCommand({ ApplicationArn: application?.arn }));
      assert.deepEqual(aws.contents.applications, []);
      assert.deepEqual(writes(), ["DeleteApplication"]);
    },
  },
  {
    title: "Refresh: the switch is found to be off",
    checked: "the switch alone has left the state; no call wrote anything.",
    play: async ({ rehearsal, writes }) => {
      const { events, succeeded } = await rehearsal.refresh();
      assert.equal(succeeded, true);
      assert.deepEqual(changes(events), { delete: ["pulumi-nodejs:dynamic/identityAwareSessions:Switch"] });
      assert.deepEqual(writes(), []);
    },
  },
  {
    title: "Up: the switch is on again",
    checked: "one call made the application again; nothing else was written.",
    play: async ({ aws, rehearsal, writes }) => {
      const { events, outputs, succeeded } = await rehearsal.up();
      assert.equal(succeeded, true);
      // The verification has read the new application back.
      assert.deepEqual(changes(events)["replace"], ["command:local:Command"]);
      assert.deepEqual(writes(), ["CreateTrustedIdentityPropagationApplicationForConsole"]);
      assert.deepEqual(
        aws.contents.applications.map(({ arn }) => arn),
        [outputs["applicationArn"]],
      );
      assert.equal(outputs["status"], "Enabled");
    },
  },
  {
    title: "A stack in eu-south-1 is refused by the policy pack",
    checked: "disallow-opt-in-regions failed the preview and the update; no call wrote anything.",
    scenario: "opt-in-region",
    play: async (stage) => {
      const [previewed, updated] = await previewAndUpdate(stage);
      for (const { events, succeeded } of [previewed, updated]) {
        assert.equal(succeeded, false);
        const violations = events.flatMap((event) => (event.kind === "policyEvent" ? [event.violation] : []));
        assert.notEqual(violations.length, 0);
        for (const { enforcementLevel, message, policy } of violations) {
          assert.equal(`${policy} (${enforcementLevel})`, "disallow-opt-in-regions (mandatory)");
          assert.match(message, /Region eu-south-1 /);
        }
      }
      // The update ends at the first provider, by the pack's word: the program has not come to look at the instance.
      const { create = [], ...others } = changes(updated.events);
      assert.deepEqual(others, {});
      assert.deepEqual(
        create.filter((type) => type !== "pulumi:pulumi:Stack"),
        [],
      );
      assert.deepEqual(stage.writes(), []);
    },
  },
  {
    title: "An account instance is refused",
    checked: "the program failed the preview and the update; no call wrote anything.",
    scenario: "account-instance",
    play: async (stage) => {
      for (const { events, succeeded } of await previewAndUpdate(stage)) {
        assert.equal(succeeded, false);
        assert.match(errors(events).join("\n"), /account instance/);
      }
      assert.deepEqual(stage.writes(), []);
    },
  },
  {
    title: "Who gets an identity-aware session",
    checked:
      "everybody whom the stack grants sts:SetContext gets one, by each path; nobody else does, and the table says why.",
    play: ({ aws, print }) => {
      print(sessionTable(aws.contents) ?? "");
      assert.deepEqual(identityAware(aws), [
        `Alice by accessPortal as Administrator in ${accounts.paymentsProd}`,
        `Alice by accessPortal as Developer in ${accounts.paymentsDev}`,
        `Alice by iamRole as analyst in ${accounts.paymentsDev}`,
        `Bob by accessPortal as Developer in ${accounts.sandbox}`,
        `Bob by federation as analyst in ${accounts.management}`,
        `Carol by iamUser as carol in ${accounts.management}`,
      ]);
      return Promise.resolve();
    },
  },
  {
    title: "Destroy: the grants go, the application stays",
    checked:
      "permission sets, assignments and policies are gone, the application is as it was; nobody gets an identity-aware session any more.",
    play: async ({ aws, rehearsal, print, writes }) => {
      const applications = structuredClone(aws.contents.applications);
      const { succeeded } = await rehearsal.destroy();
      assert.equal(succeeded, true);
      assert.deepEqual(writes().sort(), [
        ...Array<string>(4).fill("DeleteAccountAssignment"),
        "DeletePolicy",
        ...Array<string>(3).fill("DeleteResource"),
        "DeleteStackInstances",
        "DetachRolePolicy",
        "DetachUserPolicy",
      ]);
      assert.deepEqual(aws.contents.permissionSets, []);
      assert.deepEqual(aws.contents.accountAssignments, []);
      assert.equal(applications.length, 1);
      assert.deepEqual(aws.contents.applications, applications);
      assert.deepEqual(aws.contents.iamPolicies, []);
      print(`\n${sessionTable(aws.contents) ?? ""}`);
      assert.deepEqual(identityAware(aws), []);
    },
  },
];

/** Who gets an identity-aware session how. */
function identityAware({ contents }: Stage["aws"]): string[] {
  return signIns(contents)
    .filter((each) => signIn(each, contents).isIdentityAware)
    .map(({ person, path, by, account }) => `${person} by ${path} as ${by} in ${account}`)
    .sort();
}

async function previewAndUpdate({ rehearsal }: Stage): Promise<[Rehearsed, Rehearsed]> {
  return [await rehearsal.preview(), await rehearsal.up()];
}

/** What changed, by operation: types, permission sets with their names. */
function changes(events: readonly EngineEvent[]): Partial<Record<OperationType, string[]>> {
  const found: Partial<Record<OperationType, string[]>> = {};
  for (const event of events) {
    if (event.kind === "resOutputsEvent" && event.step.op !== "same") {
      const { new: next, op, old, type } = event.step;
      const name = type === "aws-native:sso:PermissionSet" ? (next ?? old)?.inputs["name"] : undefined;
      (found[op] ??= []).push(typeof name === "string" ? `${type} ${name}` : type);
    }
  }
  return found;
}

function errors(events: readonly EngineEvent[]): string[] {
  return events.flatMap((event) =>
    event.kind === "diagnosticEvent" && event.severity === "error" ? [event.message] : [],
  );
}

/** The permission sets whose policies, as they lie in AWS, let a session set its own context in every account. */
function grantedSetContext({ contents }: Stage["aws"]): string[] {
  return contents.permissionSets
    .filter(({ inlinePolicy, managedPolicies }) => {
      const attached = managedPolicies.flatMap((arn) => {
        const version = managedPolicyVersion(arn, contents);
        return typeof version === "object" ? version.document : [];
      });
      const identityPolicies = [inlinePolicy === "" ? [] : inlinePolicy, attached]
        .flat()
        .flatMap((document) => parsePolicy("policy", document).policy ?? []);
      return grantsSetContext({ partition: contents.partition, identityPolicies }).accounts === "every";
    })
    .map(({ name }) => name)
    .sort();
}

/** Who has what where, by name. */
function assigned({ contents }: Stage["aws"]): string[] {
  return contents.accountAssignments
    .map(({ accountId, permissionSetArn, principalId, principalType }) => {
      const permissionSet = contents.permissionSets.find(({ arn }) => arn === permissionSetArn);
      const group = contents.groups.find(({ id }) => id === principalId);
      const user = contents.users.find(({ id }) => id === principalId);
      const principal = principalType === "GROUP" ? group?.displayName : user?.userName;
      return `${permissionSet?.name ?? "?"} to ${principalType} ${principal ?? "?"} in ${accountId}`;
    })
    .sort();
}
