import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { devNull, tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import { commandLine } from "../../../tools/doctor/commandLine";
import { question } from "../../../tools/doctor/question";

const arn = "arn:aws:sso:::instance/ssoins-1234567890abcdef";
const roleArn = "arn:aws:iam::111111111111:role/reader";
const enabler = "arn:aws:iam::111111111111:role/admin";

describe("The doctor's question", () => {
  const environment = process.env;
  const folder = mkdtempSync(join(tmpdir(), "doctor-question-"));
  beforeEach(() => {
    process.env = { PATH: environment["PATH"], AWS_CONFIG_FILE: devNull, AWS_SHARED_CREDENTIALS_FILE: devNull };
  });
  afterEach(() => {
    process.env = environment;
  });
  after(() => rmSync(folder, { recursive: true }));

  function of(config: object, ...args: string[]) {
    writeFileSync(join(folder, "Pulumi.prod.yaml"), stringify({ config }));
    return question(folder, commandLine(["--stack", "prod", ...args]));
  }

  it("is what the stack says of its connection, instance, enabler and endpoints", async () => {
    const asked = await of({
      "aws:region": "us-east-2",
      "aws:profile": "prod",
      "aws:assumeRoles": [{ roleArn, externalId: "id" }],
      "identity-aware-sessions:instance": { arn },
      "identity-aware-sessions:switch": { enabler, mode: "require" },
      "identity-aware-sessions:safety": { endpoints: ["proxy.example.com"] },
    });
    assert.deepEqual(asked, {
      connection: { region: "us-east-2", profile: "prod", assumeRole: { roleArn, externalId: "id" } },
      instanceArn: arn,
      enabler,
      endpoints: ["proxy.example.com"],
    });
  });

  it("is what the command line says before that", async () => {
    process.env["EXTERNAL_ID"] = "other";
    const args = ["--region", "eu-west-1", "--profile", "own", "--role-arn", roleArn, "--instance", arn];
    assert.deepEqual(await of({ "aws:region": "us-east-2", "aws:profile": "prod" }, ...args), {
      connection: { region: "eu-west-1", profile: "own", assumeRole: { roleArn, externalId: "other" } },
      instanceArn: arn,
      enabler: undefined,
      endpoints: [],
    });
  });

  it("takes the Region of the environment where nothing else says one", async () => {
    process.env["AWS_REGION"] = "eu-west-3";
    assert.deepEqual((await question(folder, commandLine([]))).connection, { region: "eu-west-3" });
  });

  it("does not mind mistakes and secrets in what it does not ask about", async () => {
    const asked = await of({
      "aws:region": "us-east-1",
      "identity-aware-sessions:permissionSets": { Developer: { wrong: true } },
      "other:token": { secure: "AAAA" },
    });
    assert.equal(asked.connection.region, "us-east-1");
  });

  it("refuses a stack that cannot be used, in the program's words", async () => {
    await assert.rejects(of({ "aws:region": "us-esat-1" }), /aws:region\n {2}found: {3}.*us-esat-1/);
    await assert.rejects(of({ "aws:region": "us-east-1", "aws:secretKey": "canary" }), (error: Error) => {
      assert.match(error.message, /aws:secretKey/);
      return !error.message.includes("canary");
    });
  });

  it("does not open encrypted configuration, and says what to do instead", async () => {
    await assert.rejects(
      of({ "aws:region": "us-east-1", "aws:assumeRoles": [{ roleArn, externalId: { secure: "AAAA" } }] }),
      /Pulumi\.prod\.yaml: aws:assumeRoles is encrypted.* Leave --stack out, and say --region, --profile, --role-arn/,
    );
  });
});
