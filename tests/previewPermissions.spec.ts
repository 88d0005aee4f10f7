import * as pulumi from "@pulumi/pulumi";
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { GrantsProvider } from "../components/grants/grantsProvider";
import program from "../index";
import type { Organization } from "../rehearsal/aws/organization";
import { addPermissionSet } from "./components/grants/awsPermissionSet";
import { instanceArn, operations, useLocalAws } from "./components/localAws";
import { recordResources } from "./components/recordedResources";
import { readmeTable } from "./readmeTable";

const management = "111111111111";
const member = "222222222222";

/** What makes a preview need a permission which the dev stack's does not. */
interface Need {
  /** Sections of the stack's own configuration, instead of the dev stack's. */
  readonly config?: Readonly<Record<string, unknown>>;
  /** Whether it runs in a delegated administrator's account. */
  readonly delegated?: true;
  /** Permission sets that the instance has already. */
  readonly existing?: readonly string[];
  /** What is taken away, where only that asks for the permission: the assignment behind the caller's session, or a permission set. */
  readonly removal?: "own assignment" | "permission set";
  /** Whether a preview goes on without, and says nothing: it has another way to know, or leaves the matter to the update. */
  readonly silently?: true;
}

const shared = (accounts: string[]) => ({
  permissionSets: { Shared: { existing: true, assignments: [{ groups: ["Developers"], accounts }] } },
});

const inMembers = { iamPrincipals: { memberAccounts: { organizationalUnits: ["Workloads"] } } };

const needs: Readonly<Record<string, Need>> = {
  "organizations:ListDelegatedAdministrators": { delegated: true, silently: true, config: { iamPrincipals: {} } },
  "sso:DescribeInstanceAccessControlAttributeConfiguration": {
    config: {
      instance: {
        accessControlAttributes: { CostCenter: ["${path:enterprise.costCenter}"] },
        importAccessControlAttributes: true,
      },
    },
  },
  "identitystore:ListGroups": {
    config: { permissionSets: { Developer: { assignments: [{ groups: ["Developrs"], accounts: ["sandbox"] }] } } },
  },
  "sso:DescribePermissionSet": { existing: ["Shared"], config: shared(["sandbox"]) },
  "sso:ListAccountAssignments": {
    existing: ["Shared"],
    delegated: true,
    config: shared(["management"]),
  },
  "sso:ListAccountAssignmentsForPrincipal": { removal: "own assignment" },
  "sso:ListAccountsForProvisionedPermissionSet": { removal: "permission set", existing: ["Shared"], silently: true },
  "iam:ListPolicies": { config: { permissionSets: { Developer: { managedPolicies: ["ReadOnlyAcess"] } } } },
  "iam:ListRoles": { config: { switch: { enablers: ["auditer"] } } },
  "iam:GetUser": { config: { iamPrincipals: { users: ["carol"] } } },
  "iam:ListUsers": { config: { iamPrincipals: { users: ["karol"] } } },
  "iam:GetGroup": { config: { iamPrincipals: { groups: ["Operators"] } } },
  "cloudformation:DescribeOrganizationsAccess": { config: inMembers },
  "cloudformation:ListStackInstances": { config: inMembers },
  "organizations:ListRoots": { config: inMembers },
  "organizations:ListOrganizationalUnitsForParent": { config: inMembers },
  "organizations:ListParents": { config: inMembers },
  "iam:ListGroups": { config: { iamPrincipals: { groups: ["Operators"] } } },
};

const warn = pulumi.log.warn;

