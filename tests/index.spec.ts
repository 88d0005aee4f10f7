import * as pulumi from "@pulumi/pulumi";
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { SignInClient } from "../components/identityAwareSessions/signInClient";
import program from "../index";
import { connection, instanceArn, operations, useLocalAws } from "./components/localAws";
import { recordResources, registered, valueOf } from "./components/recordedResources";

const applicationArn = "arn:aws:sso::111111111111:application/ssoins-1234567890abcdef/apl-1234567890abcdef";

/** Pulumi.dev.yaml as Pulumi hands it to a program. */
function devStack(): Record<string, string> {
  const { config } = parse(readFileSync(join(__dirname, "../Pulumi.dev.yaml"), "utf8")) as {
    config: Record<string, unknown>;
  };
  const text = (value: unknown) => (typeof value === "string" ? value : JSON.stringify(value));
  return Object.fromEntries(Object.entries(config).map(([key, value]) => [key, text(value)]));
}

describe("the program", () => {
  const aws = useLocalAws();

  async function record(configuration: Record<string, string> = devStack()) {
    const recorded = await recordResources({
      "aws-native:sso:PermissionSet": (name) => ({ permissionSetArn: `arn of ${name}` }),
      "pulumi-nodejs:dynamic/identityAwareSessions:Switch": () => ({
        applicationArn,
        status: "Disabled", // as AWS says: under mocks no provider has switched anything on
        adopted: false,
      }),
    });
    pulumi.runtime.setAllConfig(configuration);
    return recorded;
  }

  async function refusalOf(configuration?: Record<string, string>): Promise<{ message: string; registered: string[] }> {
    const recorded = await record(configuration);
    const error: unknown = await program().then(
      () => undefined,
      (reason: unknown) => reason,
    );
    assert(pulumi.RunError.isInstance(error), String(error));
    return { message: error.message, registered: recorded.map(({ type }) => type) };
  }

  it("brings the dev stack to identity-aware sessions, and writes nothing to AWS by itself", async () => {
    const recorded = await record();
    const outputs = await valueOf(pulumi.output(program()));
    const { nextStep, ...others } = outputs;
    assert.deepEqual(others, {
      instance: instanceArn,
      identityStore: "d-1234567890",
      region: "us-east-1",
      permissionSets: { Developer: "arn of grants-Developer", Administrator: "arn of grants-Administrator" },
      applicationArn,
      status: "Disabled", // as AWS says: under mocks no provider has switched anything on
      adopted: false,
    });
    assert.match(nextStep, /^Run `pulumi refresh`, then `pulumi up`/);
    await registered(recorded, 19);
    const development = aws().contents.organizationalUnits.find(({ path }) => path === "Workloads/Development");
    assert.deepEqual(recorded.map(({ type, name }) => `${type} ${name}`).sort(), [
      "aws-native:cloudformation:StackSet iam-principals-member-accounts-stack-set",
      "aws-native:sso:PermissionSet grants-Administrator",
      "aws-native:sso:PermissionSet grants-Developer",
      `aws:cloudformation/stackSetInstance:StackSetInstance iam-principals-member-accounts-in-${development?.id}`,
      "aws:iam/policy:Policy iam-principals-policy",
      "aws:iam/rolePolicyAttachment:RolePolicyAttachment iam-principals-role-analyst",
      "aws:iam/userPolicyAttachment:UserPolicyAttachment iam-principals-user-carol",
      "command:local:Command sessions-verification",
      "identity-aware-sessions:index:Grants grants",
      "identity-aware-sessions:index:IamPrincipals iam-principals",
      "identity-aware-sessions:index:IdentityAwareSessions sessions",
      "identity-aware-sessions:index:MemberAccounts iam-principals-member-accounts",
      "identity-aware-sessions:index:OrganizationInstance instance",
      "pulumi-nodejs:dynamic/grants:AccountAssignments grants-Administrator-assignments",
      "pulumi-nodejs:dynamic/grants:AccountAssignments grants-Developer-assignments",
      "pulumi-nodejs:dynamic/grants:StackRecord stack-record",
      "pulumi-nodejs:dynamic/identityAwareSessions:Switch sessions-switch",
      "pulumi:providers:aws aws",
      "pulumi:providers:aws-native aws-native",
    ]);
    assert.deepEqual(operations(aws(), "writes"), []);
  });

  it("refuses its configuration before anything is registered or AWS is asked", async () => {
    const { message, registered } = await refusalOf({ ...devStack(), "aws:token": "canary" });
    assert.match(
      message,
      /^The stack's configuration cannot be used: 1 problem\. Nothing was changed\.\n\naws:token\n/,
    );
    assert.deepEqual(registered, []);
    assert.deepEqual(operations(aws()), []);
  });

  it("refuses to call anything but AWS and this machine before anything is registered or called", async () => {
    process.env.AWS_ENDPOINT_URL_STS = "https://sts.example.com";
    const { message, registered } = await refusalOf();
    assert.match(
      message,
      /^AWS's calls would go elsewhere: 1 problem\. Nothing was changed\.\n\nAWS_ENDPOINT_URL_STS\n/,
    );
    assert.deepEqual(registered, []);
    assert.deepEqual(operations(aws()), []);
  });

  it("registers both providers before a look-up refuses, so that the policy pack sees them", async () => {
    const { message, registered } = await refusalOf({ ...devStack(), "aws:region": "eu-south-1" });
    assert.match(message, /eu-south-1, in which arn:aws:sso:::instance\/ssoins-1234567890abcdef is not/);
    assert.deepEqual(registered.sort(), ["pulumi:providers:aws", "pulumi:providers:aws-native"]);
  });

  it("refuses to act as two accounts", async () => {
    process.env.AWS_ACCESS_KEY_ID = "AKIAI44QH8DHBEXAMPLE"; // the mocks' provider acts as the management account
    process.env.AWS_SECRET_ACCESS_KEY = "je7MtGbClwBF/2Zp9Utk/h3yCo8nvbEXAMPLEKEY";
    const { message } = await refusalOf();
    assert.equal(
      message,
      "The parts of this stack act as different accounts. Nothing was changed.\n" +
        "  found:   aws as 111111111111, aws-native as 111111111111, the AWS SDK as 222222222222\n" +
        "  allowed: one account, the organization's management account or a delegated administrator\n" +
        "  to do:   give all of them the same credentials, in the environment or by aws:profile and aws:assumeRoles; AWS_PROFILE and keys in the environment are not read in the same order by all of them",
    );
    assert.deepEqual(operations(aws()), ["GetCallerIdentity"]);
  });

  it("refuses unknown names before it declares anything", async () => {
    aws().contents.groups.length = 0;
    const { message, registered } = await refusalOf();
    assert.match(message, /^The stack names what AWS does not know: 2 problems\. /);
    assert.deepEqual(registered.sort(), ["pulumi:providers:aws", "pulumi:providers:aws-native"]);
    assert.deepEqual(operations(aws(), "writes"), []);
  });

  it("takes sessions that are on already as they are", async () => {
    const client = new SignInClient(connection);
    await client.createTrustedIdentityPropagationApplicationForConsole({ identityCenterInstanceArn: instanceArn });
    aws().calls.length = 0;
    await record();
    await valueOf(pulumi.output(program()));
    assert.deepEqual(operations(aws(), "writes"), []);
  });
});
