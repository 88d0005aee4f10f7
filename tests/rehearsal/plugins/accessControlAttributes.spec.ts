import assert from "node:assert/strict";
import { join } from "node:path";
import { loadOrganization } from "../../../rehearsal/aws/organization";
import { type LocalAws, startLocalAws } from "../../../rehearsal/aws/server";
import { PluginProcess, projectFolder } from "./pluginProcess";
import { TestEngine } from "./testEngine";

const urn =
  "urn:pulumi:dev::project::aws-native:sso:InstanceAccessControlAttributeConfiguration::instance-access-control-attributes";
const instanceArn = "arn:aws:sso:::instance/ssoins-1234567890abcdef";
const attribute = (key: string, source: string) => ({ key, value: { source: [source] } });

describe("The stand-in for aws-native, with attributes for access control", () => {
  let aws: LocalAws;
  let engine: TestEngine;

  before(async () => {
    const organization = await loadOrganization(join(projectFolder, "rehearsal/organization.yaml"));
    aws = await startLocalAws({ organization, statusPolls: 2 });
    const { AWS_REGION: region, ...environment } = aws.environment;
    engine = new TestEngine(await PluginProcess.start("awsNative.ts", { environment }), "aws-native");
    await engine.configure({ region });
  });
  after(async () => {
    await engine.plugin.stop();
    await aws.close();
  });

  const actual = () => aws.contents.instances[0]?.accessControlAttributes;

  it("makes, changes and deletes them", async () => {
    const accessControlAttributes = [attribute("CostCenter", "a"), attribute("Team", "b")];
    const { inputs = {} } = await engine.check(urn, { instanceArn, accessControlAttributes });
    const { id, outputs } = await engine.create(urn, inputs);
    assert.equal(id, instanceArn);
    assert.deepEqual(
      actual()?.map(({ Key, Value }) => [Key, ...Value.Source]),
      [
        ["CostCenter", "a"],
        ["Team", "b"],
      ],
    );
    const state = { inputs, outputs };
    const reordered = { ...inputs, accessControlAttributes: accessControlAttributes.toReversed() };
    assert.equal((await engine.diff(urn, id, state, reordered)).changes, "DIFF_NONE", "their order means nothing");
    const news = { ...inputs, accessControlAttributes: [attribute("Team", "c")] };
    const updated = { inputs: news, outputs: await engine.update(urn, id, state, news) };
    assert.deepEqual(actual(), [{ Key: "Team", Value: { Source: ["c"] } }]);
    assert.deepEqual((await engine.read(urn, id, updated)).inputs, news);
    await engine.delete(urn, id, updated);
    assert.equal(actual(), undefined);
    assert.equal((await engine.read(urn, id, updated)).id, "");
  });

  it("imports those that are there by the instance's ARN alone", async () => {
    const [instance] = aws.contents.instances;
    assert(instance);
    instance.accessControlAttributes = [{ Key: "CostCenter", Value: { Source: ["a"] } }];
    const { id, inputs } = await engine.read(urn, instanceArn, { inputs: {}, outputs: {} });
    assert.equal(id, instanceArn);
    assert.deepEqual(inputs, { instanceArn, accessControlAttributes: [attribute("CostCenter", "a")] });
  });
});
