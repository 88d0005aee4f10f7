import * as assert from "node:assert/strict";
import type { ResourceValidationArgs } from "@pulumi/policy";
import * as policyProxy from "@pulumi/policy/proxy";
import * as fc from "fast-check";
import { disallowOptInRegions } from "../../../policy-pack/policies/disallowOptInRegions";
import { defaultEnabledRegions } from "../../../policy-pack/regions";
import { unknownString } from "../analyzerProcess";

// What @pulumi/policy wraps around properties, so that reading an unknown one throws; it is not in its type declarations.
const { unknownCheckingProxy } = policyProxy as unknown as { unknownCheckingProxy: <Props>(props: Props) => Props };

interface Judged {
  type: string;
  name?: string;
  props?: Record<string, unknown>;
  provider?: { type: string; name: string; props: Record<string, unknown> };
}

/** The messages of the violations that the policy reports of a resource, with the policy configured by `config`. */
function violations({ type, name = "example", props = {}, provider }: Judged, config: object = {}): string[] {
  const messages: string[] = [];
  const args = {
    type,
    name,
    props: unknownCheckingProxy(props),
    ...(provider && { provider: { ...provider, props: unknownCheckingProxy(provider.props) } }),
    getConfig: () => config,
  } as unknown as ResourceValidationArgs;
  const { validateResource } = disallowOptInRegions;
  assert.ok(typeof validateResource === "function");
  void validateResource(args, (message) => messages.push(message));
  return messages;
}

/** Sets the two variables that AWS's tools look for a Region in; one that is left out is unset. */
function setEnvironment(variables: { AWS_REGION?: string; AWS_DEFAULT_REGION?: string }): void {
  delete process.env["AWS_REGION"];
  delete process.env["AWS_DEFAULT_REGION"];
  Object.assign(process.env, variables);
}

const allowed =
  "ap-northeast-1, ap-northeast-2, ap-northeast-3, ap-south-1, ap-southeast-1, ap-southeast-2, ca-central-1, " +
  "eu-central-1, eu-north-1, eu-west-1, eu-west-2, eu-west-3, sa-east-1, us-east-1, us-east-2, us-west-1, us-west-2";

/** Every position in which the policy reads a Region. */
const positions: Record<string, (region: string) => Judged> = {
  "explicit provider of aws": (region) => ({ type: "pulumi:providers:aws", props: { region } }),
  "explicit provider of aws-native": (region) => ({ type: "pulumi:providers:aws-native", props: { region } }),
  "explicit provider of awscc": (region) => ({ type: "pulumi:providers:awscc", props: { region } }),
  "default provider": (region) => ({ type: "pulumi:providers:aws", name: "default_7_48_0", props: { region } }),
  "resource's own region": (region) => ({ type: "aws:s3/bucket:Bucket", props: { region } }),
};

