import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { getCompileCacheDir } from "node:module";
import { devNull } from "node:os";
import { dirname, join } from "node:path";
import { stringify } from "yaml";
import type { Contents } from "../../rehearsal/aws/contents";
import type { EngineEvent } from "../../rehearsal/engine/events";
import type { OperationOptions, OperationResult } from "../../rehearsal/engine/operation";
import { loadProject } from "../../rehearsal/engine/project";
import { unknownValue } from "../../rehearsal/engine/propertyValues";
import { preview, up } from "../../rehearsal/engine/update";
import { nameOf } from "../../rehearsal/engine/urn";
import { refusalOf } from "./inProcess";
import { messages, type TestStack, useStacks } from "./testStack";

const root = join(__dirname, "../..");

const setContext = {
  Sid: "IdentityAwareSessions",
  Effect: "Allow",
  Action: "sts:SetContext",
  Resource: "arn:aws:sts::*:self",
};

function policy(...statements: object[]) {
  return { Version: "2012-10-17", Statement: statements };
}

describe("a stack's permission sets", () => {
  const open = useStacks();

  it("are refused when something of theirs takes sts:SetContext away, naming each statement", async () => {
    const all = { Action: "*", Resource: "*" };
    const refusal = await refusalOf({
      config: {
        permissionSets: {
          Bounded: { permissionsBoundary: { managedPolicy: "AWSDenyAll" } },
          Closed: { managedPolicies: ["ReadOnlyAccess", "AWSDenyAll"] },
          Named: { inlinePolicy: policy({ Effect: "Allow", ...all }, { Sid: "NoSts", Effect: "Deny", ...all }) },
          OnlyStorage: { inlinePolicy: policy({ Sid: "OnlyS3", Effect: "Deny", NotAction: "s3:*", Resource: "*" }) },
          Unnamed: { inlinePolicy: policy({ Effect: "Deny", Action: ["ec2:*", "STS:Set*"], Resource: "*" }) },
        },
      },
    });
    assert.equal(
      refusal,
      `Permission sets would not grant sts:SetContext: 5 problems. Nothing was changed.

identity-aware-sessions:permissionSets.Bounded.permissionsBoundary
  found:   statement 0 (DenyAll) of AWSDenyAll, which denies sts:SetContext
  allowed: no Deny of sts:SetContext on the session itself: it would take away what makes a console session identity-aware
  to do:   choose another policy

identity-aware-sessions:permissionSets.Closed.managedPolicies[1]
  found:   statement 0 (DenyAll) of managedPolicies[1], which denies sts:SetContext
  allowed: no Deny of sts:SetContext on the session itself: it would take away what makes a console session identity-aware
  to do:   choose another policy

identity-aware-sessions:permissionSets.Named.inlinePolicy.Statement[1]
  found:   statement 1 (NoSts) of inlinePolicy, which denies sts:SetContext
  allowed: no Deny of sts:SetContext on the session itself: it would take away what makes a console session identity-aware
  to do:   name the denied actions without sts:SetContext, or limit the statement's Resource

identity-aware-sessions:permissionSets.OnlyStorage.inlinePolicy.Statement[0]
  found:   statement 0 (OnlyS3) of inlinePolicy, which denies sts:SetContext
  allowed: no Deny of sts:SetContext on the session itself: it would take away what makes a console session identity-aware
  to do:   add sts:SetContext to the statement's NotAction

identity-aware-sessions:permissionSets.Unnamed.inlinePolicy.Statement[0]
  found:   statement 0 of inlinePolicy, which denies sts:SetContext
  allowed: no Deny of sts:SetContext on the session itself: it would take away what makes a console session identity-aware
  to do:   name the denied actions without sts:SetContext, or limit the statement's Resource
`,
    );
  });

  it("have their own inline policies plus sts:SetContext, unchanged where they grant it already", async () => {
    const build = policy({ Sid: "Build", Effect: "Allow", Action: "codebuild:*", Resource: "*" });
    // Does not deny what it leaves out, so that another statement can allow it.
    const notSts = policy({ Effect: "Allow", NotAction: "sts:*", Resource: "*" });
    const oneAccount = policy({ ...setContext, Sid: "One", Resource: "arn:aws:sts::222222222222:self" });
    const already = policy({ Effect: "Allow", Action: ["s3:Get*", "sts:Set*"], Resource: "*" });
    const stack = await open({
      config: {
        permissionSets: {
          Already: { inlinePolicy: already },
          Bounded: { permissionsBoundary: { customerManagedPolicy: { name: "Limits" } } },
          Build: { inlinePolicy: build },
          NotSts: { inlinePolicy: notSts },
          OneAccount: { inlinePolicy: oneAccount },
        },
      },
    });
    const { events, succeeded } = await stack.up();
    assert.equal(succeeded, true, stack.printed);
    assert.deepEqual(inlinePolicies(stack.aws.contents), {
      Already: already,
      Bounded: policy(setContext),
      Build: policy(...build.Statement, setContext),
      NotSts: policy(...notSts.Statement, setContext),
      OneAccount: policy(...oneAccount.Statement, setContext),
    });
    assert.deepEqual(messages(events, "warning"), [
      "Not checked: whether sessions of permission set Bounded may become identity-aware. What is not known: " +
        "the permissions boundary is the customer managed policy /Limits, which can be another policy in every account.",
    ]);
  });

  it("can have policies that come from other resources, which are judged as soon as they are known", async () => {
    const stack = await open();
    const previewed = await outputsStack(preview, stack, "arn:aws:s3:::payroll/*");
    assert.equal(previewed.succeeded, true, previewed.errors);
    assert.equal(previewed.restricted, unknownValue);

    const made = await outputsStack(up, stack, "arn:aws:s3:::payroll/*");
    assert.equal(made.succeeded, true, made.errors);
    const keepOut = { Sid: "KeepOut", Effect: "Deny", Action: "*", Resource: ["arn:aws:s3:::payroll/*"] };
    const written = { Open: policy(setContext), Restricted: policy(keepOut, setContext) };
    assert.deepEqual(inlinePolicies(stack.aws.contents), written);

    const refused = await outputsStack(up, stack, "*");
    assert.equal(refused.succeeded, false);
    assert.equal(
      refused.errors.replace(/^(error serializing property "\w+": )+/, ""), // which Pulumi says before every error in an input
      `Permission sets would not grant sts:SetContext: 1 problem. Restricted was not written.

identity-aware-sessions:permissionSets.Restricted.inlinePolicy.Statement[0]
  found:   statement 0 (KeepOut) of inlinePolicy, which denies sts:SetContext
  allowed: no Deny of sts:SetContext on the session itself: it would take away what makes a console session identity-aware
  to do:   name the denied actions without sts:SetContext, or limit the statement's Resource
`,
    );
    assert.deepEqual(inlinePolicies(stack.aws.contents), written);
  });
});

