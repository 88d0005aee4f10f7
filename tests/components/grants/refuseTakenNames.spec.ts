import { RunError } from "@pulumi/pulumi";
import assert from "node:assert/strict";
import { Grants } from "../../../components/grants/grants";
import { refuseTakenNames } from "../../../components/grants/refuseTakenNames";
import { connection, instanceArn, operations, useLocalAws } from "../localAws";
import { recordResources } from "../recordedResources";
import { addPermissionSet } from "./awsPermissionSet";
import { permissionSet } from "./permissionSet";

describe("refuseTakenNames", () => {
  const aws = useLocalAws();

  /** @param owned the names of the permission sets that the stack's state has: whose ids are known at preview. */
  async function check(names: readonly string[], owned: readonly string[], preview = true): Promise<void> {
    await recordResources({}, preview, (name) => (owned.some((each) => name === `grants-${each}`) ? `${name}-id` : ""));
    const permissionSets = Object.fromEntries(names.map((name) => [name, permissionSet()]));
    const { managed } = new Grants("grants", { instanceArn, partition: "aws", permissionSets, assignments: {} });
    await refuseTakenNames(connection, { arn: instanceArn, permissionSetsEnabled: true }, managed);
  }

  it("refuses names that others have with the lines that import them", async () => {
    const developer = addPermissionSet(aws(), "Developer");
    const odd = addPermissionSet(aws(), "on.call");
    await assert.rejects(check(["Developer", "New", "on.call"], []), (error: unknown) => {
      assert(RunError.isInstance(error));
      assert.equal(
        error.message,
        "The instance has permission sets already that the stack would make: 2 problems. Nothing was changed.\n\n" +
          "identity-aware-sessions:permissionSets.Developer\n" +
          `  found:   a permission set of this name, which this stack does not have: ${developer}\n` +
          "  allowed: a name that is free, import to take the permission set over, or existing: true to only assign it\n" +
          `  to do:   run \`pulumi config set --path 'identity-aware-sessions:permissionSets.Developer.import' ${developer}\`\n\n` +
          'identity-aware-sessions:permissionSets["on.call"]\n' +
          `  found:   a permission set of this name, which this stack does not have: ${odd}\n` +
          "  allowed: a name that is free, import to take the permission set over, or existing: true to only assign it\n" +
          `  to do:   run \`pulumi config set --path 'identity-aware-sessions:permissionSets["on.call"].import' ${odd}\`\n`,
      );
      return true;
    });
    assert.deepEqual(operations(aws(), "writes"), []);
  });

  it("lets the stack's own pass, and asks AWS nothing about them", async () => {
    addPermissionSet(aws(), "Developer");
    await check(["Developer"], ["Developer"]);
    assert.deepEqual(operations(aws()), []);
  });

  it("lets new names pass beside the stack's own", async () => {
    addPermissionSet(aws(), "Developer");
    await check(["Developer", "New"], ["Developer"]);
  });

  it("asks nothing at update, where the stack already makes what the preview let pass", async () => {
    addPermissionSet(aws(), "Developer");
    await check(["Developer"], [], false);
    assert.deepEqual(operations(aws()), []);
  });
});
