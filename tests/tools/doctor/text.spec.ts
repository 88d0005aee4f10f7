import assert from "node:assert/strict";
import pc from "picocolors";
import { finding } from "../../../components/doctor/finding";
import type { Report } from "../../../components/doctor/reportSchema";
import { text } from "../../../tools/doctor/text";

const report: Report = {
  schemaVersion: 1,
  ...{ status: "could not tell", exitCode: 2, region: "us-east-1" },
  findings: [
    finding("credentials", { state: "ready", seen: "alice" }),
    finding("switch", { state: "could not tell", seen: "nothing", toDo: "ask again" }),
    finding("amazon-q", { state: "note", seen: "no" }),
  ],
};

describe("The doctor's text", () => {
  it("has a block for each finding, and what needs to be seen to at the end", () => {
    const url = "https://docs.aws.amazon.com";
    assert.equal(
      text(report, pc.createColors(false)),
      "ready           credentials: alice\n" +
        `                documented: AWS STS API Reference, GetCallerIdentity, ${url}/STS/latest/APIReference/API_GetCallerIdentity.html\n` +
        "could not tell  switch: nothing\n" +
        "                to do: ask again\n" +
        `                documented: IAM Identity Center User Guide, Enabling identity-enhanced console sessions, ${url}/singlesignon/latest/userguide/identity-enhanced-sessions.html\n` +
        "note            amazon-q: no\n" +
        `                documented: Amazon Q Developer User Guide, Amazon Q Developer Pro Region support, ${url}/amazonq/latest/qdeveloper-ug/q-admin-setup-subscribe-regions.html\n` +
        "\nCould not tell: see switch.\n",
    );
  });

  it("says what is not in order though being ready does not depend on it", () => {
    const findings = [
      finding("set-context-member-accounts", { state: "not ready", seen: "outdated" }),
      finding("set-context-iam", { state: "could not tell", needed: false, seen: "nothing" }),
    ];
    const told = text({ ...report, status: "ready", exitCode: 0, findings }, pc.createColors(false));
    assert.match(told, /^not ready {7}set-context-member-accounts \(not needed\): outdated$/m);
    assert.match(told, /^could not tell {2}set-context-iam \(not needed\): nothing$/m);
    assert.match(told, /\nReady: .*\nNot needed for that, and not in order: see set-context-member-accounts\.\n/);
  });

  it("colours states on a terminal", () => {
    const coloured = text(report, pc.createColors(true));
    assert.ok(coloured.startsWith("\u001b[32mready           \u001b[39m"), JSON.stringify(coloured.slice(0, 40)));
    assert.ok(coloured.includes("\u001b[33mcould not tell  \u001b[39m"));
  });
});
