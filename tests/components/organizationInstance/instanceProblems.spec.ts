import assert from "node:assert/strict";
import {
  type InstanceFacts,
  instanceProblems,
  optInProblem,
} from "../../../components/organizationInstance/instanceProblems";

const facts: InstanceFacts = {
  arn: "arn:aws:sso:::instance/ssoins-1234567890abcdef",
  ownerAccountId: "111111111111",
  managementAccountId: "111111111111",
  status: "ACTIVE",
  statusReason: undefined,
  primaryRegion: "us-east-1",
  region: "us-east-1",
  isInRegion: true,
};

describe("instanceProblems", () => {
  it("has none for an active organization instance in its default-enabled primary Region", () => {
    assert.deepEqual(instanceProblems(facts), []);
  });

  it("has none for an instance of another partition, whose Regions nobody opts in to", () => {
    const arn = "arn:aws-us-gov:sso:::instance/ssoins-1234567890abcdef";
    assert.deepEqual(instanceProblems({ ...facts, arn, primaryRegion: "us-gov-west-1", region: "us-gov-west-1" }), []);
  });

  it("tells an account instance by its owner and who to run as instead", () => {
    assert.deepEqual(instanceProblems({ ...facts, ownerAccountId: "222222222222" }), [
      {
        path: "identity-aware-sessions:instance",
        found: `${facts.arn}, an account instance of 222222222222`,
        allowed: "an organization instance, owned by the management account 111111111111",
        toDo: "run the stack as the management account 111111111111 or the delegated administrator of IAM Identity Center",
      },
    ]);
  });

  it("tells the instance of an account that belongs to no organization", () => {
    assert.deepEqual(instanceProblems({ ...facts, managementAccountId: undefined }), [
      {
        path: "identity-aware-sessions:instance",
        found: `${facts.arn}, an account instance of 111111111111, an account without an organization`,
        allowed: "an organization instance",
        toDo: "enable IAM Identity Center for an organization, in its management account",
      },
    ]);
  });

  it("tells a status that is not ACTIVE, with AWS's reason", () => {
    assert.deepEqual(instanceProblems({ ...facts, status: "CREATE_FAILED", statusReason: "no key" }), [
      {
        path: "identity-aware-sessions:instance",
        found: `${facts.arn} with status CREATE_FAILED (no key)`,
        allowed: "status ACTIVE",
        toDo: "wait until the instance is ACTIVE, or look at it in the IAM Identity Center console",
      },
    ]);
  });

  it("tells the primary Region to somebody in an additional one", () => {
    assert.deepEqual(instanceProblems({ ...facts, region: "eu-west-1" }), [
      {
        path: "aws:region",
        found: `eu-west-1, an additional Region of ${facts.arn}`,
        allowed: "its primary Region, us-east-1: permission sets and assignments are managed there only",
        toDo: "run `pulumi config set aws:region us-east-1`",
      },
    ]);
  });

  it("tells the primary Region to somebody in a Region without the instance", () => {
    const [problem] = instanceProblems({ ...facts, region: "eu-west-1", isInRegion: false });
    assert.equal(problem?.found, `eu-west-1, in which ${facts.arn} is not`);
    assert.equal(problem.toDo, "run `pulumi config set aws:region us-east-1`");
  });

  it("tells a primary Region that has to be opted in to, and does not send anybody there", () => {
    const there = { ...facts, primaryRegion: "eu-south-1" };
    const problem = {
      path: "aws:region",
      found: `${facts.arn} with the primary Region eu-south-1, which has to be opted in to`,
      allowed:
        "a primary Region that is enabled by default: Amazon Q is not supported when IAM Identity Center is in an opt-in Region",
      toDo: "an instance cannot be moved: it has to be deleted, with all its data, and enabled again in another Region",
    };
    assert.deepEqual(optInProblem(there), problem);
    assert.deepEqual(instanceProblems(there), [problem]);
    assert.deepEqual(instanceProblems({ ...there, region: "eu-south-1" }), []);
    assert.equal(optInProblem(facts), undefined);
    assert.equal(
      optInProblem({ arn: facts.arn.replace("aws", "aws-us-gov"), primaryRegion: "us-gov-west-1" }),
      undefined,
    );
  });

  it("tells all of them together", () => {
    const all = { ...facts, ownerAccountId: "222222222222", status: "CREATE_IN_PROGRESS", region: "eu-west-1" };
    assert.equal(instanceProblems(all).length, 3);
  });
});
