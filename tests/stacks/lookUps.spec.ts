import assert from "node:assert/strict";
import { useStacks } from "./testStack";

describe("a stack that AWS has much against", () => {
  const open = useStacks();

  it("is told all that look-ups find in one preview", async () => {
    const stack = await open({
      config: {
        instance: {
          accessControlAttributes: { CostCenter: ["${path:enterprise.costCenter}"] },
          importAccessControlAttributes: true,
        },
        permissionSets: {
          Auditor: { managedPolicies: ["SecurityAudit"] },
          Reader: { permissionsBoundary: { managedPolicy: "ReadOnlyAccess" }, managedPolicies: ["ViewOnlyAccess"] },
          Closed: { assignments: [{ groups: ["Developers"], accounts: ["old-sandbox"] }] },
          Shared: { existing: true, assignments: [{ groups: ["Developrs"], accounts: ["sandbox"] }] },
        },
        switch: { enabler: "arn:aws:iam::111111111111:role/gone", enablers: ["auditer"] },
      },
      organization: (example) => ({
        ...example,
        accounts: [...example.accounts, { name: "old-sandbox", id: "999999999999", tags: {}, status: "SUSPENDED" }],
      }),
    });
    assert.equal(
      (await stack.refusal()).replaceAll(/\n {2}(allowed|to do): .*/g, "").replaceAll(/^(\n|Diagnostics.*\n)/gm, ""),
      `The stack cannot use its instance of IAM Identity Center as it is: 1 problem. Nothing was changed.
identity-aware-sessions:instance.importAccessControlAttributes
  found:   true, and an instance without attributes for access control
Permission sets name AWS managed policies that do not exist: 1 problem. Nothing was changed.
identity-aware-sessions:permissionSets.Reader.managedPolicies[0]
  found:   ViewOnlyAccess, and AWS has no policy arn:aws:iam::aws:policy/ViewOnlyAccess
Permission sets would not grant sts:SetContext: 1 problem. Nothing was changed.
identity-aware-sessions:permissionSets.Reader.permissionsBoundary
  found:   nothing in the permissions boundary ReadOnlyAccess allows sts:SetContext on arn:aws:sts::*:self
AWS cannot assign permission sets in accounts that are not in use: 1 problem. Nothing was changed.
identity-aware-sessions:permissionSets.Closed.assignments[0].accounts[0]
  found:   the account old-sandbox (999999999999), which is SUSPENDED, where group Developers would get Closed
The stack names what AWS does not know: 2 problems. Nothing was changed.
identity-aware-sessions:permissionSets.Shared.assignments[0].groups[0]
  found:   "Developrs"
identity-aware-sessions:permissionSets.Shared
  found:   "Shared", which the instance does not have
The stack names roles that cannot become enablers: 1 problem. Nothing was changed.
identity-aware-sessions:switch.enablers[0]
  found:   auditer, which is no role of this account
Identity-aware sessions are off, and cannot be switched on: 1 problem. Nothing was changed.
identity-aware-sessions:switch.enabler
  found:   arn:aws:iam::111111111111:role/gone, which does not exist
`,
    );
  });
});
