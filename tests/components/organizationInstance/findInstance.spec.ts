import { RunError } from "@pulumi/pulumi";
import assert from "node:assert/strict";
import { findInstance } from "../../../components/organizationInstance/findInstance";
import { connection, instanceArn, operations, useLocalAws } from "../localAws";

const otherArn = "arn:aws:sso:::instance/ssoins-fedcba0987654321";

/** The message of the RunError that a look-up ends with. */
async function refusal(lookUp: Promise<unknown>): Promise<string> {
  const error: unknown = await lookUp.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  assert(RunError.isInstance(error), String(error));
  return error.message;
}

describe("findInstance", () => {
  const aws = useLocalAws();

  function secondInstance(): void {
    const { instances } = aws().contents;
    const [first] = instances;
    assert(first);
    instances.push({ ...first, arn: otherArn });
  }

  it("finds the one instance that there is, without a call that writes", async () => {
    assert.deepEqual(await findInstance(connection), {
      arn: instanceArn,
      identityStoreId: "d-1234567890",
      primaryRegion: "us-east-1",
      ownerAccountId: "111111111111",
    });
    assert.deepEqual(operations(aws()).sort(), ["DescribeInstance", "DescribeOrganization", "ListInstances"]);
    assert.deepEqual(operations(aws(), "writes"), []);
  });

  it("takes the chosen one of several", async () => {
    secondInstance();
    assert.equal((await findInstance(connection, otherArn)).arn, otherArn);
  });

  it("refuses to choose among several", async () => {
    secondInstance();
    assert.equal(
      await refusal(findInstance(connection)),
      "The instance of IAM Identity Center was not found: 1 problem. Nothing was changed.\n\n" +
        "identity-aware-sessions:instance.arn\n" +
        "  found:   nothing, and 2 instances\n" +
        `  allowed: one of ${instanceArn}, ${otherArn}\n` +
        "  to do:   set it to the ARN of the organization's instance\n",
    );
  });

  it("refuses a chosen one that the account does not see in the Region", async () => {
    assert.equal(
      await refusal(findInstance(connection, otherArn)),
      "The instance of IAM Identity Center was not found: 1 problem. Nothing was changed.\n\n" +
        "identity-aware-sessions:instance.arn\n" +
        `  found:   ${otherArn}\n` +
        `  allowed: one of ${instanceArn}\n` +
        "  to do:   correct it, or set aws:region to the primary Region of that instance\n",
    );
  });

  it("says what to do where the Region has no instance", async () => {
    assert.equal(
      await refusal(findInstance({ region: "eu-west-1" })),
      "The instance of IAM Identity Center was not found: 1 problem. Nothing was changed.\n\n" +
        "aws:region\n" +
        "  found:   no instance of IAM Identity Center in eu-west-1\n" +
        "  allowed: the primary Region of the organization's instance\n" +
        "  to do:   set aws:region to that Region; where the organization has no instance yet, enable IAM Identity Center in its " +
        "management account, in a Region that is enabled by default\n",
    );
  });

  it("refuses an account instance", async () => {
    aws().contents.managementAccount = "999999999999";
    assert.match(await refusal(findInstance(connection)), /an account instance of 111111111111\n/);
  });

  it("refuses the instance of an account without an organization", async () => {
    aws().faults.push({ operation: "DescribeOrganization", error: { type: "AWSOrganizationsNotInUseException" } });
    assert.match(await refusal(findInstance(connection)), /111111111111, an account without an organization\n/);
  });

  it("tells which permission is missing when AWS denies a look-up", async () => {
    aws().faults.push({ operation: "ListInstances", error: { type: "AccessDeniedException", message: "No." } });
    assert.equal(
      await refusal(findInstance(connection)),
      "A look-up in AWS failed (sso:ListInstances). Nothing was changed.\n" +
        "  AWS said: AccessDeniedException: No.\n" +
        "  to do:    allow the caller sso:ListInstances, and run as the management account or the delegated administrator of IAM Identity Center",
    );
  });
});
