import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import type { SavedState } from "../../../rehearsal/aws/contents";
import { loadOrganization } from "../../../rehearsal/aws/organization";
import { startLocalAws } from "../../../rehearsal/aws/server";
import { Display } from "../../../rehearsal/engine/display";
import { Rehearsal } from "../../../rehearsal/rehearsal";

const root = join(__dirname, "../../..");
const fixture = (end: string) => join(root, "tests/upgrade", `0.1.0${end}`);

/** The deployed stack, whose Administrator is for the management account: there its callers can be signed in, too. */
const elsewhere = (file: string) =>
  readFileSync(file, "utf8").replaceAll("333333333333", "111111111111").replaceAll("payments-prod", "management");

interface Stack {
  config: {
    "identity-aware-sessions:permissionSets": Record<string, { assignments: unknown }>;
    "identity-aware-sessions:safety": Record<string, unknown>;
  };
}

describe("a stack that would lock people out", () => {
  const passphrase = process.env["PULUMI_CONFIG_PASSPHRASE"];
  before(() => {
    delete process.env["PULUMI_CONFIG_PASSPHRASE"]; // the deployment's is empty
  });
  after(() => {
    if (passphrase !== undefined) {
      process.env["PULUMI_CONFIG_PASSPHRASE"] = passphrase;
    }
  });

  it("is refused at preview, with every reason and nothing written", async () => {
    const folder = mkdtempSync(join(tmpdir(), "lockingOut-"));
    const organization = await loadOrganization(join(root, "rehearsal/organization.yaml"));
    const [caller] = organization.callers;
    assert(caller);
    caller.arn = "arn:aws:sts::111111111111:assumed-role/AWSReservedSSO_Administrator_0123456789abcdef/alice";
    const state = JSON.parse(elsewhere(fixture(".aws.json"))) as SavedState;
    const aws = await startLocalAws({ organization, state });
    try {
      const { config } = parse(elsewhere(fixture(".yaml"))) as Stack;
      const { Administrator } = config["identity-aware-sessions:permissionSets"];
      assert(Administrator);
      Administrator.assignments = [{ users: ["bob"], accounts: ["management"] }];
      config["identity-aware-sessions:safety"] = { maxRemovals: 1 };
      const [stackFile, stateFile] = [join(folder, "Pulumi.dev.yaml"), join(folder, "deployment.json")];
      writeFileSync(stackFile, stringify({ config }));
      writeFileSync(stateFile, elsewhere(fixture(".json")));
      const lines: string[] = [];
      const display = new Display((line) => lines.push(line));
      const { events, succeeded } = await new Rehearsal(aws, { stack: "dev", stackFile, stateFile }, display).preview();
      assert.equal(succeeded, false, lines.join("\n"));
      const errors = events.flatMap((event) =>
        event.kind === "diagnosticEvent" && event.severity === "error" ? [event.message] : [],
      );
      const text = errors.join("\n");
      assert.match(text, /safety\.maxRemovals\n {2}found: {3}2 assignments or more would go, 2 of them here: /);
      assert.match(text, /found: {3}your own session, alice with Administrator in 111111111111, would lose /);
      assert.doesNotMatch(lines.join("\n"), /^ +at /m);
      const writes = aws.calls.filter((call) => call.writes);
      assert.deepEqual(writes, []);
    } finally {
      await aws.close();
      rmSync(folder, { recursive: true });
    }
  });
});
