import assert from "node:assert/strict";
import { nextStep } from "../../../components/identityAwareSessions/nextStep";

describe("nextStep", () => {
  it("is for people to sign in again once the sessions are Enabled", () => {
    assert.match(
      nextStep("Enabled", "us-east-1", true),
      /^Ask the people whom this stack grants sts:SetContext to sign in again/,
    );
  });

  it("is another update while AWS does not show them", () => {
    assert.match(nextStep("Disabled", "us-east-1", true), /^Run `pulumi refresh`, then `pulumi up`/);
  });

  it("is to see to the switch where the stack ignores it", () => {
    assert.equal(
      nextStep("Ignored", "us-east-1", true),
      "This stack leaves the switch alone (identity-aware-sessions:switch.mode is ignore). See to it that identity-aware " +
        "sessions are Enabled in the IAM Identity Center console of us-east-1 (Settings > Details), by another stack or by hand.",
    );
  });

  it("is to grant something to somebody where the stack grants nothing", () => {
    assert.match(nextStep("Enabled", "us-east-1", false), /^No permission set of this stack is assigned to anybody/);
  });
});
