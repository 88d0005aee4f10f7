import assert from "node:assert/strict";
import { CheckRequest } from "@pulumi/pulumi/proto/provider_pb";
import { secret, unknownValue } from "../../../rehearsal/plugins/propertyValues";
import { callerIdentity, failure, FakeAws, progress, refusedCaller, refusedCallerText, resource } from "./fakeAws";
import { PluginProcess } from "./pluginProcess";
import { initFailure, TestEngine } from "./testEngine";

const urn = "urn:pulumi:dev::project::identity-aware-sessions:index:Grants$aws-native:sso:PermissionSet::Developer";
const instanceArn = "arn:aws:sso:::instance/ssoins-1234567890abcdef";
const permissionSetArn = "arn:aws:sso:::permissionSet/ssoins-1234567890abcdef/ps-1234567890abcdef";
const id = `${instanceArn}|${permissionSetArn}`;
const inlinePolicy = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "sts:SetContext", Resource: "*" }],
};
const inputs = {
  instanceArn,
  name: "Developer",
  sessionDuration: "PT8H",
  managedPolicies: ["arn:aws:iam::aws:policy/ReadOnlyAccess"],
  customerManagedPolicyReferences: [{ name: "Base" }],
  inlinePolicy,
  tags: [{ key: "team", value: "platform" }],
};
const model = {
  InstanceArn: instanceArn,
  Name: "Developer",
  SessionDuration: "PT8H",
  ManagedPolicies: ["arn:aws:iam::aws:policy/ReadOnlyAccess"],
  CustomerManagedPolicyReferences: [{ Name: "Base", Path: "/" }],
  InlinePolicy: inlinePolicy,
  Tags: [{ Key: "team", Value: "platform" }],
  PermissionSetArn: permissionSetArn,
};
const outputs = {
  ...inputs,
  customerManagedPolicyReferences: [{ name: "Base", path: "/" }],
  permissionSetArn,
};
const state = { inputs, outputs: { ...outputs, __inputs: secret(inputs) } };