describe("Policy disallow-opt-in-regions", () => {
  const { AWS_REGION, AWS_DEFAULT_REGION } = process.env;
  beforeEach(() => {
    setEnvironment({});
  });
  after(() => {
    setEnvironment({ ...(AWS_REGION && { AWS_REGION }), ...(AWS_DEFAULT_REGION && { AWS_DEFAULT_REGION }) });
  });

  for (const [position, at] of Object.entries(positions)) {
    it(`passes every default-enabled Region as ${position}`, () => {
      fc.assert(
        fc.property(fc.constantFrom(...defaultEnabledRegions), (region) => {
          assert.deepEqual(violations(at(region)), []);
        }),
      );
    });

    it(`refuses whatever else has the shape of a Region as ${position}`, () => {
      const shapedLikeRegion = fc
        .stringMatching(/^[a-z]{2,4}(-(gov|iso|isob|de))?-(north|south|east|west|central|northeast|southeast)-[1-9]$/)
        .filter((region) => !defaultEnabledRegions.includes(region));
      fc.assert(
        fc.property(shapedLikeRegion, (region) => {
          assert.equal(violations(at(region)).length, 1);
        }),
      );
    });
  }

  it("says of an explicit provider what was found, what is allowed and what to do", () => {
    assert.deepEqual(violations({ type: "pulumi:providers:aws", props: { region: "eu-south-1" } }), [
      `Region eu-south-1 (the provider's region) is not allowed. Allowed: ${allowed}. Give the provider an allowed ` +
        "Region; if eu-south-1 is used on purpose, add it to the policy's allowedRegions.",
    ]);
  });

  it("names the stack's configuration where a default provider has its Region from", () => {
    const provider = { type: "pulumi:providers:aws-native", name: "default", props: { region: "eu-south-1" } };
    assert.deepEqual(violations(provider), [
      `Region eu-south-1 (aws-native:region of the stack's configuration) is not allowed. Allowed: ${allowed}. Set ` +
        "aws-native:region to an allowed Region; if eu-south-1 is used on purpose, add it to the policy's allowedRegions.",
    ]);
  });

  it("says of a resource that its own region is to go", () => {
    assert.deepEqual(violations({ type: "aws:s3/bucket:Bucket", props: { region: "eu-south-1" } }), [
      `Region eu-south-1 (the resource's own region) is not allowed. Allowed: ${allowed}. Leave the resource's region ` +
        "out, or make it an allowed Region; if eu-south-1 is used on purpose, add it to the policy's allowedRegions.",
    ]);
  });

  describe("where a provider states no Region", () => {
    for (const props of [{}, { region: "" }, { region: null }]) {
      it(`goes by AWS_REGION, for ${JSON.stringify(props)}`, () => {
        setEnvironment({ AWS_REGION: "eu-south-1", AWS_DEFAULT_REGION: "us-east-1" });
        assert.deepEqual(violations({ type: "pulumi:providers:aws", name: "default", props }), [
          "Region eu-south-1 (AWS_REGION of the environment, as the provider states no Region) is not allowed. " +
            `Allowed: ${allowed}. Set aws:region in the stack's configuration, or AWS_REGION, to an allowed Region; ` +
            "if eu-south-1 is used on purpose, add it to the policy's allowedRegions.",
        ]);
      });
    }

    it("goes by AWS_DEFAULT_REGION when AWS_REGION is empty", () => {
      setEnvironment({ AWS_REGION: "", AWS_DEFAULT_REGION: "me-south-1" });
      assert.match(
        violations({ type: "pulumi:providers:aws" }).join(),
        /^Region me-south-1 \(AWS_DEFAULT_REGION of the environment, /,
      );
    });

    it("reports nothing when the environment states none either", () => {
      assert.deepEqual(violations({ type: "pulumi:providers:aws" }), []);
    });
  });

  it("prefers the provider's region to the environment's", () => {
    setEnvironment({ AWS_REGION: "eu-south-1" });
    assert.deepEqual(violations({ type: "pulumi:providers:aws", props: { region: "us-east-1" } }), []);
  });

  describe("of a resource with a provider", () => {
    const bucket = (region: string, providerProps: Record<string, unknown>): Judged => ({
      type: "aws:s3/bucket:Bucket",
      props: { region },
      provider: { type: "pulumi:providers:aws", name: "default", props: providerProps },
    });

    it("leaves the report to the provider where both have the same Region", () => {
      assert.deepEqual(violations(bucket("eu-south-1", { region: "eu-south-1" })), []);
      setEnvironment({ AWS_REGION: "eu-south-1" });
      assert.deepEqual(violations(bucket("eu-south-1", {})), []);
    });

    it("reports a Region other than the provider's, also when that is unknown", () => {
      assert.equal(violations(bucket("eu-south-1", { region: "us-east-1" })).length, 1);
      assert.equal(violations(bucket("eu-south-1", { region: "eu-south-2" })).length, 1);
      assert.equal(violations(bucket("eu-south-1", { region: unknownString })).length, 1);
    });
  });

  it("leaves alone what a preview does not know, even with a wrong Region in the environment", () => {
    setEnvironment({ AWS_REGION: "eu-south-1" });
    for (const at of Object.values(positions)) {
      assert.deepEqual(violations(at(unknownString)), []);
    }
  });

  it("leaves alone a property named region that says something else, and the resources of others", () => {
    setEnvironment({ AWS_REGION: "eu-south-1" });
    for (const resource of [
      { type: "aws:ssmincidents/replicationSet:ReplicationSet", props: { region: [{ name: "us-east-1" }] } },
      { type: "aws:s3/bucket:Bucket", props: { bucket: "eu-south-1", tags: { region: "eu-south-1" } } },
      { type: "gcp:compute/address:Address", props: { region: "europe-west1" } },
      { type: "pulumi:providers:gcp", props: { region: "europe-west1" } },
      { type: "pulumi:providers:awsx", props: {} },
      { type: "pulumi:pulumi:Stack", props: {} },
    ]) {
      assert.deepEqual(violations(resource), [], resource.type);
    }
  });

  it("goes by allowedRegions alone when it is configured", () => {
    const config = { allowedRegions: ["eu-south-1", "us-gov-west-1"] };
    const provider = (region: string) => ({ type: "pulumi:providers:aws", props: { region } });
    assert.deepEqual(violations(provider("eu-south-1"), config), []);
    assert.deepEqual(violations(provider("us-gov-west-1"), config), []);
    assert.deepEqual(violations(provider("us-east-1"), config), [
      "Region us-east-1 (the provider's region) is not allowed. Allowed: eu-south-1, us-gov-west-1. Give the provider " +
        "an allowed Region; if us-east-1 is used on purpose, add it to the policy's allowedRegions.",
    ]);
  });
});
