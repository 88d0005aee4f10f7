import assert from "node:assert/strict";
import { join } from "node:path";
import { loadOrganization } from "../../../rehearsal/aws/organization";
import { type LocalAws, startLocalAws } from "../../../rehearsal/aws/server";
import { PluginProcess, projectFolder } from "./pluginProcess";
import { TestEngine } from "./testEngine";

const urn = "urn:pulumi:dev::project::aws-native:cloudformation:StackSet::sessions";
const templateBody = (action: string) =>
  JSON.stringify({
    Resources: {
      Policy: {
        Type: "AWS::IAM::ManagedPolicy",
        Properties: {
          ManagedPolicyName: "Sessions",
          PolicyDocument: { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: action, Resource: "*" }] },
        },
      },
    },
  });

describe("The stand-in for aws-native, with a StackSet", () => {
  let aws: LocalAws;
  let engine: TestEngine;

  before(async () => {
    const organization = await loadOrganization(join(projectFolder, "rehearsal/organization.yaml"));
    aws = await startLocalAws({ organization });
    const { AWS_REGION: region, ...environment } = aws.environment;
    engine = new TestEngine(await PluginProcess.start("awsNative.ts", { environment }), "aws-native");
    await engine.configure({ region });
  });
  after(async () => {
    await engine.plugin.stop();
    await aws.close();
  });

  const patches = () =>
    aws.calls
      .filter(({ operation }) => operation === "UpdateResource")
      .map(({ input }) => JSON.parse((input as { PatchDocument: string }).PatchDocument) as unknown);

  it("keeps what AWS does not tell as the program said it, and says it again with every change", async () => {
    const operationPreferences = { maxConcurrentPercentage: 100 };
    const wanted = {
      permissionModel: "SERVICE_MANAGED",
      stackSetName: "sessions",
      capabilities: ["CAPABILITY_NAMED_IAM"],
      managedExecution: { active: true },
      operationPreferences,
      templateBody: templateBody("sts:SetContext"),
    };
    const { inputs = {} } = await engine.check(urn, wanted);
    const { id, outputs } = await engine.create(urn, inputs);
    assert.deepEqual(outputs["operationPreferences"], operationPreferences);
    const state = { inputs, outputs };
    const read = await engine.read(urn, id, state);
    assert.deepEqual([read.inputs, read.outputs?.["operationPreferences"]], [inputs, operationPreferences]);
    assert.equal((await engine.diff(urn, id, state, inputs)).changes, "DIFF_NONE");

    const news = { ...inputs, templateBody: templateBody("sts:TagSession") };
    const updated = { inputs: news, outputs: await engine.update(urn, id, state, news) };
    assert.deepEqual(patches(), [
      [
        { op: "add", path: "/OperationPreferences", value: { MaxConcurrentPercentage: 100 } },
        { op: "replace", path: "/TemplateBody", value: news.templateBody },
      ],
    ]);
    const quicker = { ...news, operationPreferences: { maxConcurrentCount: 2 } };
    assert.notEqual((await engine.diff(urn, id, updated, quicker)).changes, "DIFF_NONE", "a change of it is one");
    await engine.delete(urn, id, updated);
    assert.deepEqual(aws.contents.stackSets, []);
  });

  it("refuses values of another type", async () => {
    const { failures } = await engine.check(urn, {
      permissionModel: "SERVICE_MANAGED",
      managedExecution: { active: "yes" },
      operationPreferences: { maxConcurrentCount: 1.5 },
    });
    assert.deepEqual(failures, [
      { property: "managedExecution/active", reason: "managedExecution/active must be a boolean" },
      {
        property: "operationPreferences/maxConcurrentCount",
        reason: "operationPreferences/maxConcurrentCount must be an integer",
      },
    ]);
  });
});
