import assert from "node:assert/strict";
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { SavedState } from "../../rehearsal/aws/contents";
import { loadOrganization } from "../../rehearsal/aws/organization";
import { type LocalAws, startLocalAws } from "../../rehearsal/aws/server";
import { Rehearsal } from "../../rehearsal/rehearsal";
import type { Rehearsed } from "../../rehearsal/stackOperations";
import { changes, messages } from "../stacks/testStack";

const root = join(__dirname, "../..");

/** Stacks as earlier versions left them: see README.md beside this file. */
const versions = ["0.1.0", "0.1.0-referring"];

for (const version of versions) {
  describe(`a stack that version ${version} deployed`, () => {
    const deployment = join(__dirname, `${version}.json`);
    const holdsCode = !readFileSync(deployment, "utf8").includes("./components/dynamicProviders.ts");
    let aws: LocalAws;
    let folder: string;
    let rehearsal: Rehearsal;
    const passphrase = process.env["PULUMI_CONFIG_PASSPHRASE"];

    beforeEach(async () => {
      delete process.env["PULUMI_CONFIG_PASSPHRASE"]; // the fixtures' is empty
      folder = mkdtempSync(join(tmpdir(), "upgrade-"));
      copyFileSync(deployment, join(folder, "deployment.json"));
      const state = JSON.parse(readFileSync(join(__dirname, `${version}.aws.json`), "utf8")) as SavedState;
      aws = await startLocalAws({
        organization: await loadOrganization(join(root, "rehearsal/organization.yaml")),
        state,
      });
      rehearsal = new Rehearsal(aws, {
        stack: "upgrade",
        stackFile: join(__dirname, `${version}.yaml`),
        stateFile: join(folder, "deployment.json"),
        policyPacks: [],
      });
    });
    afterEach(async () => {
      if (passphrase !== undefined) {
        process.env["PULUMI_CONFIG_PASSPHRASE"] = passphrase;
      }
      await aws.close();
      rmSync(folder, { recursive: true });
    });

    const writes = () => aws.calls.filter((call) => call.writes).map(({ operation }) => operation);

    it("is updated in its providers' code only, where its state holds that, without a call that writes", async () => {
      const ofCode = [
        "pulumi-nodejs:dynamic/grants:AccountAssignments update __provider",
        "pulumi-nodejs:dynamic/grants:AccountAssignments update __provider",
        "pulumi-nodejs:dynamic/grants:StackRecord update __provider",
        "pulumi-nodejs:dynamic/identityAwareSessions:Switch update __provider",
        "pulumi-nodejs:dynamic/organizationInstance:InstanceSettings update __provider",
      ];
      const codeOnly = holdsCode ? ofCode : [];
      const before = JSON.stringify(aws.save());
      const up = await rehearsal.up();
      assert.equal(up.succeeded, true, errors(up));
      assert.deepEqual(changes(up.events), codeOnly);
      assert.deepEqual(writes(), []);
      assert.equal(JSON.stringify(aws.save()), before);
      assert.deepEqual(Object.keys((await rehearsal.preview()).counts), ["same"]);
    });

    it(`is refreshed and destroyed by the code that lies in its ${holdsCode ? "state" : "project"}`, async () => {
      const refresh = await rehearsal.refresh();
      assert.equal(refresh.succeeded, true, errors(refresh));
      assert.deepEqual(changes(refresh.events), []);
      assert.deepEqual(writes(), []);
      const destroy = await rehearsal.destroy();
      assert.equal(destroy.succeeded, true, errors(destroy));
      assert.deepEqual([aws.contents.permissionSets, aws.contents.accountAssignments], [[], []]);
      assert.equal(aws.contents.applications.length, 1);
    });

    // Pulumi writes the path of a file where a package has no "exports": a newer package must still have it.
    it("finds every package and file that the code in its state asks for", () => {
      const code = readFileSync(deployment, "utf8");
      const asked = new Set([...code.matchAll(/(?<!\.)\brequire\(\\"([^"\\]+)\\"\)/g)].map(([, name = ""]) => name));
      const known = holdsCode ? "@aws-sdk/client-sso-admin/dist-cjs/index.js" : "./components/dynamicProviders.ts";
      assert(asked.has(known), [...asked].join(", "));
      const { resolve } = createRequire(join(root, "index.ts"));
      for (const name of asked) {
        resolve(name);
      }
    });
  });
}

function errors({ events }: Rehearsed): string {
  return messages(events, "error").join("\n");
}
