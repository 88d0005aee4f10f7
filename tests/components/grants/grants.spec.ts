import * as pulumi from "@pulumi/pulumi";
import assert from "node:assert/strict";
import { Grants, type GrantsArgs } from "../../../components/grants/grants";
import { recordOptions, recordResources, registered, valueOf } from "../recordedResources";
import { permissionSet } from "./permissionSet";

const instanceArn = "arn:aws:sso:::instance/ssoins-1234567890abcdef";
const permissionSetType = "aws-native:sso:PermissionSet";
const assignmentsType = "pulumi-nodejs:dynamic/grants:AccountAssignments";

const runTask = { Effect: "Allow", Action: "ecs:RunTask", Resource: "*" };
const denyAll = { Sid: "Nothing", Effect: "Deny", Action: "*", Resource: "*" };

function policy(...statements: object[]) {
  return { Version: "2012-10-17", Statement: statements };
}

const permissionSets = {
  Developer: permissionSet({
    description: "Builds",
    sessionDuration: "PT8H",
    relayState: "https://console.aws.amazon.com/q/",
    managedPolicies: ["ReadOnlyAccess"],
    customerManagedPolicies: [{ name: "Base", path: "/" }],
    inlinePolicy: policy(runTask) as never,
    permissionsBoundary: { managedPolicy: "PowerUserAccess" },
    tags: { team: "platform" },
  }),
  Auditor: permissionSet(),
};

const maps = {
  assignments: { "payments-dev / group Developers": "assigned" },
  accounts: { "payments-dev": "222222222222" },
  principals: { "group Developers": "g-1" },
};

// Alphabetical, as everything in a policy's text.
const setContextText =
  '{"Action":"sts:SetContext","Effect":"Allow","Resource":"arn:aws-us-gov:sts::*:self","Sid":"IdentityAwareSessions"}';
const runTaskText = '{"Action":"ecs:RunTask","Effect":"Allow","Resource":"*"}';

