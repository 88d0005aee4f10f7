import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { devNull, tmpdir } from "node:os";
import { join } from "node:path";
import { sourceProfile } from "../../../components/aws/sourceProfile";

describe("the profile that a chain of profiles begins with", () => {
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

  it("is the last that role_arn and source_profile lead to", async () => {
    assert.equal(await sourceProfile("elsewhere"), "alice");
    assert.equal(await sourceProfile("deployer"), "alice");
  });

  it("is the profile itself where it assumes no other profile's role", async () => {
    for (const name of ["alice", "instance", "itself", "unknown"]) {
      assert.equal(await sourceProfile(name), name);
    }
  });

  it("is looked for in no circle", async () => {
    assert.equal(await sourceProfile("one"), "other");
  });

  it("begins with AWS_PROFILE or the default profile, unless the environment has credentials", async () => {
    assert.equal(await sourceProfile(undefined), "alice");
    process.env["AWS_ACCESS_KEY_ID"] = "AKIAIOSFODNN7EXAMPLE";
    assert.equal(await sourceProfile(undefined), undefined);
    process.env["AWS_PROFILE"] = "deployer";
    assert.equal(await sourceProfile(undefined), "alice");
    process.env["AWS_PROFILE"] = "alice";
    assert.equal(await sourceProfile(undefined), undefined);
  });
});
