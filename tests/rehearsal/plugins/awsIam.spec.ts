import assert from "node:assert/strict";
import { join } from "node:path";
import { loadOrganization } from "../../../rehearsal/aws/organization";
import { type LocalAws, startLocalAws } from "../../../rehearsal/aws/server";
import { PluginProcess, projectFolder } from "./pluginProcess";
import { TestEngine } from "./testEngine";

const policyUrn = "urn:pulumi:dev::project::aws:iam/policy:Policy::enablers-policy";
const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const document = (Action: string) =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action, Resource: "*" }] });
const policy = document("sso:ListApplications");

const holders = [
  { holder: "role", name: "auditor", attachments: "rolePolicyAttachments" },
  { holder: "user", name: "carol", attachments: "userPolicyAttachments" },
  { holder: "group", name: "Writers", attachments: "groupPolicyAttachments" },
] as const;

describe("The stand-in for the aws plugin, on IAM", () => {
  let aws: LocalAws;
  let engine: TestEngine;

  before(async () => {
    const organization = await loadOrganization(join(projectFolder, "rehearsal/organization.yaml"));
    organization.iam.users.push({ name: "carol", path: "/", policies: {} });
    organization.iam.groups.push({ name: "Writers", path: "/", policies: {}, members: ["carol"] });
    aws = await startLocalAws({ organization });
    const { AWS_REGION: region, ...environment } = aws.environment;
    engine = new TestEngine(await PluginProcess.start("aws.ts", { environment }), "aws");
    await engine.configure({ region });
  });
  after(async () => {
    await engine.plugin.stop();
    await aws.close();
  });
  afterEach(() => {
    aws.contents.iamPolicies.length = 0;
    holders.forEach(({ attachments }) => (aws.contents[attachments].length = 0));
  });

  async function created(news: Record<string, unknown> = { name: "Base", policy }) {
    const { inputs = {} } = await engine.check(policyUrn, news);
    const { id, outputs } = await engine.create(policyUrn, inputs);
    return { id, state: { inputs, outputs } };
  }

  describe("aws:iam/policy:Policy", () => {
    it("fills in what the program leaves out, notes that, and keeps the name it chose", async () => {
      const { inputs = {} } = await engine.check(policyUrn, { policy });
      assert.match(String(inputs.name), /^enablers-policy-[0-9a-f]{7}$/);
      assert.deepEqual(inputs, { __defaults: ["name", "path"], name: inputs.name, path: "/", policy });
      const again = await engine.check(policyUrn, { policy }, { ...inputs, name: "enablers-policy-0000000" });
      assert.equal(again.inputs?.name, "enablers-policy-0000000");
      const named = await engine.check(policyUrn, { name: "Base", policy });
      assert.deepEqual(named.inputs, { __defaults: ["path"], name: "Base", path: "/", policy });
    });

    it("takes a document as an object, and none that is no JSON", async () => {
      const { inputs } = await engine.check(policyUrn, { name: "Base", policy: JSON.parse(policy) as object });
      assert.deepEqual(JSON.parse(String(inputs?.policy)), JSON.parse(policy));
      const { failures } = await engine.check(policyUrn, { name: "Base", policy: "{", tags: { a: "b" } });
      assert.deepEqual(failures, [
        {
          property: "tags",
          reason:
            'the stand-in for aws:iam/policy:Policy does not support "tags"; it supports name, path, description, policy',
        },
        { property: "policy", reason: '"policy" contains an invalid JSON policy' },
      ]);
    });

    it("previews that AWS is going to say the rest", async () => {
      const { inputs = {} } = await engine.check(policyUrn, { name: "Base", policy });
      const calls = aws.calls.length;
      assert.deepEqual(await engine.create(policyUrn, inputs, { preview: true }), {
        id: "",
        outputs: {
          name: "Base",
          path: "/",
          policy,
          ...{ arn: unknown, attachmentCount: unknown, id: unknown, namePrefix: unknown },
          ...{ policyId: unknown, tagsAll: unknown },
        },
      });
      assert.equal(aws.calls.length, calls);
    });

    it("is made, and then has no difference and no drift", async () => {
      const { id, state } = await created({ name: "Base", description: "d", policy });
      const arn = "arn:aws:iam::111111111111:policy/Base";
      assert.equal(id, arn);
      const { policyId, ...others } = state.outputs;
      assert.match(String(policyId), /^ANPA\w{17}$/);
      assert.deepEqual(others, {
        ...{ arn, attachmentCount: 0, description: "d", id, name: "Base", namePrefix: "", path: "/", policy },
        ...{ tags: {}, tagsAll: {} },
      });
      assert.equal((await engine.diff(policyUrn, id, state, state.inputs)).changes, "DIFF_NONE");
      assert.deepEqual(await engine.read(policyUrn, id, state), { id, ...state });
    });

    it("says with which name it could not be made", async () => {
      await created();
      await assert.rejects(created(), {
        details:
          /^1 error occurred:\n\t\* creating IAM Policy \(Base\): operation error IAM: CreatePolicy, https response error StatusCode: 409, RequestID: [^,]+, EntityAlreadyExists: A policy called Base already exists\. Duplicate names are not allowed\.\n\n$/,
      });
    });

    it("becomes a new version when what it says changes, and keeps to five", async () => {
      const { id, state } = await created();
      let olds = state;
      for (const n of [2, 3, 4, 5, 6, 7]) {
        const news = { ...state.inputs, policy: document(`sso:Get${n}`) };
        assert.deepEqual(await engine.diff(policyUrn, id, olds, news), {
          changes: "DIFF_SOME",
          diffs: ["policy"],
          replaces: [],
          deleteBeforeReplace: false,
          detailedDiff: { policy: "UPDATE" },
        });
        olds = { inputs: news, outputs: await engine.update(policyUrn, id, olds, news) };
        assert.equal(olds.outputs.policy, news.policy);
      }
      assert.deepEqual(
        aws.contents.iamPolicies[0]?.versions.map((version) => version.id),
        ["v3", "v4", "v5", "v6", "v7"],
      );
      await engine.delete(policyUrn, id, olds);
      assert.deepEqual(aws.contents.iamPolicies, []);
      await engine.delete(policyUrn, id, olds);
    });

    it("is replaced for the rest: first deleted, unless its name is chosen by the plugin", async () => {
      const { id, state } = await created();
      const news = { ...state.inputs, description: "new" };
      const { replaces, deleteBeforeReplace, detailedDiff } = await engine.diff(policyUrn, id, state, news);
      assert.deepEqual(
        { replaces, deleteBeforeReplace, detailedDiff },
        { replaces: ["description"], deleteBeforeReplace: true, detailedDiff: { description: "ADD_REPLACE" } },
      );
      const chosen = await created({ policy });
      const path = { ...chosen.state.inputs, path: "/team/" };
      assert.equal((await engine.diff(policyUrn, chosen.id, chosen.state, path)).deleteBeforeReplace, false);
    });

    it("shows on refresh what somebody changed by hand, but not a change of form", async () => {
      const { id, state } = await created();
      const [{ versions: [version] } = { versions: [] }] = aws.contents.iamPolicies;
      assert.ok(version);
      version.document = JSON.stringify(JSON.parse(policy), undefined, 2);
      assert.deepEqual(await engine.read(policyUrn, id, state), { id, ...state });
      version.document = document("*");
      assert.equal((await engine.read(policyUrn, id, state)).inputs?.policy, document("*"));
      aws.contents.iamPolicies.length = 0;
      assert.equal((await engine.read(policyUrn, id, state)).id, "");
    });

    it("can be imported by its ARN", async () => {
      const { id } = await created({ name: "Base", description: "d", policy });
      const { inputs } = await engine.read(policyUrn, id, { inputs: {}, outputs: {} });
      assert.deepEqual(inputs, { __defaults: [], name: "Base", path: "/", description: "d", policy });
    });
  });

  for (const { holder, name, attachments } of holders) {
    const kind = `${holder.charAt(0).toUpperCase()}${holder.slice(1)}`;
    const type = `aws:iam/${holder}PolicyAttachment:${kind}PolicyAttachment`;
    const attachmentUrn = `urn:pulumi:dev::project::${type}::attachment`;

    describe(type, () => {
      it(`attaches a policy to a ${holder}, notices when it is gone, and detaches it`, async () => {
        const { id: policyArn } = await created();
        const { inputs = {} } = await engine.check(attachmentUrn, { [holder]: name, policyArn });
        assert.deepEqual(inputs, { __defaults: [], [holder]: name, policyArn });
        const { id, outputs } = await engine.create(attachmentUrn, inputs);
        assert.equal(id, `${name}/${policyArn}`);
        assert.deepEqual(outputs, { id, [holder]: name, policyArn });
        assert.deepEqual(aws.contents[attachments], [{ account: "111111111111", [`${holder}Name`]: name, policyArn }]);
        const state = { inputs, outputs };
        assert.equal((await engine.diff(attachmentUrn, id, state, inputs)).changes, "DIFF_NONE");
        assert.deepEqual(await engine.read(attachmentUrn, id, state), { id, ...state });
        await engine.delete(attachmentUrn, id, state);
        assert.deepEqual(aws.contents[attachments], []);
        assert.equal((await engine.read(attachmentUrn, id, state)).id, "");
        await engine.delete(attachmentUrn, id, state);
      });

      it("is replaced for any change", async () => {
        const state = {
          inputs: { [holder]: name, policyArn: "a" },
          outputs: { id: `${name}/a`, [holder]: name, policyArn: "a" },
        };
        const news = { [holder]: "other", policyArn: "a" };
        const { replaces, detailedDiff } = await engine.diff(attachmentUrn, `${name}/a`, state, news);
        assert.deepEqual([replaces, detailedDiff], [[holder], { [holder]: "UPDATE_REPLACE" }]);
      });

      it("says what could not be attached to what", async () => {
        const { id: policyArn } = await created();
        const { inputs = {} } = await engine.check(attachmentUrn, { [holder]: "nobody", policyArn });
        await assert.rejects(engine.create(attachmentUrn, inputs), ({ details }: { details: string }) => {
          const words =
            `1 error occurred:\n\t* attaching IAM Policy (${policyArn}) to IAM ${kind} (nobody): ` +
            `operation error IAM: Attach${kind}Policy, `;
          assert.equal(details.slice(0, words.length), words);
          assert.match(details, new RegExp(` NoSuchEntity: The ${holder} with name nobody cannot be found\\.\n\n$`));
          return true;
        });
      });
    });
  }
});
