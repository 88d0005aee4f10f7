import assert from "node:assert/strict";
import { doctorActions } from "../../../components/doctor/permissions";
import { report } from "../../../components/doctor/report";
import { exampleOrganization } from "../../exampleOrganization";
import { useLocalAws } from "../localAws";
import { callWithout, makeReady, question } from "./playing";

const caller = "arn:aws:sts::111111111111:assumed-role/platform-engineer/rehearsal";
const instance = "arn:aws:sso:::instance/ssoins-1234567890abcdef";

describe("The message to an administrator", () => {
  const aws = useLocalAws();

  it("says that a policy is not enough in an account that does not administer the instance", async () => {
    const { callers } = await exampleOrganization();
    process.env["AWS_ACCESS_KEY_ID"] = callers[1]?.accessKeyId;
    process.env["AWS_SECRET_ACCESS_KEY"] = callers[1]?.secretAccessKey;
    const { message, exitCode } = await report(question);
    assert.equal(exitCode, 2);
    assert.match(
      message?.text ?? "",
      /\nAccount 222222222222 does not administer IAM Identity Center, so that a policy is of no use there: please let me act in an account/,
    );
  });

  it("is not written where nothing is missing", async () => {
    await makeReady(aws());
    assert.equal((await report(question)).message, undefined);
  });

  it("asks for all that cannot be read at once, also for what AWS would deny only next", async () => {
    await makeReady(aws());
    callWithout(aws(), "sso:DescribeInstance", "sso:ListDirectoryAssociations", "iam:GetPolicyVersion");
    const { message } = await report(question);
    const actions = ["iam:GetPolicyVersion", "sso:DescribeInstance", "sso:ListDirectoryAssociations"];
    const statement = { Sid: "ReadIdentityAwareSessions", Effect: "Allow", Action: actions, Resource: "*" };
    const policy = { Version: "2012-10-17", Statement: [statement] };
    assert.deepEqual(message?.requests, [{ principal: caller, actions, policy }]);
    assert.equal(
      message.text,
      "To an administrator of IAM Identity Center, in the management account 111111111111 or in a delegated administrator's account:\n\n" +
        "Permissions are missing to see whether identity-aware console sessions are set up, and who may use them (this only reads).\n" +
        "Instance: the organization instance of IAM Identity Center\n" +
        `Who asks: ${caller}\n\n` +
        `Please give this policy to the role platform-engineer of account 111111111111 (${caller} is a session of it):\n${JSON.stringify(policy, undefined, 2)}\n\n` +
        "A Deny, a permissions boundary or a service control policy that forbids any of it would have to be lifted, too.\n" +
        "Documentation: https://docs.aws.amazon.com/singlesignon/latest/userguide/identity-enhanced-sessions.html",
    );
  });

  it("asks for all that the doctor reads where nothing can be simulated", async () => {
    await makeReady(aws());
    callWithout(aws(), "sso:DescribeInstance", "sso:ListDirectoryAssociations", "iam:SimulatePrincipalPolicy");
    const { message } = await report(question);
    assert.deepEqual(
      message?.requests.map(({ actions }) => actions),
      [[...doctorActions].sort()],
    );
  });

  it("asks for those of the nine that the enabler lacks, for the enabler, beside what the caller cannot read", async () => {
    callWithout(aws(), "identitystore:ListUsers");
    const enabler = "arn:aws:iam::111111111111:role/auditor";
    const { message } = await report({ ...question, enabler });
    assert.deepEqual(
      message?.requests.map(({ principal, actions }) => [principal, actions.length]),
      [
        [caller, 1],
        [enabler, 9],
      ],
    );
    assert.match(
      message.text,
      /\(this only reads\), and to switch on identity-aware console sessions, once for the whole organization\./,
    );
    assert.match(message.text, /Or switch the sessions on yourself, in the IAM Identity Center console/);
    assert.ok(message.text.includes(`Instance: ${instance}\n`));
  });
});
