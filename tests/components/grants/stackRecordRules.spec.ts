import assert from "node:assert/strict";
import {
  kept,
  type StackRecordInputs,
  transitionProblems,
  wholeSetsThatGo,
} from "../../../components/grants/stackRecordRules";

const base: StackRecordInputs = {
  permissionSets: {
    Developer: { assignments: 2, isManaged: true },
    Shared: { assignments: 1, isManaged: false },
    Empty: { assignments: 0, isManaged: true },
  },
  switch: { mode: "manage", onDestroy: "keep" },
};

describe("a stack's record", () => {
  it("tells which permission sets go with all of their assignments", () => {
    const { Developer, Empty } = base.permissionSets;
    assert(Developer && Empty);
    const news = { ...base, permissionSets: { Developer: { ...Developer, assignments: 0 }, Empty } };
    assert.deepEqual(wholeSetsThatGo(base, news), { Developer: 2, Shared: 1 });
    assert.deepEqual(wholeSetsThatGo(base, base), {});
  });

  it("refuses that a permission set of the stack becomes one that it only assigns, which would delete it", () => {
    const permissionSets = {
      Developer: { assignments: 2, isManaged: false },
      Shared: { assignments: 1, isManaged: true },
      New: { assignments: 1, isManaged: false },
    };
    assert.deepEqual(transitionProblems(base, { ...base, permissionSets }), [
      "identity-aware-sessions:permissionSets.Developer.existing\n" +
        "  found:   true, and a permission set that this stack made or imported, which Pulumi would delete now\n" +
        "  allowed: true for permission sets that the stack does not manage\n" +
        "  to do:   hand it over first: run `pulumi state delete URN --target-dependents` with the URN of its resource, " +
        "grants-Developer (`pulumi stack --show-urns` lists them), then this again: AWS keeps everything, and the update takes " +
        "the assignments over; or remove existing",
    ]);
  });

  it("refuses to let go of a switch that would be turned off with it", () => {
    const off = { ...base, switch: { mode: "manage", onDestroy: "deleteApplication" } } as const;
    const require = { ...base, switch: { mode: "require", onDestroy: "keep" } } as const;
    assert.deepEqual(transitionProblems(off, require), [
      "identity-aware-sessions:switch.mode\n" +
        "  found:   require, and a stack whose last update said onDestroy: deleteApplication: the sessions would be switched off\n" +
        "  allowed: another mode once the stack says onDestroy: keep\n" +
        "  to do:   write mode: manage and onDestroy: keep, run `pulumi up`, then change the mode",
    ]);
    assert.deepEqual(transitionProblems(base, require), []);
    assert.deepEqual(transitionProblems(off, base), []);
    const [both] = transitionProblems({ ...off, protected: ["switch.mode"] }, require);
    assert.match(
      both ?? "",
      /to do: {3}write mode: manage and onDestroy: keep and safety\.protect: false, run `pulumi up`/,
    );
  });

  it("keeps what the stack declares of what Pulumi protects, and nothing where it protects nothing", () => {
    const declared = ["instance", "switch.mode"] as const;
    const none = { ...base, protected: [] };
    assert.deepEqual(kept({}, { ...base, declared }, true), { ...base, protected: declared });
    assert.deepEqual(kept({}, { ...base, declared }, false), none);
    assert.deepEqual(kept(none, { ...base, declared }, true), { ...base, protected: declared });
    assert.deepEqual(kept({ ...base, protected: declared }, { ...base, declared: [] }, true), none);
  });

  it("stays as a version left it that kept nothing of this, until something else of it changes", () => {
    const declared = ["switch.mode"] as const;
    assert.deepEqual(kept(base, { ...base, declared }, true), base);
    const fewer = { ...base, permissionSets: {} };
    assert.deepEqual(kept(base, { ...fewer, declared }, true), { ...fewer, protected: declared });
  });

  it("names safety.protect, by which Pulumi would refuse to let go of the switch and of the instance's settings", () => {
    const ignore = { ...base, switch: { mode: "ignore", onDestroy: "keep" } } as const;
    const before = { ...base, protected: ["instance", "instance.accessControlAttributes", "switch.mode"] } as const;
    const rest =
      ", and Pulumi protects what the stack had: the last update said safety.protect: true\n" +
      "  allowed: to take it out once the stack says safety.protect: false\n" +
      "  to do:   bring it back; or bring it back with safety.protect: false, run `pulumi up`, then take it out";
    const attributes = `identity-aware-sessions:instance.accessControlAttributes\n  found:   nothing${rest}`;
    const settings = `identity-aware-sessions:instance\n  found:   no settings of it${rest}`;
    const mode =
      "identity-aware-sessions:switch.mode\n" +
      "  found:   ignore, and a switch that Pulumi protects: the last update said safety.protect: true\n" +
      "  allowed: another mode once the stack says safety.protect: false\n" +
      "  to do:   write mode: manage and safety.protect: false, run `pulumi up`, then change the mode";
    assert.deepEqual(transitionProblems(before, { ...base, declared: ["instance", "switch.mode"] }), [attributes]);
    assert.deepEqual(transitionProblems(before, { ...base, declared: ["switch.mode"] }), [settings]);
    assert.deepEqual(transitionProblems(before, ignore), [settings, mode]);
    assert.deepEqual(transitionProblems(before, { ...base, declared: before.protected }), []);
    assert.deepEqual(transitionProblems(base, ignore), []);
    assert.deepEqual(transitionProblems(ignore, ignore), []);
  });

  it("refuses that a unit takes the place of one within it, or around it, in one update, and nothing else about units", () => {
    const withUnits = (...organizationalUnits: string[]) => ({ ...base, organizationalUnits });
    const problem = (unit: string, other: string) =>
      "identity-aware-sessions:iamPrincipals.memberAccounts.organizationalUnits\n" +
      `  found:   ${unit} instead of ${other}, of which one lies in the other: StackSets would leave their accounts without the policy\n` +
      "  allowed: one after the other\n" +
      `  to do:   run \`pulumi up\` without both first (without memberAccounts, where no other unit is left), then with ${unit}; in between their accounts are without the policy`;
    const both = withUnits("Workloads/Development", "Workloads/Production");
    assert.deepEqual(transitionProblems(both, withUnits("Workloads")), [
      problem("Workloads", "Workloads/Development, Workloads/Production"),
    ]);
    assert.deepEqual(transitionProblems(withUnits("/"), both), [
      problem("Workloads/Development", "/"),
      problem("Workloads/Production", "/"),
    ]);
    assert.deepEqual(transitionProblems(withUnits("Work"), withUnits("Workloads")), []);
    assert.deepEqual(transitionProblems(both, withUnits("Workloads/Development", "Sandbox")), []);
    assert.deepEqual(transitionProblems(base, both), []);
    assert.deepEqual(kept({}, both, false), { ...both, protected: [] });
    assert.deepEqual(kept({ permissionSets: base.permissionSets, switch: base.switch }, both, false), {
      ...both,
      protected: [],
    });
  });
});
