import assert from "node:assert/strict";
import { status } from "@grpc/grpc-js";
import { version } from "@pulumi/aws/package.json";
import type { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { GetMappingRequest } from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { unknownValue } from "../../../rehearsal/plugins/propertyValues";
import { callerIdentity, FakeAws, refusedCaller, refusedCallerText } from "./fakeAws";
import { call, PluginProcess } from "./pluginProcess";
import { TestEngine } from "./testEngine";

const arn = "arn:aws:iam::111111111111:user/admin";
const identity = () => callerIdentity("111111111111", arn, "AIDAEXAMPLE");

describe("The stand-in for the aws plugin", () => {
  let fake: FakeAws;
  let engine: TestEngine;
  before(async () => {
    fake = await FakeAws.start();
    engine = new TestEngine(await PluginProcess.start("aws.ts", { environment: fake.environment }), "aws");
  });
  after(async () => {
    await engine.plugin.stop();
    fake.close();
  });

  it("answers getCallerIdentity with what STS says of the configured credentials", async () => {
    fake.script({ GetCallerIdentity: [identity(), identity()] });
    const features = await engine.configure({ region: "us-east-1", skipMetadataApiCheck: "true" });
    assert.equal(features.supportspreview, true);
    assert.deepEqual(await engine.invoke("aws:index/getCallerIdentity:getCallerIdentity"), {
      accountId: "111111111111",
      arn,
      id: "111111111111",
      userId: "AIDAEXAMPLE",
    });
  });

  it("refuses credentials that AWS does not accept when its configuration is checked", async () => {
    fake.script({ GetCallerIdentity: [refusedCaller] });
    const { failures } = await engine.checkConfig({ region: "us-east-1" });
    assert.deepEqual(failures, [
      { property: "", reason: `unable to validate AWS credentials.\nDetails: ${refusedCallerText}\n` },
    ]);
  });

  it("asks nobody when told to skip the validation of credentials", async () => {
    fake.script({});
    const news = { region: "us-east-1", skipCredentialsValidation: "true" };
    assert.deepEqual(await engine.checkConfig(news), { inputs: news, failures: [] });
    assert.deepEqual(fake.requests, []);
  });

  it("asks nobody before its configuration is known", async () => {
    fake.script({});
    const news = { region: unknownValue };
    assert.deepEqual(await engine.checkConfig(news), { inputs: news, failures: [] });
    assert.deepEqual(fake.requests, []);
  });

  it("tells what is wrong with structured configuration", async () => {
    await assert.rejects(engine.checkConfig({ region: "us-east-1", endpoints: "sts=http://localhost" }), {
      message: /"endpoints" in the provider's configuration is malformed: Unexpected token/,
    });
  });

  it("tells which of AWS's refusals an invoke met", async () => {
    fake.script({ GetCallerIdentity: [refusedCaller] });
    await engine.configure({ region: "us-east-1", skipCredentialsValidation: "true" });
    await assert.rejects(engine.invoke("aws:index/getCallerIdentity:getCallerIdentity"), {
      details: `invoking aws:index/getCallerIdentity:getCallerIdentity: reading STS Caller Identity: ${refusedCallerText}`,
    });
  });

  it("needs a Region", async () => {
    assert.deepEqual((await engine.checkConfig({})).failures, [
      { property: "", reason: "no AWS Region: set aws:region or AWS_REGION" },
    ]);
  });

  it("refuses configuration that it would have to ignore", async () => {
    const { failures } = await engine.checkConfig({ region: "us-east-1", s3UsePathStyle: "true" });
    assert.deepEqual(
      failures.map(({ property }) => property),
      ["s3UsePathStyle"],
    );
  });

  it("does not replace the provider for a new Region", async () => {
    assert.deepEqual(await engine.diffConfig({ region: "us-east-1" }, { region: "us-west-2" }), {
      changes: "DIFF_SOME",
      diffs: ["region"],
      replaces: [],
      deleteBeforeReplace: false,
      detailedDiff: undefined,
    });
  });

  it("calls the STS endpoint of its own configuration with the keys of its own configuration", async () => {
    const other = await FakeAws.start();
    try {
      other.script({ GetCallerIdentity: [identity()] });
      fake.script({});
      const endpoints = JSON.stringify([{ sts: other.environment.AWS_ENDPOINT_URL }]);
      await engine.configure({ region: "us-east-1", endpoints, accessKey: "AKIAOTHER", secretKey: "other" });
      assert.deepEqual(
        other.requests.map(({ operation, accessKeyId }) => [operation, accessKeyId]),
        [["GetCallerIdentity", "AKIAOTHER"]],
      );
      assert.deepEqual(fake.operations(), []);
    } finally {
      other.close();
    }
  });

  it("names a token that it does not have, and those it has", async () => {
    await assert.rejects(engine.invoke("aws:index/getRegion:getRegion"), {
      details:
        'the stand-in for the aws plugin does not have the function "aws:index/getRegion:getRegion"; it has ' +
        "aws:index/getCallerIdentity:getCallerIdentity. Use the real plugin, or add it to rehearsal/plugins.",
    });
    await assert.rejects(engine.check("urn:pulumi:dev::project::aws:s3/bucket:Bucket::logs", {}), {
      details:
        'the stand-in for the aws plugin does not have the resource type "aws:s3/bucket:Bucket"; it has ' +
        "aws:cloudformation/stackSetInstance:StackSetInstance, aws:iam/policy:Policy, aws:iam/rolePolicyAttachment:RolePolicyAttachment, " +
        "aws:iam/userPolicyAttachment:UserPolicyAttachment, aws:iam/groupPolicyAttachment:GroupPolicyAttachment. " +
        "Use the real plugin, or add it to rehearsal/plugins.",
    });
  });

  it("leaves to gRPC what no stand-in does", async () => {
    const { client } = engine.plugin;
    await assert.rejects(
      call((done) => client.getMapping(new GetMappingRequest(), done)),
      { code: status.UNIMPLEMENTED },
    );
  });

  it("is of the version of the package it stands in for", async () => {
    const info = await call<PluginInfo>((done) => engine.plugin.client.getPluginInfo(new Empty(), done));
    assert.equal(info.getVersion(), version);
  });
});
