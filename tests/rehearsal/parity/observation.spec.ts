import assert from "node:assert/strict";
import type { Deployment } from "../../../rehearsal/engine/deployment";
import type { EngineEvent, PolicyViolation } from "../../../rehearsal/engine/events";
import { secretSignature, signatureKey } from "../../../rehearsal/engine/propertyValues";
import { Secrets } from "../../../rehearsal/engine/secrets";
import { observedResult, observedState } from "../../../rehearsal/parity/observation";
import { sorted } from "../../../rehearsal/parity/sorted";
import type { Rehearsed } from "../../../rehearsal/stackOperations";

const urn = "urn:pulumi:parity::notes::notes:index:Note::one";
const violation: PolicyViolation = {
  ...{ urn, policyPack: "notes", policyPackVersion: "1.0.0", policy: "no-bad-words", enforcementLevel: "mandatory" },
  ...{ severity: "high", message: "No bad words.\nfound one\n", remediationSteps: "", url: "" },
};
const said = (severity: "info" | "warning" | "error", message: string): EngineEvent => ({
  ...{ kind: "diagnosticEvent", severity, message },
});
const result: Rehearsed = {
  succeeded: true,
  exitCode: 0,
  counts: { create: 2, same: 1 },
  outputs: { text: "first", secret: { [signatureKey]: secretSignature, value: "hidden" } },
  events: [
    said("error", "\ntoo many\n"),
    said("error", "too many"),
    said("warning", "old"),
    said("info", "by the way"),
    { kind: "policyEvent", violation },
  ],
};

describe("what is seen of an operation", () => {
  it("is whether it succeeded, its exit code, counts, errors and warnings once each, violations and outputs", () => {
    assert.deepEqual(observedResult(result, false), {
      succeeded: ["true"],
      "exit code": ["0"],
      counts: ["2 create", "1 same"],
      errors: ["too many"],
      warnings: ["old"],
      violations: [`no-bad-words (mandatory) ${urn}: No bad words.\nfound one`],
      outputs: ['text: "first"', 'secret: "hidden"'],
    });
  });

  it("is not how far it came, or at which resource it ended, when it failed", () => {
    const failed = { ...result, succeeded: false, exitCode: 1 };
    const { counts, outputs, violations, "exit code": exitCode } = observedResult(failed, false);
    assert.deepEqual([exitCode, counts, outputs], [["1"], [], []]);
    assert.deepEqual(violations, ["no-bad-words (mandatory) of a resource: No bad words.\nfound one"]);
    // A preview goes on to its end.
    assert.deepEqual(observedResult(failed, true)["violations"], [
      `no-bad-words (mandatory) ${urn}: No bad words.\nfound one`,
    ]);
  });

  it("of pending operations is which they are, not what to do about them", () => {
    const pending = (count: number, advice: string) =>
      said(
        "warning",
        `Attempting to deploy or update resources with ${count} pending operations from previous deployment.\n` +
          `  * ${urn}, interrupted while creating\nThese resources are in an unknown state because ${advice}`,
      );
    const seen = (...events: EngineEvent[]) => observedResult({ ...result, events }, false)["warnings"];
    assert.deepEqual(seen(pending(1, "one thing.\n\nDo this.")), seen(pending(1, "another")));
    assert.deepEqual(seen(pending(1, "one thing")), [
      "Attempting to deploy or update resources with 1 pending operations from previous deployment.\n" +
        `  * ${urn}, interrupted while creating\n`,
    ]);
  });

  it("is not what a preview foresees of the outputs", () => {
    assert.deepEqual(observedResult(result, true)["outputs"], []);
  });
});

describe("what is seen of a state", () => {
  const deployment = (secret: object, salt?: string) =>
    ({
      version: 3,
      deployment: {
        manifest: { time: "", magic: "", version: "" },
        ...(salt !== undefined && { secrets_providers: { type: "passphrase", state: { salt } } }),
        resources: [
          {
            ...{ urn, type: "notes:index:Note", custom: true, id: "one", created: "2026-11-24T00:00:00Z" },
            inputs: { text: "first", policy: '{"b":1,"a":[2]}' },
            outputs: { text: { [signatureKey]: secretSignature, ...secret } },
            dependencies: ["urn:b", "urn:a"],
            ...{ protect: false, aliases: [], propertyDependencies: {}, parent: "" },
          },
        ],
        pending_operations: [{ type: "creating", resource: { urn } }],
      },
    }) as unknown as Deployment;
  const secretLine = (plaintext: string) =>
    `notes:index:Note::one outputs.text: {"${signatureKey}":"${secretSignature}","plaintext":${plaintext}}`;

  it("is a line a property, what is empty left out, what has no order in order, and what is pending", () => {
    assert.deepEqual(observedState(deployment({ plaintext: '"a"' })), {
      state: [
        'notes:index:Note::one inputs.text: "first"',
        'notes:index:Note::one inputs.policy: {"a":[2],"b":1}',
        secretLine('"\\"a\\""'),
        'notes:index:Note::one type: "notes:index:Note"',
        "notes:index:Note::one custom: true",
        'notes:index:Note::one id: "one"',
        'notes:index:Note::one dependencies: ["urn:a","urn:b"]',
      ],
      "pending operations": [`creating ${urn}`],
    });
  });

  it("has the values of secrets, encrypted or exported in plain text", () => {
    const secrets = Secrets.create(process.env["PULUMI_CONFIG_PASSPHRASE"] ?? "");
    const encrypted = deployment({ ciphertext: secrets.encrypt('{"b":1,"a":2}') }, secrets.salt);
    const exported = deployment({ plaintext: '{"a":2,"b":1}' }, secrets.salt);
    for (const each of [encrypted, exported]) {
      assert.ok(observedState(each)["state"]?.includes(secretLine('{"a":2,"b":1}')), sorted(observedState(each)));
    }
  });

  it("is not what a stack has put out where its program may not have come to say all of it", () => {
    const stack = { urn: "urn:pulumi:s::p::pulumi:pulumi:Stack::p-s", type: "pulumi:pulumi:Stack", outputs: { a: 1 } };
    const left = { deployment: { resources: [stack] } } as unknown as Deployment;
    assert.deepEqual(
      [true, false].map((hasSaidAll) =>
        observedState(left, hasSaidAll)["state"]?.includes("pulumi:pulumi:Stack::p-s outputs.a: 1"),
      ),
      [true, false],
    );
  });

  it("is nothing where there is no stack yet", () => {
    assert.deepEqual(observedState(undefined), { state: [], "pending operations": [] });
  });
});