describe("Without one of the permissions that the README's table has, a preview", () => {
  let callers: Organization["callers"];
  const aws = useLocalAws((organization) => {
    callers = organization.callers;
    return organization;
  });
  let warnings: string[];
  beforeEach(() => {
    warnings = [];
    Object.assign(pulumi.log, { warn: (message: string) => warnings.push(message) });
  });
  afterEach(() => {
    Object.assign(pulumi.log, { warn });
  });

  /** Makes the caller one of an account's roles, which may do everything but this. */
  function callAs(account: string, role: string, taken: string): void {
    const { contents } = aws();
    const everythingElse = { Version: "2012-10-17", Statement: { Effect: "Allow", NotAction: taken, Resource: "*" } };
    const principal = {
      ...{ kind: "role" as const, account, name: role, path: "/", arn: `arn:aws:iam::${account}:role/${role}` },
      inlinePolicies: { EverythingElse: everythingElse },
    };
    for (const principals of [contents.iamPrincipals, contents.enforcedPrincipals]) {
      const others = principals.filter(({ name }) => name !== role);
      principals.splice(0, principals.length, ...others, principal);
    }
    Object.assign(callers[0] ?? assert.fail(), { arn: `arn:aws:sts::${account}:assumed-role/${role}/alice` });
    contents.delegatedAdministrators["sso.amazonaws.com"] = [member];
  }

  /** What a preview of the dev stack, or one with another section, says. */
  async function previewed(account: string, sections: Readonly<Record<string, unknown>> = {}): Promise<string> {
    // Nothing of the stack exists yet: the ids of what it would make are not known.
    await recordResources({}, true, (name) => (name.startsWith("grants-") ? "" : `${name}-id`), account);
    const dev = parse(readFileSync(join(__dirname, "../Pulumi.dev.yaml"), "utf8")) as { config: object };
    const changed = Object.entries(sections).map(([key, value]) => [`identity-aware-sessions:${key}`, value]);
    const config = Object.entries({ ...dev.config, ...Object.fromEntries(changed) } as Record<string, unknown>);
    const text = (value: unknown) => (typeof value === "string" ? value : JSON.stringify(value));
    pulumi.runtime.setAllConfig(Object.fromEntries(config.map(([key, value]) => [key, text(value)])));
    try {
      await program();
      await pulumi.runtime.disconnect();
      return warnings.join("\n");
    } catch (error) {
      assert(pulumi.RunError.isInstance(error), String(error));
      return error.message;
    }
  }

  async function startedProvider(): Promise<GrantsProvider> {
    const provider = new GrantsProvider();
    const config = { get: () => undefined, require: () => "us-east-1" };
    await provider.configure({ config });
    return provider;
  }

  /** What the removal of the assignment behind the caller's own session is refused with. */
  async function withoutOwnAssignment(): Promise<string> {
    const permissionSetArn = addPermissionSet(aws(), "Admin");
    const principalId = aws().contents.users.find(({ userName }) => userName === "alice")?.id ?? "";
    const assignment = {
      instanceArn,
      permissionSetArn,
      accountId: management,
      principalType: "USER" as const,
      principalId,
    };
    aws().contents.accountAssignments.push(assignment);
    const maps = { accounts: { management }, principals: { "user alice": principalId } };
    const news = { instanceArn, permissionSetArn, assignments: {}, ...maps };
    const olds = { ...news, assignments: { "management / user alice": "assigned" } };
    const { failures = [] } = await (await startedProvider()).check(olds, news);
    return failures.map(({ reason }) => reason).join("\n");
  }

  /** What the deletion of a permission set is refused with. */
  async function withoutPermissionSet(): Promise<string> {
    const news = { permissionSets: {}, switch: { mode: "manage", onDestroy: "keep" } } as const;
    const olds = { ...news, permissionSets: { Shared: { assignments: 1, isManaged: true } } };
    const { failures = [] } = await (await startedProvider()).check(olds, news);
    return failures.map(({ reason }) => reason).join("\n");
  }

  it("is tried for every one of them", () => {
    const table = readmeTable("To preview");
    assert.ok(table.length > 20, table.join(" "));
    assert.deepEqual(
      Object.keys(needs).filter((action) => !table.includes(action)),
      [],
    );
  });

  for (const action of new Set(readmeTable("To preview"))) {
    const { config, delegated, existing = [], removal, silently } = needs[action] ?? {};
    it(`${silently ? "goes on without" : "names"} ${action}`, async () => {
      const [account, role] = delegated ? [member, "deployer"] : [management, "platform-engineer"];
      existing.forEach((name) => addPermissionSet(aws(), name));
      const isOwn = removal === "own assignment";
      callAs(account, isOwn ? "AWSReservedSSO_Admin_0123456789abcdef" : role, action);
      const said = isOwn
        ? await withoutOwnAssignment()
        : removal === undefined
          ? await previewed(account, config)
          : await withoutPermissionSet();
      if (silently) {
        assert.ok(operations(aws()).includes(action.split(":")[1] ?? ""), "it was asked for");
        assert.equal(said, "");
      } else {
        assert.ok(said.includes(action), said);
      }
      assert.deepEqual(operations(aws(), "writes"), []);
    });
  }
});
