import assert from "node:assert/strict";
import { join } from "node:path";
import { loadOrganization } from "../../../rehearsal/aws/organization";
import { type LocalAws, startLocalAws } from "../../../rehearsal/aws/server";
import { PluginProcess, projectFolder } from "./pluginProcess";
import { TestEngine } from "./testEngine";

const urn = "urn:pulumi:dev::project::aws-native:sso:PermissionSet::Developer";
const instanceArn = "arn:aws:sso:::instance/ssoins-1234567890abcdef";
const inlinePolicy = '{"Version":"2012-10-17","Statement":[]}';

describe("The stand-ins against local AWS", () => {
  let aws: LocalAws;
  before(async () => {
    const organization = await loadOrganization(join(projectFolder, "rehearsal/organization.yaml"));
    aws = await startLocalAws({ organization, statusPolls: 2 });
  });
  after(() => aws.close());

  /** A configured plugin as the default caller, who is named by the environment alone. */
  async function started(entry: string, packageName: string): Promise<TestEngine> {
    const { AWS_REGION: region, ...environment } = aws.environment;
    const engine = new TestEngine(await PluginProcess.start(entry, { environment }), packageName);
    await engine.configure({ region });
    return engine;
  }

  it("say who the caller is", async () => {
    const engine = await started("aws.ts", "aws");
    try {
      const identity = await engine.invoke("aws:index/getCallerIdentity:getCallerIdentity");
      assert.equal(identity?.["accountId"], "111111111111");
      assert.equal(identity["arn"], aws.calls.at(-1)?.principal?.arn);
    } finally {
      await engine.plugin.stop();
    }
  });

  it("take a permission set through its whole life", async () => {
    const engine = await started("awsNative.ts", "aws-native");
    try {
      const { inputs = {} } = await engine.check(urn, {
        instanceArn,
        description: "Builds",
        inlinePolicy,
        managedPolicies: ["arn:aws:iam::aws:policy/ReadOnlyAccess"],
        customerManagedPolicyReferences: [{ name: "Base" }],
        tags: [{ key: "team", value: "platform" }],
      });
      const { id, outputs } = await engine.create(urn, inputs);
      const permissionSet = () => aws.contents.permissionSets.find((each) => id === `${instanceArn}|${each.arn}`);
      assert.equal(permissionSet()?.name, inputs["name"]);
      assert.equal(permissionSet()?.description, "Builds");
      assert.equal(permissionSet()?.inlinePolicy, inlinePolicy);
      assert.equal(outputs["permissionSetArn"], permissionSet()?.arn);

      let state = { inputs, outputs };
      assert.equal((await engine.diff(urn, id, state, inputs)).changes, "DIFF_NONE");
      const unchanged = await engine.read(urn, id, state);
      assert.deepEqual(unchanged.inputs, inputs, "what was just created is no drift");

      const news = { ...inputs, description: "Builds and runs", managedPolicies: [] };
      state = { inputs: news, outputs: await engine.update(urn, id, state, news) };
      assert.equal(permissionSet()?.description, "Builds and runs");
      assert.deepEqual(permissionSet()?.managedPolicies, []);
      assert.deepEqual(permissionSet()?.tags, [{ Key: "team", Value: "platform" }]);
      assert.equal((await engine.diff(urn, id, state, news)).changes, "DIFF_NONE");

      const [changedByHand] = aws.contents.permissionSets.filter((each) => id.endsWith(each.arn));
      assert.ok(changedByHand);
      changedByHand.description = "by hand";
      const refreshed = await engine.read(urn, id, state);
      assert.deepEqual(refreshed.inputs, { ...news, description: "by hand" });

      await engine.delete(urn, id, state);
      assert.equal(permissionSet(), undefined);
      assert.equal((await engine.read(urn, id, state)).id, "");
      await engine.delete(urn, id, state);
    } finally {
      await engine.plugin.stop();
    }
  });

  it("pass on what AWS refuses", async () => {
    const engine = await started("awsNative.ts", "aws-native");
    try {
      await assert.rejects(engine.create(urn, { instanceArn, name: "no spaces" }), { message: /Name/ });
      assert.equal(
        aws.contents.permissionSets.some(({ name }) => name === "no spaces"),
        false,
      );
    } finally {
      await engine.plugin.stop();
    }
  });
});
