import assert from "node:assert/strict";
import { GrantsProvider } from "../../../components/grants/grantsProvider";
import type { StackRecordInputs } from "../../../components/grants/stackRecordRules";
import { connection, instanceArn, operations, useLocalAws } from "../localAws";
import { configured } from "../configured";
import { addPermissionSet } from "./awsPermissionSet";

describe("deleting permission sets that others assign too", () => {
  const aws = useLocalAws();

  const start = (config: Record<string, string> = {}) => configured(new GrantsProvider(), connection, config);

  /** Makes a permission set with assignments, of whomever, in as many accounts. */
  function assigned(name: string, accounts: readonly string[]): void {
    const { accountAssignments, groups } = aws().contents;
    const permissionSetArn = addPermissionSet(aws(), name);
    const principalId = groups[0]?.id ?? "";
    accountAssignments.push(
      ...accounts.map((accountId) => ({
        ...{ instanceArn, permissionSetArn, accountId },
        ...{ principalType: "GROUP" as const, principalId },
      })),
    );
  }

  function record(sets: Record<string, number>, isManaged = true): StackRecordInputs {
    const permissionSets = Object.entries(sets).map(([name, assignments]) => [name, { assignments, isManaged }]);
    return {
      permissionSets: Object.fromEntries(permissionSets) as StackRecordInputs["permissionSets"],
      switch: { mode: "manage", onDestroy: "keep" },
    };
  }

  const objection =
    "identity-aware-sessions:permissionSets.Shared\n" +
    "  found:   a permission set that would be deleted, and more assignments of it than the 1 that this stack has on record, in 333333333333\n" +
    "  allowed: deleting what nobody else assigns: AWS refuses it for others\n" +
    "  to do:   take those assignments back where they were made; or leave the permission set to others: run `pulumi state delete URN " +
    "--target-dependents` with the URN of its resource, grants-Shared (`pulumi stack --show-urns` lists them), then this again: " +
    "AWS keeps everything";

  beforeEach(() => {
    assigned("Own", ["222222222222"]);
    assigned("Shared", ["222222222222", "333333333333"]);
  });

  it("is refused at preview, with the way out", async () => {
    const provider = await start();
    const { failures } = await provider.check(record({ Own: 1, Shared: 1 }), record({}));
    assert.deepEqual(failures, [{ property: "", reason: objection }]);
    assert.deepEqual(operations(aws(), "writes"), []);
  });

  it("is refused before anything is destroyed", async () => {
    const provider = await start();
    await assert.rejects(provider.delete("stack-record", record({ Own: 1, Shared: 1 })), {
      message: `Nothing that this stack has on record was destroyed. Where its last update failed, run \`pulumi up\` first.\n${objection}`,
    });
  });

  it("is no matter where the stack keeps them, does not manage them or has all assignments", async () => {
    const provider = await start();
    const passes = async (olds: StackRecordInputs, news: StackRecordInputs) => {
      assert.deepEqual((await provider.check(olds, news)).failures, []);
    };
    await passes(record({ Shared: 1 }), record({ Shared: 0 }));
    await passes(record({ Shared: 1 }, false), record({}));
    await passes(record({ Shared: 2, Own: 1, Gone: 1 }), record({}));
  });

  it("is judged in the instance that the configuration chooses", async () => {
    const { instances } = aws().contents;
    const [first] = instances;
    assert(first);
    instances.push({ ...structuredClone(first), arn: instanceArn.replace("1234567890abcdef", "000000000000000a") });
    const provider = await start({ "identity-aware-sessions:instance": JSON.stringify({ arn: instanceArn }) });
    assert.equal((await provider.check(record({ Shared: 1 }), record({}))).failures?.length, 1);
  });

  it("is left to AWS where the caller may not see assignments", async () => {
    const provider = await start();
    aws().faults.push({
      operation: "ListAccountsForProvisionedPermissionSet",
      error: { type: "AccessDeniedException" },
    });
    assert.deepEqual((await provider.check(record({ Shared: 1 }), record({}))).failures, []);
  });
});
