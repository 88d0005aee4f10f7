import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import type { Contents, PermissionSet } from "../../rehearsal/aws/contents";
import { parsePath } from "../../rehearsal/engine/propertyPath";
import { barePermissionSet } from "../../rehearsal/aws/ssoAdmin/barePermissionSet";
import { refusalOf } from "./inProcess";
import { useStacks, withInstance } from "./testStack";

const instanceArn = "arn:aws:sso:::instance/ssoins-1234567890abcdef";
const developer = "arn:aws:sso:::permissionSet/ssoins-1234567890abcdef/ps-00000000000000d1";
const onCall = "arn:aws:sso:::permissionSet/ssoins-1234567890abcdef/ps-00000000000000c1";
const shared = "arn:aws:sso:::permissionSet/ssoins-1234567890abcdef/ps-00000000000000a1";

/** What a stack writes for a permission set without a policy of its own. */
const granting =
  '{"Statement":[{"Action":"sts:SetContext","Effect":"Allow","Resource":"arn:aws:sts::*:self","Sid":"IdentityAwareSessions"}],"Version":"2012-10-17"}';

/** Somebody else's permission set. */
function theirs(arn: string, name: string, settings: Partial<PermissionSet> = {}): PermissionSet {
  return { ...barePermissionSet(instanceArn, arn, name), ...settings };
}

/** Somebody else's assignment of a permission set to the group Developers. */
function assigned(permissionSetArn: string, accountId: string, { groups }: Contents) {
  const principalId = groups.find(({ displayName }) => displayName === "Developers")?.id ?? "";
  return { instanceArn, accountId, permissionSetArn, principalType: "GROUP" as const, principalId };
}

describe("a stack in an estate that has", () => {
  const open = useStacks();

  it("permission sets, assignments and attributes already takes them over once it says so, and writes only what differs", async () => {
    const attributes = { CostCenter: ["${path:enterprise.costCenter}"] };
    const developers = [{ groups: ["Developers"], accounts: ["payments-dev"] }];
    const config = {
      instance: { accessControlAttributes: attributes },
      permissionSets: {
        Developer: { description: "Builds", assignments: developers },
        "on.call": {},
        Shared: { existing: true, assignments: developers },
      },
    };
    const stack = await open({
      config,
      organization: withInstance({ accessControlAttributes: attributes, identityAwareSessions: true }),
    });
    const { contents } = stack.aws;
    contents.permissionSets.push(
      theirs(developer, "Developer", { description: "Builds", sessionDuration: "PT8H", inlinePolicy: granting }),
      theirs(onCall, "on.call", { inlinePolicy: granting }),
      theirs(shared, "Shared"),
    );
    contents.accountAssignments.push(assigned(developer, "222222222222", contents));

    const attributesTaken = await stack.refusal();
    assert.equal(
      attributesTaken,
      `pulumi-nodejs:dynamic/organizationInstance:InstanceSettings resource 'instance-settings' has a problem: identity-aware-sessions:instance.accessControlAttributes
  found:   ${instanceArn}, which has attributes for access control that are not this stack's
  allowed: attributes where there are none, or the ones that are there, taken over: an instance has one configuration of them
  to do:   run \`pulumi config set --path identity-aware-sessions:instance.importAccessControlAttributes true\` to take them over, or remove accessControlAttributes to leave them alone`,
    );
    const withAttributes = obeying(attributesTaken, config);
    stack.configure(withAttributes);

    const namesTaken = await stack.refusal();
    assert.equal(
      namesTaken,
      `The instance has permission sets already that the stack would make: 2 problems. Nothing was changed.

identity-aware-sessions:permissionSets.Developer
  found:   a permission set of this name, which this stack does not have: ${developer}
  allowed: a name that is free, import to take the permission set over, or existing: true to only assign it
  to do:   run \`pulumi config set --path 'identity-aware-sessions:permissionSets.Developer.import' ${developer}\`

identity-aware-sessions:permissionSets["on.call"]
  found:   a permission set of this name, which this stack does not have: ${onCall}
  allowed: a name that is free, import to take the permission set over, or existing: true to only assign it
  to do:   run \`pulumi config set --path 'identity-aware-sessions:permissionSets["on.call"].import' ${onCall}\`
`,
    );
    stack.configure(obeying(namesTaken, withAttributes));

    const imports = [
      "aws-native:sso:InstanceAccessControlAttributeConfiguration import",
      "aws-native:sso:PermissionSet import",
      "aws-native:sso:PermissionSet import",
      "aws-native:sso:PermissionSet update sessionDuration",
    ];
    const notMade = (changes: readonly string[]) => changes.filter((change) => !change.endsWith(" create"));
    assert.deepEqual(notMade(await stack.changesOf("up")), imports);
    assert.deepEqual(stack.writes(), ["CreateAccountAssignment", "UpdateResource"]);
    assert.deepEqual(contents.permissionSets, [
      theirs(developer, "Developer", { description: "Builds", inlinePolicy: granting }),
      theirs(onCall, "on.call", { inlinePolicy: granting }),
      theirs(shared, "Shared"),
    ]);
    assert.deepEqual(contents.accountAssignments, [
      assigned(developer, "222222222222", contents),
      assigned(shared, "222222222222", contents),
    ]);

    assert.deepEqual(await stack.changesOf("preview"), []);
  });

  it("what it made itself hands a permission set over as the refusal says, and leaves everything in AWS as it is", async () => {
    const assignments = [{ groups: ["Developers"], accounts: ["payments-dev"] }];
    const config = { switch: { mode: "ignore" }, safety: {} };
    const stack = await open({ config: { ...config, permissionSets: { Developer: { assignments } } } });
    await stack.changesOf("up");
    const before = structuredClone(grantsIn(stack.aws.contents));

    const [set] = before.permissionSets;
    stack.aws.contents.accountAssignments.push(assigned(set?.arn ?? "", "444444444444", stack.aws.contents));
    stack.configure({ ...config, permissionSets: {} });
    assert.match(
      await stack.refusal(),
      /permissionSets\.Developer\n {2}found: {3}a permission set that would be deleted, and more assignments of it than the 1 that this stack has on record, in 444444444444\n/,
    );
    stack.aws.contents.accountAssignments.pop();

    stack.configure({ ...config, permissionSets: { Developer: { existing: true, assignments } } });
    assert.match(
      await stack.refusal(),
      /permissionSets\.Developer\.existing\n {2}found: {3}true, and a permission set that .*\n.*\n {2}to do: {3}hand it over first: run `pulumi state delete URN --target-dependents`/,
    );
    forget(stack.stateFile, "::grants-Developer");
    assert.deepEqual(await stack.changesOf("up"), [
      "pulumi-nodejs:dynamic/grants:AccountAssignments create",
      "pulumi-nodejs:dynamic/grants:StackRecord create",
    ]);
    assert.deepEqual(stack.writes(), []);
    assert.deepEqual(grantsIn(stack.aws.contents), before);
    assert.deepEqual(await stack.changesOf("preview"), []);
  });

  it("other permission sets than it names is refused, with the near ones", async () => {
    const refusal = await refusalOf({
      config: {
        permissionSets: {
          Develop: { import: developer },
          Shard: { existing: true },
        },
      },
      prepare: ({ contents }) => contents.permissionSets.push(theirs(developer, "Developer"), theirs(shared, "Shared")),
    });
    assert.equal(
      refusal,
      `The stack names what AWS does not know: 2 problems. Nothing was changed.

identity-aware-sessions:permissionSets.Shard
  found:   "Shard", which the instance does not have
  allowed: with existing: true, the name of a permission set of the instance
  to do:   did you mean Shared?

identity-aware-sessions:permissionSets.Develop.import
  found:   ${developer}, whose name is Developer; Pulumi would delete it and make another
  allowed: the ARN of the permission set Develop of ${instanceArn}
  to do:   call the permission set Developer in the configuration, or import another
`,
    );
  });
});

