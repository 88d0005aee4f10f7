import assert from "node:assert/strict";
import { nextStep } from "../../../components/identityAwareSessions/nextStep";

const args = { primaryRegion: "us-east-1", isGranted: true, permissionSets: {} };

describe("nextStep", () => {
  it("is for people to sign in again once the sessions are Enabled", () => {
    assert.match(nextStep("Enabled", args), /^Ask the people whom this stack grants sts:SetContext to sign in again/);
  });

  it("is to subscribe the people of permission sets for Amazon Q, saying who does it and where", () => {
    assert.equal(
      nextStep("Enabled", {
        ...args,
        primaryRegion: "eu-west-1",
        permissionSets: { Developer: { amazonQ: true }, Auditor: { amazonQ: false }, Analyst: { amazonQ: true } },
      }),
      "Ask the people whom this stack grants sts:SetContext to sign in again, so that their console sessions become identity-aware. Before " +
        "that, an administrator of Amazon Q Developer, signed in to the management account or to the account that people are subscribed " +
        "from, subscribes those of Developer, Analyst (amazonQ: true) to Amazon Q Developer Pro by hand, at " +
        "https://us-east-1.console.aws.amazon.com/amazonq/developer/home#/subscriptions, from IAM Identity Center in eu-west-1, and shares " +
        "the profile's settings with the member accounts that they work in. AWS is reported to take no new ones since 15 May 2026: where " +
        "the console offers none, subscribe them to Kiro, its successor.",
    );
  });

  it("is another update while AWS does not show them", () => {
    assert.match(nextStep("Disabled", args), /^Run `pulumi refresh`, then `pulumi up`/);
  });

  it("is to see to the switch where the stack ignores it", () => {
    assert.equal(
      nextStep("Ignored", args),
      "This stack leaves the switch alone (identity-aware-sessions:switch.mode is ignore). See to it that identity-aware " +
        "sessions are Enabled in the IAM Identity Center console of us-east-1 (Settings > Details), by another stack or by hand.",
    );
  });

  it("is to grant something to somebody where the stack grants nothing", () => {
    assert.match(
      nextStep("Enabled", { ...args, isGranted: false }),
      /^No permission set of this stack is assigned to anybody/,
    );
  });
});