function inlinePolicies({ permissionSets }: Contents): Record<string, unknown> {
  return Object.fromEntries(permissionSets.map(({ name, inlinePolicy }) => [name, JSON.parse(inlinePolicy)]));
}

/** Runs the program of fixtures/outputs, where `resource` comes from a resource, on the local AWS of a stack. */
async function outputsStack(
  operation: (options: OperationOptions) => Promise<OperationResult>,
  { aws, stateFile }: TestStack,
  resource: string,
) {
  const stackFile = join(dirname(stateFile), "Pulumi.test.yaml");
  writeFileSync(stackFile, stringify({ config: { "aws:region": "us-east-1", resource } }));
  // Nothing that this machine has set of AWS or Pulumi.
  const inherited = Object.entries(process.env).filter(([name]) => !/^(AWS|PULUMI)_/.test(name));
  const events: EngineEvent[] = [];
  const { succeeded } = await operation({
    project: loadProject(join(__dirname, "fixtures/outputs"), "test", stackFile),
    stateFile,
    passphrase: "",
    plugins: { "aws-native": plugin("awsNative"), command: plugin("command") },
    policyPacks: [],
    environment: {
      ...Object.fromEntries(inherited),
      ...aws.environment,
      AWS_CONFIG_FILE: devNull,
      AWS_EC2_METADATA_DISABLED: "true",
      NODE_COMPILE_CACHE: getCompileCacheDir(),
    },
    onEvent: (event) => events.push(event),
  });
  const policies = events.flatMap((event) =>
    event.kind === "resOutputsEvent" && nameOf(event.step.urn) === "grants-Restricted"
      ? [event.step.new?.inputs["inlinePolicy"]]
      : [],
  );
  return { succeeded, errors: messages(events, "error").join("\n"), restricted: policies[0] };
}

function plugin(file: string) {
  const args = ["--require", join(root, "register-swc.js"), join(root, "rehearsal/plugins", `${file}.ts`)];
  return { command: process.execPath, args, cwd: root };
}