function grantsIn({ permissionSets, accountAssignments }: Contents) {
  return { permissionSets, accountAssignments };
}

/** Does to a state what `pulumi state delete URN --target-dependents` does to it. */
function forget(stateFile: string, name: string): void {
  const state = JSON.parse(readFileSync(stateFile, "utf8")) as { deployment: { resources: StateResource[] } };
  const gone = state.deployment.resources.flatMap(({ urn }) => (urn.endsWith(name) ? urn : []));
  assert.equal(gone.length, 1);
  const left: StateResource[] = [];
  // What depends on something comes after it.
  for (const resource of state.deployment.resources) {
    const needs = [...(resource.dependencies ?? []), resource.parent ?? "", resource.urn];
    if (needs.some((urn) => gone.includes(urn))) {
      gone.push(resource.urn);
    } else {
      left.push(resource);
    }
  }
  state.deployment.resources = left;
  writeFileSync(stateFile, JSON.stringify(state));
}

interface StateResource {
  readonly urn: string;
  readonly parent?: string;
  readonly dependencies?: readonly string[];
}

type Config = Record<string, unknown>;

/** The configuration after the lines that a refusal tells to run, as `pulumi config set --path` sets it. */
function obeying(refusal: string, config: Config): Config {
  const lines = [...refusal.matchAll(/`pulumi config set --path '?identity-aware-sessions:([^' ]+)'? (\S+)`/g)];
  assert(lines.length > 0, refusal);
  const changed = structuredClone(config);
  for (const [, path = "", value] of lines) {
    const keys = parsePath(path);
    const last = keys.pop() ?? "";
    const parent = keys.reduce((parent, key) => parent[key] as Config, changed);
    parent[last] = value === "true" ? true : value;
  }
  return changed;
}
