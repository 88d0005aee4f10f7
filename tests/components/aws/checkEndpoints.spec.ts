import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { devNull, tmpdir } from "node:os";
import { join } from "node:path";
import type { dynamic } from "@pulumi/pulumi";
import { checkEndpoints } from "../../../components/aws/checkEndpoints";
import { GrantsProvider } from "../../../components/grants/grantsProvider";
import { SwitchProvider } from "../../../components/identityAwareSessions/switchProvider";
import { InstanceSettingsProvider } from "../../../components/organizationInstance/instanceSettingsProvider";
import { configurationOf, configured } from "../configured";

const connection = { region: "us-east-1" };

describe("checkEndpoints", () => {
  const environment = process.env;
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "endpoints-"));
    process.env = { AWS_CONFIG_FILE: devNull, AWS_SHARED_CREDENTIALS_FILE: devNull };
  });
  afterEach(() => {
    process.env = environment;
    rmSync(folder, { recursive: true });
  });

  async function refused(allowed: readonly string[] = [], profile?: string): Promise<string[]> {
    const checked = checkEndpoints({ ...connection, ...(profile !== undefined && { profile }) }, allowed);
    const message = await checked.then(
      () => "",
      (error: unknown) => (error as Error).message,
    );
    return message
      .split("\n\n")
      .slice(1)
      .map((problem) => problem.split("\n")[0] ?? "");
  }

  it("lets calls go to AWS by any of its names, and to this machine", async () => {
    assert.deepEqual(await refused(), []);
    for (const url of [
      "https://sts.us-east-1.amazonaws.com",
      "https://sts.amazonaws.com/",
      "https://sts-fips.us-east-1.amazonaws.com",
      "https://portal.sso.us-east-1.amazonaws.com",
      "https://signin.us-east-1.api.aws",
      "https://vpce-0a1b2c3d-abcdefgh.sts.us-east-1.vpce.amazonaws.com",
      "https://vpce-0a1b2c3d-abcdefgh-us-east-1a.s3.us-east-1.vpce.amazonaws.com",
      "http://127.0.0.1:4566",
      "http://localhost",
      "http://[::1]:4566",
    ]) {
      process.env["AWS_ENDPOINT_URL"] = url;
      assert.deepEqual(await refused(), [], url);
    }
  });

  it("does not take hosts that everybody can rent from AWS for AWS, nor what is not encrypted on its way there", async () => {
    for (const url of [
      "https://ec2-203-0-113-25.compute-1.amazonaws.com",
      "https://ec2-203-0-113-25.eu-west-1.compute.amazonaws.com",
      "https://abc123.execute-api.us-east-1.amazonaws.com/prod",
      "https://my-lb-1234.us-east-1.elb.amazonaws.com",
      "https://bucket.s3-website-us-east-1.amazonaws.com",
      "https://bucket.s3.us-east-1.amazonaws.com",
      "https://vpce-0a1b2c3d-abcdefgh.vpce-svc-0123.us-east-1.vpce.amazonaws.com",
      "https://sts.us-east-1.amazonaws.com.example.com",
      "https://sts.us-east-1.amazonaws.com@example.com",
      "http://sts.us-east-1.amazonaws.com",
    ]) {
      process.env["AWS_ENDPOINT_URL"] = url;
      assert.deepEqual(await refused(), ["AWS_ENDPOINT_URL"], url);
    }
  });

  it("refuses every other one that the environment names, unless the configuration allows it", async () => {
    process.env["AWS_ENDPOINT_URL"] = "https://aws.example.com";
    process.env["AWS_ENDPOINT_URL_SSO_ADMIN"] = "https://amazonaws.com.example.com:8443";
    process.env["AWS_ENDPOINT_URL_STS"] = "nowhere";
    assert.deepEqual(await refused(), ["AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_SSO_ADMIN", "AWS_ENDPOINT_URL_STS"]);
    assert.deepEqual(await refused(["aws.example.com"]), ["AWS_ENDPOINT_URL_SSO_ADMIN", "AWS_ENDPOINT_URL_STS"]);
    process.env["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"] = "true";
    assert.deepEqual(await refused(), []);
  });

  it("says how to allow one", async () => {
    process.env["AWS_ENDPOINT_URL"] = "https://aws.example.com:8443/path";
    await assert.rejects(checkEndpoints(connection, []), {
      message:
        "AWS's calls would go elsewhere: 1 problem. Nothing was changed.\n\n" +
        "AWS_ENDPOINT_URL\n" +
        "  found:   aws.example.com, which is neither AWS nor this machine\n" +
        "  allowed: https to the endpoints of AWS's services (interface VPC endpoints are among them), this machine, and hosts in identity-aware-sessions:safety.endpoints\n" +
        "  to do:   remove it, or, if AWS's calls are to go there, run `pulumi config set --path 'identity-aware-sessions:safety.endpoints[0]' aws.example.com`\n",
    });
  });

  it("refuses what the profile names, and the section of services that it points to", async () => {
    process.env["AWS_CONFIG_FILE"] = join(folder, "config");
    writeFileSync(
      join(folder, "config"),
      "[profile elsewhere]\nendpoint_url = https://one.example.com\nservices = ours\n" +
        "[services ours]\nsts =\n  endpoint_url = https://two.example.com\n",
    );
    assert.deepEqual(await refused(), [], "another profile's");
    assert.deepEqual(await refused([], "elsewhere"), [
      "endpoint_url of profile elsewhere",
      "sts.endpoint_url of profile elsewhere",
    ]);
    process.env["AWS_PROFILE"] = "elsewhere";
    assert.deepEqual(await refused(["one.example.com"]), ["sts.endpoint_url of profile elsewhere"]);
  });

  // A refresh and a destroy run no program, only the providers.
  describe("in a dynamic provider", () => {
    const refusal =
      /^AWS's calls would go elsewhere: 1 problem\. Nothing was changed\.\n\nAWS_ENDPOINT_URL\n {2}found: {3}aws\.example\.com, /;
    const id = "arn:aws:sso:::instance/ssoins-1234567890abcdef";
    const common = { instanceArn: id };
    const assignments = { permissionSetArn: "ps", assignments: { "a / b": "assigned" }, accounts: {}, principals: {} };
    const record = {
      permissionSets: { Developer: { assignments: 1, isManaged: true } },
      switch: { mode: "manage", onDestroy: "keep" },
    };
    const resources: readonly (readonly [title: string, provider: dynamic.ResourceProvider, props: object])[] = [
      ["the switch", new SwitchProvider(), { ...common, onDestroy: "deleteApplication" }],
      ["the instance's settings", new InstanceSettingsProvider(), { ...common, addedRegions: ["eu-west-1"] }],
      ["account assignments", new GrantsProvider(), { ...common, ...assignments }],
      ["the record that a destroy comes to first", new GrantsProvider(), record],
    ];
    for (const [title, provider, props] of resources) {
      it(`keeps ${title} from being read or deleted elsewhere, as often as Pulumi asks`, async () => {
        process.env["AWS_ENDPOINT_URL"] = "https://aws.example.com";
        const refused = { message: refusal, stack: "" };
        await assert.rejects(Promise.resolve(provider.configure?.({ config: configurationOf(connection) })), refused);
        await assert.rejects(Promise.resolve(provider.delete?.(id, props)), { message: refusal });
        if (props !== record) {
          await assert.rejects(Promise.resolve(provider.read?.(id, props)), { message: refusal });
        }
      });
    }

    it("lets a host through that the configuration allows", async () => {
      process.env["AWS_ENDPOINT_URL"] = "https://aws.example.com";
      await configured(new SwitchProvider(), connection, {
        "identity-aware-sessions:safety": JSON.stringify({ endpoints: ["aws.example.com"] }),
      });
    });
  });
});
