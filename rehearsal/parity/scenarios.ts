import assert from "node:assert/strict";
import type { Fault } from "../aws/faults";
import type { Organization } from "../aws/organization";
import type { LocalAws } from "../aws/server";
import type { StackOperations } from "../stackOperations";

export type Operation = keyof StackOperations;

/** One thing that happens in a scenario. */
export type Act =
  | { readonly operation: Operation }
  /** What somebody does to AWS behind the stack's back. */
  | { readonly somebody: (aws: LocalAws) => void }
  | { readonly faults: readonly Fault[] }
  /** Another configuration from here on. */
  | { readonly configure: Readonly<Record<string, unknown>> };

/** A part of a stack's life that both engines go through. */
export interface Scenario {
  readonly title: string;
  readonly organization?: (example: Organization) => Organization;
  readonly config: Readonly<Record<string, unknown>>;
  readonly acts: readonly Act[];
}

const own = (keys: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(Object.entries(keys).map(([key, value]) => [`identity-aware-sessions:${key}`, value]));

const region = { "aws:region": "us-east-1" };
const assignments = [{ groups: ["Developers"], users: ["carol"], accounts: ["payments-dev", "sandbox"] }];
const Developer = { description: "Builds and runs workloads", managedPolicies: ["ReadOnlyAccess"], assignments };
const unprotected = { protect: false };
const small = { ...region, ...own({ permissionSets: { Developer }, safety: unprotected }) };

const preview: Act = { operation: "preview" };
const up: Act = { operation: "up" };
const refresh: Act = { operation: "refresh" };
const destroy: Act = { operation: "destroy" };
const configure = (config: Readonly<Record<string, unknown>>): Act => ({ configure: config });

const kmsKeyArn = "arn:aws:kms:us-east-1:111111111111:key/mrk-1234567890abcdef1234567890abcdef";

export const scenarios: readonly Scenario[] = [
  {
    title: "a stack's life: up, again, drift of everything, repair, destroy",
    config: small,
    acts: [
      preview,
      up,
      preview,
      {
        somebody: ({ contents }) => {
          contents.applications.length = 0;
          contents.accountAssignments.shift();
          const [set] = contents.permissionSets;
          assert(set);
          set.sessionDuration = "PT4H";
        },
      },
      refresh,
      preview,
      up,
      { operation: "previewDestroy" },
      destroy,
    ],
  },
  {
    title: "changes: a permission set's properties, more and fewer assignments, another set, the instance's settings",
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
    title: "a failure in the middle: what exists stays on record, the next update goes on",
    config: small,
    acts: [
      {
        faults: [
          { operation: "CreateAccountAssignment", error: { type: "AccessDeniedException", message: "Not this one." } },
        ],
      },
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
    config: { ...region, ...own({ safety: unprotected }) },
    acts: [
      {
        faults: [
          {
            operation: "CreateTrustedIdentityPropagationApplicationForConsole",
            error: { type: "SetupFailedException", reason: "LIMIT_EXCEEDED", message: "Too many." },
          },
        ],
      },
      up,
      up,
      destroy,
    ],
  },
  {
    title: "what is protected is not destroyed",
    config: { ...small, ...own({ safety: { protect: true } }) },
    acts: [up, { operation: "previewDestroy" }, configure(small), up, destroy],
  },
  {
    title: "too many removals are refused at preview",
    config: small,
    acts: [
      up,
      configure({ ...region, ...own({ permissionSets: {}, safety: { ...unprotected, maxRemovals: 1 } }) }),
      preview,
      up,
    ],
  },
  {
    title: "a stack in an opt-in Region is refused by the policy pack",
    organization: (example) => ({
      ...example,
      instances: example.instances.map((instance) => ({ ...instance, primaryRegion: "eu-south-1" })),
    }),
    config: { ...small, "aws:region": "eu-south-1" },
    acts: [preview, up],
  },
  {
    title: "a configuration that cannot be used is refused",
    config: { ...small, ...own({ permissionSets: { Developer: { sessionDuration: "8 hours" } } }) },
    acts: [preview, up],
  },
];
