import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { devNull, tmpdir } from "node:os";
import { join } from "node:path";
import { sourceCredentials } from "../../../components/aws/sourceCredentials";

describe("the credentials that a chain of profiles begins with", () => {
  const environment = process.env;
  const folder = mkdtempSync(join(tmpdir(), "profiles-"));
  const role = (name: string, source: string) =>
    `[profile ${name}]\nrole_arn = arn:aws:iam::111111111111:role/${name}\n${source}\n`;

  before(() => {
    const file = join(folder, "config");
    writeFileSync(
      file,
      "[profile alice]\nsso_account_id = 111111111111\n" +
        role("deployer", "source_profile = alice") +
        role("elsewhere", "source_profile = deployer") +
        role("instance", "credential_source = Ec2InstanceMetadata") +
        role("environment", "credential_source = Environment") +
        role("beyond", "source_profile = environment") +
        role("itself", "source_profile = itself") +
        role("one", "source_profile = other") +
        role("other", "source_profile = one") +
        role("default", "source_profile = alice").replace("profile default", "default"),
    );
    process.env = { ...environment, AWS_CONFIG_FILE: file, AWS_SHARED_CREDENTIALS_FILE: devNull };
    delete process.env["AWS_PROFILE"];
    delete process.env["AWS_ACCESS_KEY_ID"];
  });
  after(() => {
    process.env = environment;
    rmSync(folder, { recursive: true });
  });

  it("are of the last profile that role_arn and source_profile lead to", async () => {
    assert.deepEqual(await sourceCredentials("elsewhere"), { profile: "alice" });
    assert.deepEqual(await sourceCredentials("deployer"), { profile: "alice" });
  });

  it("are of the profile itself where it assumes no other profile's role", async () => {
    for (const name of ["alice", "instance", "itself", "unknown"]) {
      assert.deepEqual(await sourceCredentials(name), { profile: name });
    }
  });

  it("are the environment's where that is what the chain begins with, whatever profile is named there", async () => {
    for (const name of ["environment", "beyond"]) {
      process.env["AWS_ACCESS_KEY_ID"] = "AKIAIOSFODNN7EXAMPLE";
      process.env["AWS_SECRET_ACCESS_KEY"] = "secret";
      try {
        const { credentials, ...others } = await sourceCredentials(name);
        assert.deepEqual(others, {});
        assert.equal((await credentials?.())?.accessKeyId, "AKIAIOSFODNN7EXAMPLE");
      } finally {
        delete process.env["AWS_ACCESS_KEY_ID"];
        delete process.env["AWS_SECRET_ACCESS_KEY"];
      }
    }
  });

  it("are looked for in no circle", async () => {
    assert.deepEqual(await sourceCredentials("one"), { profile: "other" });
  });

  it("are of AWS_PROFILE or the default profile, unless the environment has credentials", async () => {
    assert.deepEqual(await sourceCredentials(undefined), { profile: "alice" });
    process.env["AWS_ACCESS_KEY_ID"] = "AKIAIOSFODNN7EXAMPLE";
    assert.deepEqual(await sourceCredentials(undefined), {});
    process.env["AWS_PROFILE"] = "deployer";
    assert.deepEqual(await sourceCredentials(undefined), { profile: "alice" });
    process.env["AWS_PROFILE"] = "alice";
    assert.deepEqual(await sourceCredentials(undefined), {});
  });
});
