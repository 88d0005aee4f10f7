import assert from "node:assert/strict";
import { globSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { enablerActions } from "../components/identityAwareSessions/enablerPermissions";
import { evaluate } from "../policy-pack/iam/evaluate";
import { parsePolicy } from "../policy-pack/iam/parsePolicy";
import type { Call } from "../rehearsal/aws/dispatch";
import type { Rehearsed } from "../rehearsal/stackOperations";
import { setStage, type Stage } from "../rehearsal/story";

const root = join(__dirname, "..");

/** The actions of the table below a heading of the README. */
function table(heading: string): string[] {
  const text = readFileSync(join(root, "README.md"), "utf8");
  const section = text.split(/^#{2,3} /m).find((each) => each.startsWith(`${heading}\n`)) ?? "";
  const rows = section.split("\n").filter((line) => line.startsWith("| "));
  return rows.flatMap((row) => [...row.matchAll(/`([\w-]+:[A-Z]\w+)`/g)].map(([, action = ""]) => action));
}

/** The prefix of a service's actions, where it is not the service's name. */
const prefixes: Record<string, string> = { "sso-admin": "sso", cloudcontrol: "cloudformation" };
const needsNone = ["sts:GetCallerIdentity"];

function actionsOf(calls: readonly Call[]): string[] {
  const actions = calls.map(({ service, operation }) => `${prefixes[service] ?? service}:${operation}`);
  return [...new Set(actions)].filter((action) => !needsNone.includes(action)).sort();
}

describe("the README's tables of permissions", () => {
  const preview = table("To preview");
  const deploy = [...preview, ...table("To enable"), ...table("To deploy")];

  describe("have, of the dev stack,", () => {
    const folder = mkdtempSync(join(tmpdir(), "permissions-"));
    let stage: Stage;
    before(async () => {
      stage = await setStage({ stack: "dev" }, join(root, "rehearsal/organization.yaml"), folder, () => undefined);
    });
    after(async () => {
      await stage.aws.close();
      rmSync(folder, { recursive: true });
    });

    async function actionsDuring(operation: () => Promise<Rehearsed>): Promise<string[]> {
      stage.aws.calls.length = 0;
      assert.equal((await operation()).succeeded, true);
      return actionsOf(stage.aws.calls);
    }

    it("all that a preview calls in the table to preview, and all that an update calls in those to preview, enable and deploy", async () => {
      const { rehearsal, aws } = stage;
      const called = await actionsDuring(() => rehearsal.preview());
      assert.ok(called.includes("iam:SimulatePrincipalPolicy"), "the preview made its calls");
      assert.deepEqual(
        called.filter((action) => !preview.includes(action)),
        [],
      );
      const all = new Set([...called, ...(await actionsDuring(() => rehearsal.up()))]);
      assert.deepEqual(
        [...all].filter((action) => !deploy.includes(action)),
        [],
      );
      assert.ok(all.has("signin:CreateTrustedIdentityPropagationApplicationForConsole"), "the update made its calls");

      const role = aws.contents.iamPrincipals.find(({ name }) => name === "platform-engineer");
      const identityPolicies = Object.entries(role?.inlinePolicies ?? {}).flatMap(([name, document]) => {
        const { policy } = parsePolicy(name, document);
        return policy === undefined ? [] : [policy];
      });
      const denied = [...all].filter((action) => {
        const request = { action, resource: "*" };
        return evaluate({ request, identityPolicies }).decision !== "allowed";
      });
      assert.deepEqual(denied, [], "the example organization's platform engineer may do all of it");
    });
  });

  it("have every call that the program's own code can make", () => {
    const clients: Record<string, string> = {
      "@aws-sdk/client-sso-admin": "sso",
      "@aws-sdk/client-identitystore": "identitystore",
      "@aws-sdk/client-organizations": "organizations",
      "@aws-sdk/client-iam": "iam",
      "@aws-sdk/client-sts": "sts",
    };
    const called = globSync("components/**/*.ts", { cwd: root }).flatMap((file) => {
      const source = readFileSync(join(root, file), "utf8");
      const imports = [...source.matchAll(/^import (?!type\b)\{([^}]*)\} from "(@aws-sdk\/client-[\w-]+)";$/gm)];
      return imports.flatMap(([, names = "", client = ""]) =>
        [...names.matchAll(/\b(?:paginate(\w+)|(\w+)Command)\b/g)].map(
          ([, paged, single = ""]) => `${clients[client] ?? client}:${paged ?? single}`,
        ),
      );
    });
    const actions = [...new Set(called)].filter((action) => !needsNone.includes(action)).sort();
    assert.ok(actions.includes("sso:CreateAccountAssignment") && actions.includes("iam:GetRole"), actions.join(" "));
    assert.deepEqual(
      actions.filter((action) => !deploy.includes(action)),
      [],
    );
  });

  it("name the nine to enable, and sts:SetContext alone to use", () => {
    assert.deepEqual(table("To enable").sort(), [...enablerActions].sort());
    assert.deepEqual(table("To use"), ["sts:SetContext"]);
  });
});
