import * as assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { promisify } from "node:util";
import { EnforcementLevel, PolicySeverity, PolicyType } from "@pulumi/pulumi/proto/analyzer_pb";
import { defaultEnabledRegions } from "../../policy-pack/regions";
import { type AnalyzedResource, type AnalyzerProcess, startAnalyzer, unknownString } from "./analyzerProcess";

const folder = path.resolve(__dirname, "../../policy-pack");
const policy = "disallow-opt-in-regions";

const provider = (props: AnalyzedResource["props"] = {}): AnalyzedResource => ({
  type: "pulumi:providers:aws",
  name: "default_7_48_0",
  props,
});
const wrongProvider = provider({ region: "eu-south-1" });

describe("The policy pack in Pulumi's own process", () => {
  let pack: AnalyzerProcess;
  let packInMilan: AnalyzerProcess;
  before(async () => {
    [pack, packInMilan] = await Promise.all([
      startAnalyzer(folder),
      startAnalyzer(folder, { AWS_REGION: "eu-south-1", AWS_DEFAULT_REGION: "us-east-1" }),
    ]);
  });
  after(async () => {
    await Promise.all([pack.close(), packInMilan.close()]);
  });
  afterEach(async () => {
    await pack.configure(policy);
  });

  it("introduces itself and its policies", async () => {
    const manifest = JSON.parse(await readFile(path.join(folder, "package.json"), "utf8")) as { version: string };
    const info = await pack.info();
    assert.deepEqual(
      [info.getName(), info.getVersion(), info.getSupportsconfig()],
      ["identity-aware-sessions", manifest.version, true],
    );
    assert.deepEqual(
      info
        .getPoliciesList()
        .map((each) => [each.getName(), each.getPolicyType(), each.getEnforcementlevel(), each.getSeverity()]),
      [[policy, PolicyType.POLICY_TYPE_RESOURCE, EnforcementLevel.MANDATORY, PolicySeverity.POLICY_SEVERITY_HIGH]],
    );
    for (const each of info.getPoliciesList()) {
      assert.match(each.getUrl(), /^https:\/\/docs\.aws\.amazon\.com\//);
      for (const text of [each.getDisplayname(), each.getDescription(), each.getRemediationSteps()]) {
        assert.notEqual(text, "");
      }
    }
  });

  it("reports a wrong provider as one mandatory violation, and its resources not at all", async () => {
    const info = await pack.info();
    const description = info.getPoliciesList()[0]?.getDescription() ?? "";
    assert.deepEqual(await pack.analyze(wrongProvider), [
      {
        policyname: policy,
        policypackname: "identity-aware-sessions",
        policypackversion: info.getVersion(),
        description,
        message:
          `${description}\nRegion eu-south-1 (aws:region of the stack's configuration) is not allowed. ` +
          `Allowed: ${defaultEnabledRegions.join(", ")}. Set aws:region to an allowed Region; ` +
          "if eu-south-1 is used on purpose, add it to the policy's allowedRegions.",
        enforcementlevel: EnforcementLevel.MANDATORY,
        urn: "",
        severity: PolicySeverity.POLICY_SEVERITY_HIGH,
      },
    ]);
    const bucket = { type: "aws:s3/bucket:Bucket", provider: wrongProvider };
    assert.deepEqual(await pack.analyze({ ...bucket, props: { region: "eu-south-1" } }), []);
    assert.deepEqual(await pack.analyze({ ...bucket, props: {} }), []);
  });

  it("reports a resource that states a wrong Region of its own", async () => {
    const bucket = {
      type: "aws:s3/bucket:Bucket",
      props: { region: "eu-south-1" },
      provider: provider({ region: "us-east-1" }),
    };
    assert.deepEqual(await found(pack.analyze(bucket)), ["Region eu-south-1 (the resource's own region)"]);
  });

  it("reports nothing in a default-enabled Region", async () => {
    const region = "eu-central-1";
    assert.deepEqual(await pack.analyze(provider({ region })), []);
    assert.deepEqual(
      await pack.analyze({ type: "aws:s3/bucket:Bucket", props: { region }, provider: provider({ region }) }),
      [],
    );
  });

  it("reports nothing, rather than an advisory, of what a preview does not know", async () => {
    const bucket = {
      type: "aws:s3/bucket:Bucket",
      props: { region: unknownString, bucket: unknownString },
      provider: provider({ region: unknownString }),
    };
    for (const analyzer of [pack, packInMilan]) {
      assert.deepEqual(await analyzer.analyze(provider({ region: unknownString })), []);
      assert.deepEqual(await analyzer.analyze(bucket), []);
    }
  });

  it("sees the environment when a provider states no Region", async () => {
    assert.deepEqual(await pack.analyze(provider()), []);
    assert.deepEqual(await found(packInMilan.analyze(provider())), [
      "Region eu-south-1 (AWS_REGION of the environment, as the provider states no Region)",
    ]);
  });

  it("reads a secret Region as well as a plain one", async () => {
    const secret = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", value: "eu-south-1" };
    assert.deepEqual(await found(pack.analyze(provider({ region: secret }))), [
      "Region eu-south-1 (aws:region of the stack's configuration)",
    ]);
  });

  it("takes allowedRegions from its configuration, and the default-enabled Regions without one", async () => {
    const schema = (await pack.info()).getPoliciesList()[0]?.getConfigschema()?.getProperties()?.toJavaScript();
    assert.deepEqual(schema?.["allowedRegions"], {
      type: "array",
      description: "The Regions that stacks may use, in place of the 17 that are enabled by default.",
      items: { type: "string", pattern: "^[a-z]+(-[a-z]+)+-[0-9]+$" },
      minItems: 1,
      uniqueItems: true,
      default: defaultEnabledRegions,
    });
    await pack.configure(policy, { allowedRegions: ["eu-south-1"] });
    assert.deepEqual(await pack.analyze(wrongProvider), []);
    assert.deepEqual(await found(pack.analyze(provider({ region: "us-east-1" }))), [
      "Region us-east-1 (aws:region of the stack's configuration)",
    ]);
    await pack.configure(policy);
    assert.deepEqual(await pack.analyze(provider({ region: "us-east-1" })), []);
  });

  it("has nothing to say of a stack as a whole", async () => {
    assert.deepEqual(await pack.analyzeStack([wrongProvider, { type: "pulumi:pulumi:Stack" }]), []);
  });
});

describe("The policy pack as npm packs it", () => {
  let copy: string;
  before(async () => {
    copy = await mkdtemp(path.join(tmpdir(), "policy-pack-"));
  });
  after(async () => {
    await rm(copy, { recursive: true });
  });

  it("is JavaScript and runs from its own folder, with its declared dependencies alone", async () => {
    const { stdout } = await promisify(execFile)("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], {
      cwd: folder,
    });
    const [archive] = JSON.parse(stdout) as { files: { path: string }[] }[];
    const files = (archive?.files ?? []).map((file) => file.path).sort();
    assert.deepEqual(
      files.filter((file) => !/^dist\/.*\.js$/.test(file)),
      ["PulumiPolicy.yaml", "README.md", "package.json"],
    );
    for (const file of files) {
      await cp(path.join(folder, file), path.join(copy, file), { recursive: true });
    }
    const manifest = JSON.parse(await readFile(path.join(copy, "package.json"), "utf8")) as {
      dependencies: Record<string, string>;
    };
    for (const dependency of Object.keys(manifest.dependencies)) {
      const link = path.join(copy, "node_modules", dependency);
      await mkdir(path.dirname(link), { recursive: true });
      await symlink(path.resolve(folder, "../node_modules", dependency), link);
    }
    const pack = await startAnalyzer(copy);
    try {
      assert.equal((await pack.analyze(wrongProvider)).length, 1);
    } finally {
      await pack.close();
    }
  });
});

/** Of each diagnostic's message the part that says which Region was found and where. */
async function found(diagnostics: ReturnType<AnalyzerProcess["analyze"]>): Promise<string[]> {
  return (await diagnostics).map(({ message }) => /(Region .*?\)) is not allowed/.exec(message)?.[1] ?? message);
}
