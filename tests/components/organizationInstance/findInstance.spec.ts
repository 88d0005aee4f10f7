import { RunError } from "@pulumi/pulumi";
import assert from "node:assert/strict";
import { checkInstance, findInstance, type Instance } from "../../../components/organizationInstance/findInstance";
import type { WantedInstance } from "../../../components/organizationInstance/wantedInstance";
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

/** Finds the instance and checks it, as the program does. */
async function checked(wanted?: WantedInstance, confirmed?: readonly string[]): Promise<Instance> {
  const found = await findInstance(connection);
  await checkInstance(connection, found, wanted, confirmed);
  return found.instance;
}

describe("findInstance", () => {
  const aws = useLocalAws();

  function instance() {
    const [first] = aws().contents.instances;
    assert(first);
    return first;
  }

  function secondInstance(): void {
    aws().contents.instances.push({ ...instance(), arn: otherArn });
  }

  it("finds the one instance that there is, without a call that writes", async () => {
    assert.deepEqual(await checked(), {
      arn: instanceArn,
      identityStoreId: "d-1234567890",
      primaryRegion: "us-east-1",
      ownerAccountId: "111111111111",
      permissionSetsEnabled: true,
    });
    assert.deepEqual(operations(aws()).sort(), [
      "DescribeInstance",
      "DescribeOrganization",
      "GetCallerIdentity",
      "ListInstances",
      "ListUsers",
    ]);
    assert.deepEqual(operations(aws(), "writes"), []);
  });

  it("takes the chosen one of several", async () => {
    secondInstance();
    assert.equal((await findInstance(connection, otherArn)).instance.arn, otherArn);
  });

  it("refuses to choose among several", async () => {
    secondInstance();
    assert.equal(
      await refusal(findInstance(connection)),
      "The instance of IAM Identity Center was not found: 1 problem. Nothing was changed.\n\n" +
        "identity-aware-sessions:instance.arn\n" +
        "  found:   nothing, and 2 instances\n" +
        `  allowed: one of ${instanceArn} (of account 111111111111), ${otherArn} (of account 111111111111)\n` +
        "  to do:   set it to the ARN of the organization's instance, which is the management account's\n",
    );
  });

  it("refuses a chosen one that the account does not see in the Region", async () => {
    assert.equal(
      await refusal(findInstance(connection, otherArn)),
      "The instance of IAM Identity Center was not found: 1 problem. Nothing was changed.\n\n" +
        "identity-aware-sessions:instance.arn\n" +
        `  found:   ${otherArn}\n` +
        `  allowed: one of ${instanceArn} (of account 111111111111)\n` +
        "  to do:   correct it, or set aws:region to the primary Region of that instance\n",
    );
  });

  it("says what to do where there is no instance at all", async () => {
    aws().contents.instances.length = 0;
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

  it("names the primary Region to a stack in a Region without the instance", async () => {
    assert.equal(
      await refusal(findInstance({ region: "eu-west-1" })),
      "The stack cannot use its instance of IAM Identity Center as it is: 1 problem. Nothing was changed.\n\n" +
        "aws:region\n" +
        `  found:   eu-west-1, in which ${instanceArn} is not\n` +
        "  allowed: its primary Region, us-east-1: permission sets and assignments are managed there only\n" +
        "  to do:   run `pulumi config set aws:region us-east-1`\n",
    );
    assert.deepEqual(operations(aws(), "writes"), []);
  });

  it("names the primary Region to a stack in an additional one", async () => {
    instance().additionalRegions.push("eu-west-1");
    assert.match(
      await refusal(findInstance({ region: "eu-west-1" }, instanceArn)),
      /eu-west-1, an additional Region of .*\n {2}allowed: its primary Region, us-east-1:/,
    );
  });

  it("refuses a primary Region that has to be opted in to", async () => {
    instance().primaryRegion = "eu-south-1";
    const there = { region: "eu-south-1" };
    assert.match(await refusal(findInstance(connection)), /eu-south-1, which has to be opted in to\n/);
    assert.match(
      await refusal(findInstance(there).then((found) => checkInstance(there, found))),
      /eu-south-1, which has to be opted in to\n/,
    );
  });

  it("refuses an instance that is not ACTIVE, with AWS's reason", async () => {
    Object.assign(instance(), { status: "CREATE_FAILED", statusReason: "no key" });
    assert.match(await refusal(findInstance(connection)), /with status CREATE_FAILED \(no key\)\n/);
  });

  it("refuses an identity store without users", async () => {
    aws().contents.users.length = 0;
    assert.equal(
      await refusal(checked()),
      "The stack cannot use its instance of IAM Identity Center as it is: 1 problem. Nothing was changed.\n\n" +
        "identity-aware-sessions:instance\n" +
        "  found:   the identity store d-1234567890, which has no users\n" +
        "  allowed: an identity source that is connected and has its users provisioned\n" +
        "  to do:   connect the identity source and provision its users, or add users in the IAM Identity Center console (Users)\n",
    );
  });

  describe("in an account that is not the management account", () => {
    beforeEach(() => {
      process.env.AWS_ACCESS_KEY_ID = "AKIAI44QH8DHBEXAMPLE"; // 222222222222
      process.env.AWS_SECRET_ACCESS_KEY = "je7MtGbClwBF/2Zp9Utk/h3yCo8nvbEXAMPLEKEY";
    });

    it("takes a delegated administrator of IAM Identity Center", async () => {
      aws().contents.delegatedAdministrators["sso.amazonaws.com"] = ["222222222222"];
      assert.equal((await findInstance(connection)).instance.ownerAccountId, "111111111111");
    });

    it("takes one that may not list the delegated administrators but administers the instance", async () => {
      aws().contents.delegatedAdministrators["sso.amazonaws.com"] = ["222222222222"];
      const error = { type: "AccessDeniedException" };
      aws().faults.push({ operation: "ListDelegatedAdministrators", error });
      assert.equal((await findInstance(connection)).instance.arn, instanceArn);
    });

    it("takes one where permission sets are off, so that nothing tells", async () => {
      instance().permissionSetsEnabled = false;
      assert.equal((await findInstance(connection)).instance.arn, instanceArn);
    });

    it("takes no failure for an answer", async () => {
      aws().faults.push({ operation: "ListPermissionSets", error: { type: "ExpiredTokenException" } });
      assert.match(
        await refusal(findInstance(connection)),
        /^A look-up in AWS failed \(sso:ListPermissionSets\)\. .*\n.*ExpiredTokenException.*\n {2}to do: {4}sign in again/,
      );
    });

    it("refuses a delegated administrator of another service, naming the one there is", async () => {
      Object.assign(aws().contents.delegatedAdministrators, {
        "guardduty.amazonaws.com": ["222222222222"],
        "sso.amazonaws.com": ["333333333333"],
      });
      assert.match(
        await refusal(findInstance(connection)),
        /222222222222, neither the management account nor .*\n {2}allowed: the management account 111111111111 or the delegated administrator 333333333333\n/,
      );
    });

    it("names the organization's instance, wherever it is, to a stack that is about an account's own", async () => {
      aws().contents.instances.push({ ...instance(), arn: otherArn, ownerAccount: "222222222222" });
      assert.match(
        await refusal(findInstance(connection, otherArn)),
        new RegExp(
          `to do: {3}set identity-aware-sessions:instance\\.arn to ${instanceArn}, which is the organization's\n`,
        ),
      );
      instance().primaryRegion = "eu-west-1";
      assert.match(
        await refusal(findInstance(connection)),
        new RegExp(`to do: {3}set .* to ${instanceArn}, which is the organization's, and aws:region to eu-west-1\n`),
      );
    });

    it("refuses any other account", async () => {
      assert.equal(
        await refusal(findInstance(connection)),
        "The stack cannot use its instance of IAM Identity Center as it is: 1 problem. Nothing was changed.\n\n" +
          "aws:profile\n" +
          "  found:   the caller's account 222222222222, to which AWS denies organizations:ListDelegatedAdministrators and " +
          "sso:ListPermissionSets\n" +
          "  allowed: the management account 111111111111 or a delegated administrator of IAM Identity Center\n" +
          "  to do:   give the credentials of one of them, in the environment or by aws:profile; the management account makes an " +
          "account a delegated administrator in the IAM Identity Center console (Settings > Management)\n",
      );
      assert.deepEqual(operations(aws(), "writes"), []);
    });
  });

  it("refuses permission sets that are turned off, unless the stack turns them on and confirms it", async () => {
    instance().permissionSetsEnabled = false;
    assert.match(
      await refusal(checked()),
      /instance\.enablePermissionSets\n {2}found: {3}false, and an instance whose permission sets are turned off\n/,
    );
    assert.match(
      await refusal(checked({ enablePermissionSets: true })),
      /found: {3}true, not confirmed\n.*\n {2}to do: {3}add enablePermissionSets to identity-aware-sessions:safety\.confirm\n/,
    );
    await checked({ enablePermissionSets: true }, ["enablePermissionSets"]);
    assert.deepEqual(operations(aws(), "writes"), []);
  });

  it("refuses to take over attributes for access control where there are none", async () => {
    const wanted = { accessControlAttributes: { CostCenter: ["${path:x}"] }, importAccessControlAttributes: true };
    assert.match(await refusal(checked(wanted)), /true, and an instance without attributes/);
    instance().accessControlAttributes = [];
    await checked(wanted);
  });

  it("tells all that is wrong with a sound instance together", async () => {
    instance().permissionSetsEnabled = false;
    aws().contents.users.length = 0;
    const wanted = { additionalRegions: ["us-east-1"], kmsKeyArn: "arn:aws:kms:eu-west-1:111111111111:key/mrk-0" };
    assert.match(await refusal(checked(wanted)), /: 4 problems\. /);
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
