import assert from "node:assert/strict";
import type { Fault } from "../aws/faults";
import { barePermissionSet } from "../aws/ssoAdmin/barePermissionSet";
import { AwsWorld } from "./awsWorld";
import {
  configure,
  destroy,
  Developer,
  own,
  preview,
  previewDestroy,
  refresh,
  region,
  small,
  unprotected,
  up,
} from "./projectActs";
import type { Act, Scenario } from "./scenario";

const fault = (fault: Fault): Act<AwsWorld> => ({ somebody: ({ aws }) => aws.faults.push(fault) });
const start = () => AwsWorld.start();

const one = { groups: ["Developers"], accounts: ["sandbox"] };
const instanceArn = "arn:aws:sso:::instance/ssoins-1234567890abcdef";
const developer = "arn:aws:sso:::permissionSet/ssoins-1234567890abcdef/ps-1111111111111111";
const kmsKeyArn = "arn:aws:kms:us-east-1:111111111111:key/mrk-1234567890abcdef1234567890abcdef";

const inMembers = (memberAccounts: object) => ({
  ...region,
  ...own({ switch: { mode: "ignore" }, iamPrincipals: { memberAccounts }, safety: unprotected }),
});

/** What this project's own stack meets. */
export const projectScenarios: readonly Scenario<AwsWorld>[] = [
  {
    title: "a stack's life: up, again, drift of everything, repair, destroy",
    start,
    config: small,
    acts: [
      preview,
      up,
      preview,
      {
        somebody: ({ aws: { contents } }) => {
          contents.applications.length = 0;
          // Not by its place: which of them was made first is a matter of chance.
          const taken = contents.accountAssignments.findIndex(
            ({ accountId, principalType }) => accountId === "222222222222" && principalType === "GROUP",
          );
          contents.accountAssignments.splice(taken, 1);
          const [set] = contents.permissionSets;
          assert(set);
          set.sessionDuration = "PT4H";
        },
      },
      refresh,
      preview,
      up,
      previewDestroy,
      destroy,
    ],
  },
  {
    title:
      "changes: a permission set's properties, more and fewer assignments, another set, IAM principals, member accounts, the instance's settings",
    start,
    config: small,
    acts: [
      up,
      configure({
        ...region,
        ...own({
          instance: {
            name: "parity",
            kmsKeyArn,
            additionalRegions: ["eu-west-1"],
            accessControlAttributes: { CostCenter: ["${path:enterprise.costCenter}"] },
          },
          permissionSets: {
            Developer: {
              ...Developer,
              sessionDuration: "PT8H",
              inlinePolicy: { Version: "2012-10-17", Statement: { Effect: "Allow", Action: "s3:*", Resource: "*" } },
              tags: { team: "platform" },
              assignments: [{ groups: ["Developers", "Auditors"], accounts: ["payments-dev"] }],
            },
            Auditor: { assignments: [{ groups: ["Auditors"], accounts: ["payments-prod"] }] },
          },
          iamPrincipals: { roles: ["auditor"], memberAccounts: { organizationalUnits: ["Sandbox"] } },
          switch: { enablers: ["auditor"] },
          safety: unprotected,
        }),
      }),
      preview,
      up,
      preview,
      refresh,
      configure({ ...region, ...own({ permissionSets: { Developer }, safety: unprotected }) }),
      preview,
      up,
      destroy,
    ],
  },
  {
    title: "a policy for member accounts: a role that one lacks, other units, drift of the StackSet, and back",
    start,
    config: inMembers({ organizationalUnits: ["Sandbox"] }),
    acts: [
      preview,
      up,
      configure(inMembers({ organizationalUnits: ["Sandbox"], attachTo: ["analyst"] })),
      up, // fails: the account has no such role
      configure(inMembers({ organizationalUnits: ["Workloads", "Sandbox"] })),
      preview,
      up,
      {
        somebody: ({ aws: { contents } }) => {
          const [stackSet] = contents.stackSets;
          assert(stackSet);
          stackSet.description = "Changed";
        },
      },
      refresh,
      preview,
      up,
      configure(inMembers({ organizationalUnits: ["/"] })),
      preview, // refused: a unit instead of those within it
      destroy,
    ],
  },
  {
    title: "a failure in the middle: what exists stays on record, the next update goes on",
    // By the time that what AWS has begun fails, the program has said everything.
    start: () => AwsWorld.start(undefined, { asynchronous: [3000, 3000] }),
    // The switch first, because what else is made meanwhile is a matter of chance.
    config: { ...region, ...own({ safety: unprotected }) },
    acts: [
      up,
      up, // the state no longer changes by what is there already, however far the next one comes
      fault({ operation: "CreateAccountAssignment", failure: "Not this one." }),
      configure({
        ...region,
        ...own({ permissionSets: { Developer: { ...Developer, assignments: [one] } }, safety: unprotected }),
      }),
      up,
      preview,
      up,
      preview,
      destroy,
    ],
  },
  {
    title: "the switch cannot be turned on: nothing is lost, the next update turns it on",
    // Alone, because what else is made meanwhile is a matter of chance.
    start,
    config: { ...region, ...own({ safety: unprotected }) },
    acts: [
      fault({
        operation: "CreateTrustedIdentityPropagationApplicationForConsole",
        error: { type: "SetupFailedException", reason: "LIMIT_EXCEEDED", message: "Too many." },
      }),
      up,
      up,
      destroy,
    ],
  },
  {
    title: "a permission set that is there already is taken over",
    start: async () => {
      const world = await AwsWorld.start();
      world.aws.contents.permissionSets.push(barePermissionSet(instanceArn, developer, "Developer"));
      return world;
    },
    config: small,
    acts: [
      preview, // refused, with the advice to import
      configure({ ...small, ...own({ permissionSets: { Developer: { ...Developer, import: developer } } }) }),
      preview,
      up,
      configure(small),
      preview,
      destroy,
    ],
  },
  {
    title: "a deletion that fails: what is left stays on record, the next destroy takes it away",
    start,
    // One assignment alone, because what else is deleted meanwhile is a matter of chance.
    config: {
      ...region,
      ...own({ permissionSets: { Developer: { ...Developer, assignments: [one] } }, safety: unprotected }),
    },
    acts: [
      up,
      fault({
        operation: "DeleteAccountAssignment",
        error: { type: "AccessDeniedException", message: "Not this one." },
      }),
      destroy,
      preview,
      destroy,
    ],
  },
];