describe("Grants", () => {
  const arn = (name: string) => `arn:aws:sso:::permissionSet/ssoins-1234567890abcdef/ps-${name}`;
  const warn = console.warn;
  const warnings: string[] = [];

  beforeEach(() => {
    warnings.length = 0;
    console.warn = (text: string) => warnings.push(text);
  });
  afterEach(() => {
    console.warn = warn;
  });

  /** @param count of the resources to wait for. */
  async function grants(args: Partial<GrantsArgs>, count: number) {
    const recorded = await recordResources({ [permissionSetType]: (name) => ({ permissionSetArn: arn(name) }) });
    const { options, transformations } = recordOptions();
    const component = new Grants(
      "grants",
      { instanceArn, partition: "aws-us-gov", permissionSets, assignments: {}, ...args },
      { transformations },
    );
    const arns = await valueOf(component.permissionSetArns);
    await registered(recorded, count);
    return { recorded, arns, component, options };
  }

  async function inlinePolicy(args: Partial<GrantsArgs>): Promise<unknown> {
    const { recorded } = await grants(args, 2);
    return recorded.find(({ type }) => type === permissionSetType)?.inputs["inlinePolicy"];
  }

  it("makes a permission set with sts:SetContext of each description, and assignments where there are some", async () => {
    const none = { assignments: {}, accounts: {}, principals: {} };
    const { recorded } = await grants({ assignments: { Developer: maps, Auditor: none } }, 4);
    const byName = recorded.sort((a, b) => a.name.localeCompare(b.name));
    assert.deepEqual(byName, [
      { type: "identity-aware-sessions:index:Grants", name: "grants", inputs: {} },
      {
        type: permissionSetType,
        name: "grants-Auditor",
        inputs: {
          instanceArn,
          name: "Auditor",
          sessionDuration: "PT1H",
          managedPolicies: [],
          customerManagedPolicyReferences: [],
          inlinePolicy: `{"Statement":[${setContextText}],"Version":"2012-10-17"}`,
        },
      },
      {
        type: permissionSetType,
        name: "grants-Developer",
        inputs: {
          instanceArn,
          name: "Developer",
          description: "Builds",
          sessionDuration: "PT8H",
          relayStateType: "https://console.aws.amazon.com/q/",
          managedPolicies: ["arn:aws-us-gov:iam::aws:policy/ReadOnlyAccess"],
          customerManagedPolicyReferences: [{ name: "Base", path: "/" }],
          inlinePolicy: `{"Statement":[${runTaskText},${setContextText}],"Version":"2012-10-17"}`,
          permissionsBoundary: { managedPolicyArn: "arn:aws-us-gov:iam::aws:policy/PowerUserAccess" },
          tags: [{ key: "team", value: "platform" }],
        },
      },
      {
        type: assignmentsType,
        name: "grants-Developer-assignments",
        inputs: { instanceArn, permissionSetArn: arn("grants-Developer"), ...maps },
      },
    ]);
    assert.deepEqual(warnings, []);
  });

  it("replaces assignments when they are another permission set's", async () => {
    const { component, options } = await grants({ assignments: { Developer: maps } }, 4);
    const { parent, replaceOnChanges } = options["grants-Developer-assignments"] ?? {};
    assert.deepEqual(replaceOnChanges, ["instanceArn", "permissionSetArn"]);
    assert.equal(parent, component);
    assert.equal(options["grants-Developer"]?.parent, component);
  });

  it("tells the ARNs of the permission sets by name", async () => {
    const { arns } = await grants({}, 3);
    assert.deepEqual(arns, { Developer: arn("grants-Developer"), Auditor: arn("grants-Auditor") });
  });

  it("imports a permission set under Cloud Control's id, and only where it is told to", async () => {
    const Old = permissionSet({ import: arn("1234567890abcdef") });
    const { options } = await grants({ permissionSets: { Old, New: permissionSet() } }, 3);
    const imported = (name: string) => (options[name] as { import?: string } | undefined)?.import;
    assert.equal(imported("grants-Old"), `${instanceArn}|${arn("1234567890abcdef")}`);
    assert.equal(imported("grants-New"), undefined);
  });

  it("only assigns a permission set that is existing", async () => {
    const { recorded, arns, component } = await grants(
      {
        permissionSets: { Shared: permissionSet({ existing: true }) },
        assignments: { Shared: maps },
        existing: { Shared: arn("shared") },
      },
      2,
    );
    assert.deepEqual(recorded.slice(1), [
      {
        type: assignmentsType,
        name: "grants-Shared-assignments",
        inputs: { instanceArn, permissionSetArn: arn("shared"), ...maps },
      },
    ]);
    assert.deepEqual(arns, { Shared: arn("shared") });
    assert.deepEqual(component.recorded, { Shared: { assignments: 1, isManaged: false } });
  });

  it("tells what the stack's record says of its permission sets", async () => {
    const { component } = await grants({ assignments: { Developer: maps } }, 4);
    assert.deepEqual(component.recorded, {
      Developer: { assignments: 1, isManaged: true },
      Auditor: { assignments: 0, isManaged: true },
    });
  });

  it("gives a permission set the further statements that are for it", async () => {
    const enable = { Sid: "Enable", Effect: "Allow", Action: "sso:CreateApplication", Resource: "*" };
    const text = '{"Action":"sso:CreateApplication","Effect":"Allow","Resource":"*","Sid":"Enable"}';
    assert.equal(
      await inlinePolicy({ permissionSets: { Admin: permissionSet() }, statements: { Admin: [enable] } }),
      `{"Statement":[${text},${setContextText}],"Version":"2012-10-17"}`,
    );
  });

  it("refuses all policies that take sts:SetContext away before anything is registered", async () => {
    const recorded = await recordResources();
    const taking = permissionSet({ inlinePolicy: policy(denyAll) as never });
    assert.throws(
      () =>
        new Grants("grants", {
          instanceArn,
          partition: "aws",
          permissionSets: { One: taking, Fine: permissionSet(), Two: taking },
          assignments: {},
        }),
      (error: unknown) => {
        assert(pulumi.RunError.isInstance(error));
        const [title, ...paths] = error.message.split("\n").filter((line) => /^\S/.test(line));
        assert.equal(title, "Permission sets would not grant sts:SetContext: 2 problems. Nothing was changed.");
        assert.deepEqual(paths, [
          "identity-aware-sessions:permissionSets.One.inlinePolicy.Statement[0]",
          "identity-aware-sessions:permissionSets.Two.inlinePolicy.Statement[0]",
        ]);
        return true;
      },
    );
    assert.deepEqual(recorded, []);
  });

  describe("whose policies come from other resources", () => {
    const bucket = pulumi.output(Promise.resolve("arn:aws:s3:::bucket"));
    const read = { Effect: "Allow", Action: "s3:GetObject", Resource: [pulumi.interpolate`${bucket}/*`] };
    const readText = '{"Action":"s3:GetObject","Effect":"Allow","Resource":["arn:aws:s3:::bucket/*"]}';
    const text = `{"Statement":[${readText},${setContextText}],"Version":"2012-10-17"}`;

    for (const [where, value] of Object.entries({
      "deep inside": policy(read),
      "as a whole": pulumi.output(policy(read)),
      "as text": pulumi.output(policy(read)).apply((document) => JSON.stringify(document)),
    })) {
      it(`merges a policy with outputs ${where}`, async () => {
        const set = { ...permissionSet(), inlinePolicy: value };
        assert.equal(await inlinePolicy({ permissionSets: { Reader: set } }), text);
      });
    }

    it("refuses them once they are known, and writes no such permission set", async () => {
      const recorded = await recordResources();
      const inlinePolicy = pulumi.output(Promise.resolve(policy(denyAll)));
      const set = { ...permissionSet(), inlinePolicy };
      const failures: unknown[] = [];
      const onRejection = (error: unknown) => failures.push(error);
      const others = process.listeners("unhandledRejection");
      process.removeAllListeners("unhandledRejection");
      process.on("unhandledRejection", onRejection);
      try {
        new Grants("grants", { instanceArn, partition: "aws", permissionSets: { Bad: set }, assignments: {} });
        while (!failures.some((error) => String(error).includes("would not grant"))) {
          await new Promise(setImmediate);
        }
      } finally {
        process.off("unhandledRejection", onRejection);
        for (const other of others) {
          process.on("unhandledRejection", other);
        }
      }
      assert.match(String(failures[0]), /permissionSets\.Bad\.inlinePolicy\.Statement\[0\]/);
      assert.deepEqual(
        recorded.map(({ type }) => type),
        ["identity-aware-sessions:index:Grants"],
      );
    });
  });

  it("warns of what it cannot judge", async () => {
    await grants({ permissionSets: { Dev: permissionSet({ permissionsBoundary: { managedPolicy: "A" } }) } }, 2);
    assert.deepEqual(warnings, [
      "warning: [runtime] Not checked: whether sessions of permission set Dev may become identity-aware. " +
        "What is not known: the permissions boundary is A, which is not read.",
    ]);
  });
});
