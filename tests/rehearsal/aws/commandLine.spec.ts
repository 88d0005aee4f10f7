import assert from "node:assert/strict";
import { commandLine } from "../../../rehearsal/aws/commandLine";
import { organizationFile } from "./exampleAws";

const form =
  "it must be [SERVICE:]OPERATION=KIND, or [SERVICE:]OPERATION=KIND*TIMES, of a kind among throttled, internal-failure, " +
  "unavailable, access-denied, expired-credentials, timeout, timeout-after, reset, reset-after, truncated, failed";

describe("local AWS's command line", () => {
  it("asks for nothing that would slow it down by default", () => {
    assert.deepEqual(commandLine([]), {
      port: 0,
      organization: organizationFile,
      statusPolls: 1,
      limits: false,
      latency: { seed: 1 },
      consistencyLag: 0,
      speed: 1,
      faults: [],
    });
  });

  it("asks for limits, times, lag and faults", () => {
    const asked = commandLine([
      ...["--limits", "--status-polls", "3", "--latency", "50-200", "--duration", "1000"],
      ...["--seed", "7", "--lag", "500", "--speed", "60"],
      ...["--fault", "CreateAccountAssignment=throttled*3", "--fault", "ListInstances=reset-after"],
    ]);
    assert.deepEqual(asked, {
      port: 0,
      organization: organizationFile,
      statusPolls: 3,
      limits: true,
      latency: { call: [50, 200], asynchronous: [1000, 1000], seed: 7 },
      consistencyLag: 500,
      speed: 60,
      faults: [
        {
          operation: "CreateAccountAssignment",
          times: 3,
          error: { type: "ThrottlingException", message: "Rate exceeded" },
        },
        { operation: "ListInstances", connection: "reset", when: "after" },
      ],
    });
  });

  for (const [args, message] of [
    [["--latency", "200-50"], "--latency is 200-50; it must be milliseconds from and to, for example 50-200."],
    [["--status-polls", "0"], "--status-polls is 0; it must be a number from 1."],
    [["--lag", "soon"], "--lag is soon; it must be a number of milliseconds."],
    [["--fault", "ListInstances=odd"], `--fault is ListInstances=odd; ${form}.`],
    [["--fault", "ListInstances"], `--fault is ListInstances; ${form}.`],
    [["--fault", "ListInstances=throtled"], `--fault is ListInstances=throtled; ${form}. Did you mean throttled?`],
    [
      ["--fault", "ListInstance=throttled"],
      "--fault is ListInstance=throttled; the operation must be one that local AWS has of sso-admin, identitystore, " +
        "organizations, sts, iam, cloudcontrol, cloudformation, signin. Did you mean ListInstances?",
    ],
    [
      ["--fault", "iam:ListInstances=throttled"],
      "--fault is iam:ListInstances=throttled; the operation must be one that local AWS has of iam.",
    ],
    [
      ["--fault", "organisations:ListRoots=throttled"],
      "--fault is organisations:ListRoots=throttled; the service must be among sso-admin, identitystore, organizations, " +
        "sts, iam, cloudcontrol, cloudformation, signin. Did you mean organizations?",
    ],
    [
      ["--fault", "ListInstances=throttled*0"],
      "--fault is ListInstances=throttled*0; the times must be a number from 1.",
    ],
    [
      ["--fault", "CreatePermissionSet=failed"],
      "--fault is CreatePermissionSet=failed; failed is for what can fail after its call: CreateAccountAssignment, DeleteAccountAssignment, " +
        "ProvisionPermissionSet, UpdateInstance, CreateResource, UpdateResource, DeleteResource, CreateStackInstances, DeleteStackInstances.",
    ],
    [
      ["--fault", "AddRegion=failed"],
      "--fault is AddRegion=failed; failed is for what can fail after its call: CreateAccountAssignment, DeleteAccountAssignment, " +
        "ProvisionPermissionSet, UpdateInstance, CreateResource, UpdateResource, DeleteResource, CreateStackInstances, DeleteStackInstances.",
    ],
  ] as const) {
    it(`refuses ${args.join(" ")}`, () => {
      assert.throws(() => commandLine([...args]), { message });
    });
  }
});