describe("The stand-in for the aws-native plugin", () => {
  let fake: FakeAws;
  let engine: TestEngine;
  before(async () => {
    fake = await FakeAws.start();
    engine = new TestEngine(await PluginProcess.start("awsNative.ts", { environment: fake.environment }), "aws-native");
    await engine.configure({ region: "us-east-1", skipCredentialsValidation: "true", skipMetadataApiCheck: "true" });
  });
  after(async () => {
    await engine.plugin.stop();
    fake.close();
  });

  /** Runs an operation against these answers; then the requests that it made. */
  async function requestsOf(answers: Parameters<FakeAws["script"]>[0], operation: () => Promise<unknown>) {
    fake.script(answers);
    await operation();
    return fake.requests.map(({ operation: name, input }) => [name, input]);
  }

  describe("configuration", () => {
    it("validates credentials unless told not to", async () => {
      fake.script({ GetCallerIdentity: [callerIdentity("111111111111", "arn", "id")] });
      const features = await engine.configure({ region: "us-east-1" });
      assert.deepEqual(features, {
        acceptsecrets: true,
        acceptresources: false,
        acceptoutputs: false,
        supportspreview: true,
        supportsAutonamingConfiguration: true,
      });
      assert.deepEqual(fake.operations(), ["GetCallerIdentity"]);
      fake.script({ GetCallerIdentity: [refusedCaller] });
      await assert.rejects(engine.configure({ region: "us-east-1" }), {
        details: `could not get AWS account ID: ${refusedCallerText}`,
      });
    });

    it("needs a Region", async () => {
      await assert.rejects(engine.configure({}), {
        message: /missing required configuration key "aws-native:region"/,
      });
    });

    it("calls the endpoint of its own configuration", async () => {
      const other = await FakeAws.start();
      const own = new TestEngine(
        await PluginProcess.start("awsNative.ts", { environment: fake.environment }),
        "aws-native",
      );
      try {
        const endpoints = JSON.stringify({ cloudcontrol: other.environment.AWS_ENDPOINT_URL });
        await own.configure({ region: "us-east-1", skipCredentialsValidation: "true", endpoints });
        other.script({ GetResource: [failure("ResourceNotFoundException", "gone")] });
        await own.read(urn, id, state);
        assert.deepEqual(other.operations(), ["GetResource"]);
      } finally {
        await own.plugin.stop();
        other.close();
      }
    });

    it("refuses configuration that it would have to ignore", async () => {
      const { failures } = await engine.checkConfig({ region: "us-east-1", roleArn: "arn:aws:iam::1:role/r" });
      assert.deepEqual(
        failures.map(({ property }) => property),
        ["roleArn"],
      );
    });
  });

  describe("check", () => {
    it("passes valid inputs on, without nulls and what holds nothing else", async () => {
      const news = { ...inputs, description: null, permissionsBoundary: { managedPolicyArn: null } };
      assert.deepEqual(await engine.check(urn, news), { inputs, failures: [] });
    });

    it("passes on unknown and secret values", async () => {
      const news = { instanceArn: unknownValue, name: "Developer", description: secret("hush"), tags: unknownValue };
      assert.deepEqual(await engine.check(urn, news), { inputs: news, failures: [] });
    });

    it("makes up a name from the resource's, the same for the same seed, and keeps the one there is", async () => {
      const first = await engine.check(urn, { instanceArn });
      assert.match(String(first.inputs?.["name"]), /^Developer-[0-9a-f]{7}$/);
      assert.deepEqual(await engine.check(urn, { instanceArn }), first);
      const other = await engine.check(urn, { instanceArn }, {}, (request) =>
        request.setRandomseed(Buffer.alloc(32, 2)),
      );
      assert.notEqual(other.inputs?.["name"], first.inputs?.["name"]);
      const later = await engine.check(urn, { instanceArn }, { instanceArn, name: "Developer-0000000" });
      assert.equal(later.inputs?.["name"], "Developer-0000000");
    });

    it("keeps made-up names within 32 characters, or refuses", async () => {
      const long = await engine.check(`${urn.slice(0, -"Developer".length)}${"x".repeat(29)}`, { instanceArn });
      assert.match(String(long.inputs?.["name"]), /^x{29}-[0-9a-f]{2}$/);
      await assert.rejects(engine.check(`${urn.slice(0, -"Developer".length)}${"x".repeat(31)}`, { instanceArn }), {
        message: /failed to auto-generate value for "name"\. Prefix: "x{31}-" is too large/,
      });
    });

    it("obeys the engine's autonaming", async () => {
      const named = (mode: CheckRequest.AutonamingOptions.Mode, proposedName: string) =>
        engine.check(urn, { instanceArn }, {}, (request) =>
          request.setAutonaming(new CheckRequest.AutonamingOptions().setMode(mode).setProposedName(proposedName)),
        );
      const { PROPOSE, ENFORCE, DISABLE } = CheckRequest.AutonamingOptions.Mode;
      assert.equal((await named(PROPOSE, "proposed")).inputs?.["name"], "proposed");
      assert.equal((await named(ENFORCE, "y".repeat(40))).inputs?.["name"], "y".repeat(40));
      assert.equal((await named(DISABLE, "")).inputs?.["name"], undefined);
      await assert.rejects(named(PROPOSE, "y".repeat(40)), {
        details: `failed to apply auto-naming: proposed name "${"y".repeat(40)}" exceeds max length of 32`,
      });
    });

    it("reports every missing, unknown and mistyped property", async () => {
      const news = {
        name: "Developer",
        sesionDuration: "PT8H",
        permissionSetArn,
        description: 5,
        tags: [{ key: "team", values: "platform" }],
        managedPolicies: "ReadOnlyAccess",
        permissionsBoundary: { managedPolicyArn: {} },
      };
      const { failures } = await engine.check(urn, news);
      assert.deepEqual(
        failures.toSorted((a, b) => (a.property < b.property ? -1 : 1)),
        [
          { property: "description", reason: "description must be a string" },
          { property: "instanceArn", reason: "missing required property instanceArn" },
          { property: "managedPolicies", reason: "managedPolicies must be an array" },
          { property: "permissionSetArn", reason: "unknown property permissionSetArn" },
          {
            property: "permissionsBoundary/managedPolicyArn",
            reason: "permissionsBoundary/managedPolicyArn must be a string",
          },
          { property: "sesionDuration", reason: "unknown property sesionDuration" },
          { property: "tags[0].values", reason: "unknown property tags[0].values" },
        ],
      );
    });
  });

  describe("create", () => {
    it("previews the inputs as outputs, the ARN as unknown, and calls nobody", async () => {
      fake.script({});
      const news = { ...inputs, instanceArn: unknownValue, description: secret("hush") };
      assert.deepEqual(await engine.create(urn, news, { preview: true }), {
        id: "",
        outputs: { ...news, permissionSetArn: unknownValue },
      });
      assert.deepEqual(fake.requests, []);
    });

    it("asks Cloud Control in CloudFormation's spelling, waits, and reads what there is", async () => {
      fake.script({
        CreateResource: [progress("IN_PROGRESS")],
        GetResourceRequestStatus: [progress("IN_PROGRESS"), progress("SUCCESS", { Identifier: id })],
        GetResource: [resource(model)],
      });
      assert.deepEqual(await engine.create(urn, inputs), { id, outputs: state.outputs });
      assert.deepEqual(fake.operations(), [
        "CreateResource",
        "GetResourceRequestStatus",
        "GetResourceRequestStatus",
        "GetResource",
      ]);
      const [create, status, , read] = fake.requests.map(({ input }) => input);
      assert.deepEqual(Object.keys(create ?? {}).toSorted(), ["ClientToken", "DesiredState", "TypeName"]);
      assert.equal(create?.["TypeName"], "AWS::SSO::PermissionSet");
      const desired = without(model, "PermissionSetArn");
      assert.deepEqual(JSON.parse(String(create["DesiredState"])), {
        ...desired,
        CustomerManagedPolicyReferences: [{ Name: "Base" }],
      });
      assert.deepEqual(status, { RequestToken: "token-1" });
      assert.deepEqual(read, { TypeName: "AWS::SSO::PermissionSet", Identifier: id });
    });

    it("sends an inline policy as it was given: keys untouched, a string as a string", async () => {
      for (const policy of [{ version: 1, Nested: [{ aB: { cD: null } }] }, '{"Version":"2012-10-17"}']) {
        fake.script({
          CreateResource: [progress("SUCCESS", { Identifier: id })],
          GetResource: [resource({ ...model, InlinePolicy: policy })],
        });
        const created = await engine.create(urn, { instanceArn, name: "Developer", inlinePolicy: policy });
        const desired = JSON.parse(String(fake.requests[0]?.input["DesiredState"])) as Record<string, unknown>;
        assert.deepEqual(desired["InlinePolicy"], policy);
        assert.deepEqual(created.outputs["inlinePolicy"], policy);
      }
    });

    it("sends secrets in plain and keeps them in __inputs alone, as the real plugin does", async () => {
      fake.script({
        CreateResource: [progress("SUCCESS", { Identifier: id })],
        GetResource: [resource({ ...model, Description: "hush" })],
      });
      const news = { instanceArn, name: "Developer", description: secret("hush") };
      const created = await engine.create(urn, news);
      assert.match(String(fake.requests[0]?.input["DesiredState"]), /"Description":"hush"/);
      assert.deepEqual(created.outputs["description"], "hush");
      assert.deepEqual(created.outputs["__inputs"], secret(news));
    });

    it("waits until the time AWS asks for", async () => {
      const until = Date.now() + 300;
      fake.script({
        CreateResource: [progress("IN_PROGRESS", { RetryAfter: until / 1000 })],
        GetResourceRequestStatus: [progress("SUCCESS", { Identifier: id })],
        GetResource: [resource(model)],
      });
      await engine.create(urn, inputs);
      assert.ok(Date.now() >= until);
    });

    it("starts again what ended throttled, and nothing that ended otherwise", async () => {
      const failed = (ErrorCode: string) =>
        progress("FAILED", { ErrorCode, StatusMessage: "too fast", Operation: "CREATE" });
      fake.script({
        CreateResource: [failed("Throttling"), progress("SUCCESS", { Identifier: id })],
        GetResource: [resource(model)],
      });
      await engine.create(urn, inputs);
      assert.deepEqual(fake.operations(), ["CreateResource", "CreateResource", "GetResource"]);
      const [first, second] = fake.requests.map(({ input }) => input["ClientToken"]);
      assert.notEqual(first, second);

      fake.script({ CreateResource: [failed("ResourceConflict")] });
      await assert.rejects(engine.create(urn, inputs), {
        details: 'creating resource: creating resource: operation CREATE failed with "ResourceConflict": too fast',
      });
      assert.deepEqual(fake.operations(), ["CreateResource"]);
    });

    it("tries again when a new resource can't be read at once", async () => {
      fake.script({
        CreateResource: [progress("SUCCESS", { Identifier: id })],
        GetResource: [failure("ResourceNotFoundException", "not yet"), resource(model)],
      });
      assert.equal((await engine.create(urn, inputs)).id, id);
    });

    it("hands over the resource that a failed creation left behind", async () => {
      fake.script({
        CreateResource: [
          progress("FAILED", {
            Identifier: id,
            ErrorCode: "GeneralServiceException",
            StatusMessage: "no",
            Operation: "CREATE",
          }),
        ],
        GetResource: [resource(model)],
      });
      const error = await engine.create(urn, inputs).catch((error: unknown) => error);
      assert.deepEqual(initFailure(error), {
        id,
        outputs: state.outputs,
        inputs,
        reasons: ['operation CREATE failed with "GeneralServiceException": no'],
      });
    });

    it("does not take over a resource that exists already", async () => {
      fake.script({
        CreateResource: [
          progress("FAILED", {
            Identifier: id,
            ErrorCode: "AlreadyExists",
            StatusMessage: "there is one",
            Operation: "CREATE",
          }),
        ],
      });
      const error = await engine.create(urn, inputs).catch((error: unknown) => error);
      assert.equal(initFailure(error), undefined);
      assert.equal(
        (error as { details: string }).details,
        'creating resource: operation CREATE failed with "AlreadyExists": there is one',
      );
    });

    it("tells what AWS said when it refuses the call itself", async () => {
      fake.script({ CreateResource: [failure("AccessDeniedException", "not allowed")] });
      await assert.rejects(engine.create(urn, inputs), {
        details:
          "creating resource: creating resource: operation error CloudControl: CreateResource, https response error " +
          "StatusCode: 400, RequestID: request-1, AccessDeniedException: not allowed",
      });
    });
  });

  describe("diff", () => {
    const none = { changes: "DIFF_NONE", diffs: [], replaces: [], deleteBeforeReplace: false, detailedDiff: undefined };
    /** The engine compares the inputs itself, and replaces what the package's resource class lists. */
    const left = { ...none, changes: "DIFF_UNKNOWN", deleteBeforeReplace: true };

    it("finds no change in the same inputs, whatever AWS filled in", async () => {
      assert.deepEqual(await engine.diff(urn, id, state, inputs), none);
      const filledIn = { ...state.outputs, description: "AWS wrote this", relayStateType: "https://example.com" };
      assert.deepEqual(await engine.diff(urn, id, { inputs, outputs: filledIn }, inputs), none);
    });

    it("leaves every change to the engine, a replacing one like any other", async () => {
      for (const news of [
        { ...inputs, sessionDuration: "PT4H" },
        { ...inputs, name: "Other" },
        { ...inputs, description: "added" },
        { ...inputs, inlinePolicy: { ...inlinePolicy, Statement: [] } },
        { ...inputs, sessionDuration: unknownValue },
        without(inputs, "tags"),
      ]) {
        assert.deepEqual(await engine.diff(urn, id, state, news), left, JSON.stringify(news));
      }
    });

    it("finds drift that the state knows of", async () => {
      const outputs = { ...state.outputs, sessionDuration: "PT1H" };
      assert.deepEqual(await engine.diff(urn, id, { inputs, outputs }, inputs), left);
    });

    it("does not mind the order of policies and tags, nor tags of AWS's own", async () => {
      const two = {
        ...inputs,
        managedPolicies: ["arn:aws:iam::aws:policy/A", "arn:aws:iam::aws:policy/B"],
        tags: [
          { key: "team", value: "platform" },
          { key: "stage", value: "dev" },
        ],
      };
      const reordered = {
        ...two,
        managedPolicies: two.managedPolicies.toReversed(),
        tags: [...two.tags.toReversed(), { key: "aws:cloudformation:stack-name", value: "x" }],
      };
      const olds = { inputs: two, outputs: { ...reordered, permissionSetArn, __inputs: secret(two) } };
      assert.deepEqual(await engine.diff(urn, id, olds, two), none);
      const news = { ...two, managedPolicies: ["arn:aws:iam::aws:policy/A", "arn:aws:iam::aws:policy/A"] };
      assert.deepEqual(await engine.diff(urn, id, olds, news), left);
    });

    it("finds no change in setting what AWS has set already", async () => {
      const filledIn = { inputs, outputs: { ...state.outputs, description: "AWS wrote this" } };
      assert.deepEqual(await engine.diff(urn, id, filledIn, { ...inputs, description: "AWS wrote this" }), none);
      assert.deepEqual(await engine.diff(urn, id, filledIn, { ...inputs, description: "the program's" }), left);
    });

    it("tells tags apart by their keys, also when some are secret", async () => {
      const tags = [
        { key: "team", value: secret("platform") },
        { key: "stage", value: "dev" },
      ];
      const old = { ...inputs, tags: tags.toReversed() };
      const olds = { inputs: old, outputs: { ...outputs, ...old, __inputs: secret(old) } };
      assert.deepEqual(await engine.diff(urn, id, olds, { ...inputs, tags }), none);
    });

    it("takes a value that has become a secret for a change", async () => {
      const managedPolicies = secret(["arn:aws:iam::aws:policy/ReadOnlyAccess"]);
      assert.deepEqual(await engine.diff(urn, id, state, { ...inputs, managedPolicies }), left);
      assert.deepEqual(await engine.diff(urn, id, state, { ...inputs, sessionDuration: secret("PT8H") }), left);
      const kept = { ...inputs, sessionDuration: secret("PT8H") };
      const olds = { inputs: kept, outputs: { ...outputs, __inputs: secret(kept) } };
      assert.deepEqual(await engine.diff(urn, id, olds, kept), none);
    });

    it("refuses a state whose __inputs the engine did not keep secret", async () => {
      const broken = { inputs, outputs: { ...outputs, __inputs: inputs } };
      await assert.rejects(engine.diff(urn, id, broken, inputs), {
        details: "__inputs in the state is not the secret that was put there; the engine must keep it one",
      });
    });
  });

  describe("update", () => {
    it("previews with the ARN that the resource has", async () => {
      fake.script({});
      const news = { ...inputs, description: unknownValue };
      assert.deepEqual(await engine.update(urn, id, state, news, { preview: true }), { ...news, permissionSetArn });
      assert.deepEqual(fake.requests, []);
    });

    it("patches what changed, property by property, and reads the resource back", async () => {
      const others = without(inputs, "tags");
      const news = { ...others, sessionDuration: "PT4H", description: secret("added"), inlinePolicy: { a: [] } };
      const after = { ...model, SessionDuration: "PT4H", Description: "added", InlinePolicy: { a: [] }, Tags: [] };
      let updated: unknown;
      const requests = await requestsOf(
        { UpdateResource: [progress("SUCCESS", { Identifier: id })], GetResource: [resource(after)] },
        async () => (updated = await engine.update(urn, id, state, news)),
      );
      assert.deepEqual(
        requests.map(([name]) => name),
        ["UpdateResource", "GetResource"],
      );
      const { PatchDocument, ClientToken, ...rest } = fake.requests[0]?.input ?? {};
      assert.equal(typeof ClientToken, "string");
      assert.deepEqual(rest, { TypeName: "AWS::SSO::PermissionSet", Identifier: id });
      assert.deepEqual(JSON.parse(String(PatchDocument)), [
        { op: "add", path: "/Description", value: "added" },
        { op: "replace", path: "/InlinePolicy", value: { a: [] } },
        { op: "replace", path: "/SessionDuration", value: "PT4H" },
        { op: "remove", path: "/Tags" },
      ]);
      assert.deepEqual(updated, {
        ...outputs,
        sessionDuration: "PT4H",
        description: "added",
        inlinePolicy: { a: [] },
        tags: [],
        __inputs: secret(news),
      });
    });

    it("renames inside what it patches, and leaves out what AWS filled in", async () => {
      const news = { ...inputs, customerManagedPolicyReferences: [{ name: "Base" }, { name: "More", path: "/team/" }] };
      await requestsOf(
        { UpdateResource: [progress("SUCCESS", { Identifier: id })], GetResource: [resource(model)] },
        () => engine.update(urn, id, state, news),
      );
      assert.deepEqual(JSON.parse(String(fake.requests[0]?.input["PatchDocument"])), [
        {
          op: "replace",
          path: "/CustomerManagedPolicyReferences",
          value: [{ Name: "Base" }, { Name: "More", Path: "/team/" }],
        },
      ]);
    });

    it("repairs drift that a refresh found", async () => {
      const drifted = { ...inputs, sessionDuration: "PT1H" };
      const olds = { inputs: drifted, outputs: { ...outputs, sessionDuration: "PT1H", __inputs: secret(drifted) } };
      await requestsOf(
        { UpdateResource: [progress("SUCCESS", { Identifier: id })], GetResource: [resource(model)] },
        () => engine.update(urn, id, olds, inputs),
      );
      assert.deepEqual(JSON.parse(String(fake.requests[0]?.input["PatchDocument"])), [
        { op: "replace", path: "/SessionDuration", value: "PT8H" },
      ]);
    });

    it("fails as AWS fails", async () => {
      fake.script({
        UpdateResource: [progress("FAILED", { ErrorCode: "NotUpdatable", StatusMessage: "no", Operation: "UPDATE" })],
      });
      await assert.rejects(engine.update(urn, id, state, { ...inputs, name: "Other" }), {
        details: 'operation UPDATE failed with "NotUpdatable": no',
      });
    });
  });

  describe("read", () => {
    it("finds the resource as the program described it", async () => {
      fake.script({ GetResource: [resource(model)] });
      assert.deepEqual(await engine.read(urn, id, state), { id, ...state });
    });

    it("shows drift in the inputs, but not what the program never set", async () => {
      const drifted = { ...model, SessionDuration: "PT1H", Description: "by hand", Tags: [] };
      fake.script({ GetResource: [resource(drifted)] });
      const others = without(inputs, "tags");
      const refreshed = { ...others, sessionDuration: "PT1H" };
      assert.deepEqual(await engine.read(urn, id, state), {
        id,
        inputs: refreshed,
        outputs: {
          ...outputs,
          sessionDuration: "PT1H",
          description: "by hand",
          tags: [],
          __inputs: secret(refreshed),
        },
      });
    });

    it("keeps secret what the program made secret", async () => {
      const kept = { ...inputs, sessionDuration: secret("PT8H") };
      fake.script({ GetResource: [resource({ ...model, SessionDuration: "PT1H" })] });
      const found = await engine.read(urn, id, { inputs: kept, outputs: { ...outputs, __inputs: secret(kept) } });
      assert.deepEqual(found.inputs?.["sessionDuration"], secret("PT1H"));
      assert.deepEqual(found.outputs?.["sessionDuration"], secret("PT1H"));
    });

    it("imports a resource with everything that can be an input", async () => {
      fake.script({ GetResource: [resource(model)] });
      const everything = without(outputs, "permissionSetArn");
      assert.deepEqual(await engine.read(urn, id, { inputs: {}, outputs: {} }), {
        id,
        inputs: everything,
        outputs: { ...outputs, __inputs: secret(everything) },
      });
    });

    it("finds nothing when the resource is gone", async () => {
      fake.script({ GetResource: [failure("ResourceNotFoundException", "gone")] });
      assert.deepEqual(await engine.read(urn, id, state), { id: "", inputs: undefined, outputs: undefined });
    });

    it("fails on any other error", async () => {
      fake.script({ GetResource: [failure("AccessDeniedException", "not allowed")] });
      await assert.rejects(engine.read(urn, id, state), {
        details:
          "operation error CloudControl: GetResource, https response error StatusCode: 400, RequestID: request-1, " +
          "AccessDeniedException: not allowed",
      });
    });
  });

  describe("delete", () => {
    it("waits until the resource is gone", async () => {
      fake.script({
        DeleteResource: [progress("IN_PROGRESS")],
        GetResourceRequestStatus: [progress("SUCCESS", { Identifier: id })],
      });
      await engine.delete(urn, id, state);
      assert.deepEqual(fake.operations(), ["DeleteResource", "GetResourceRequestStatus"]);
      assert.deepEqual(without(fake.requests[0]?.input ?? {}, "ClientToken"), {
        TypeName: "AWS::SSO::PermissionSet",
        Identifier: id,
      });
    });

    it("is content when it was gone already", async () => {
      fake.script({ DeleteResource: [progress("FAILED", { ErrorCode: "NotFound", StatusMessage: "gone" })] });
      await engine.delete(urn, id, state);
    });

    it("fails as AWS fails", async () => {
      fake.script({
        DeleteResource: [
          progress("FAILED", { ErrorCode: "ResourceConflict", StatusMessage: "in use", Operation: "DELETE" }),
        ],
      });
      await assert.rejects(engine.delete(urn, id, state), {
        details: 'operation DELETE failed with "ResourceConflict": in use',
      });
    });
  });

  it("names a token that it does not have, and those it has", async () => {
    await assert.rejects(engine.check("urn:pulumi:dev::project::aws-native:sso:Instance::other", {}), {
      details:
        'the stand-in for the aws-native plugin does not have the resource type "aws-native:sso:Instance"; it has ' +
        "aws-native:cloudformation:StackSet, aws-native:sso:InstanceAccessControlAttributeConfiguration, aws-native:sso:PermissionSet. Use the real plugin, or add it to rehearsal/plugins.",
    });
  });
});

function without<Value>(map: Record<string, Value>, omitted: string): Record<string, Value> {
  return Object.fromEntries(Object.entries(map).filter(([key]) => key !== omitted));
}
