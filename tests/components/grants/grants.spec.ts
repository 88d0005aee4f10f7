import assert from "node:assert/strict";
import { Grants } from "../../../components/grants/grants";
import { parseSettings } from "../../../components/settings/settings";
import { recordOptions, recordResources, registered, valueOf } from "../recordedResources";

const instanceArn = "arn:aws:sso:::instance/ssoins-1234567890abcdef";
const permissionSetType = "aws-native:sso:PermissionSet";
const assignmentsType = "pulumi-nodejs:dynamic/grants:AccountAssignments";

const { permissionSets } = parseSettings({
  "aws:region": "us-east-1",
  "identity-aware-sessions:permissionSets": JSON.stringify({
    Developer: {
      description: "Builds",
      sessionDuration: "PT8H",
      managedPolicies: ["ReadOnlyAccess"],
      inlinePolicy: { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "ecs:RunTask", Resource: "*" }] },
      tags: { team: "platform" },
    },
    Auditor: {},
  }),
});

const maps = {
  assignments: { "payments-dev / group Developers": "assigned" },
  accounts: { "payments-dev": "222222222222" },
  principals: { "group Developers": "g-1" },
};

// Alphabetical, as everything in a policy's text.
const setContextText =
  '{"Action":"sts:SetContext","Effect":"Allow","Resource":"arn:aws-us-gov:sts::*:self","Sid":"IdentityAwareSessions"}';

describe("Grants", () => {
  const arn = (name: string) => `arn:aws:sso:::permissionSet/ssoins-1234567890abcdef/ps-${name}`;

  async function grants() {
    const recorded = await recordResources({ [permissionSetType]: (name) => ({ permissionSetArn: arn(name) }) });
    const { options, transformations } = recordOptions();
    const component = new Grants(
      "grants",
      {
        instanceArn,
        partition: "aws-us-gov",
        permissionSets,
        assignments: { Developer: maps, Auditor: { assignments: {}, accounts: {}, principals: {} } },
      },
      { transformations },
    );
    const arns = await valueOf(component.permissionSetArns);
    await registered(recorded, 4);
    return { recorded, arns, component, options };
  }

  it("makes a permission set with sts:SetContext of each description, and assignments where there are some", async () => {
    const { recorded } = await grants();
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
          managedPolicies: ["arn:aws-us-gov:iam::aws:policy/ReadOnlyAccess"],
          inlinePolicy: `{"Statement":[{"Action":"ecs:RunTask","Effect":"Allow","Resource":"*"},${setContextText}],"Version":"2012-10-17"}`,
          tags: [{ key: "team", value: "platform" }],
        },
      },
      {
        type: assignmentsType,
        name: "grants-Developer-assignments",
        inputs: { instanceArn, permissionSetArn: arn("grants-Developer"), ...maps },
      },
    ]);
  });

  it("replaces assignments when they are another permission set's", async () => {
    const { component, options } = await grants();
    const { parent, replaceOnChanges } = options["grants-Developer-assignments"] ?? {};
    assert.deepEqual(replaceOnChanges, ["instanceArn", "permissionSetArn"]);
    assert.equal(parent, component);
    assert.equal(options["grants-Developer"]?.parent, component);
  });

  it("tells the ARNs of the permission sets by name", async () => {
    const { arns } = await grants();
    assert.deepEqual(arns, { Developer: arn("grants-Developer"), Auditor: arn("grants-Auditor") });
  });
});
