import assert from "node:assert/strict";
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { enablerActions } from "../components/identityAwareSessions/enablerPermissions";
import { evaluate } from "../policy-pack/iam/evaluate";
import { parsePolicy } from "../policy-pack/iam/parsePolicy";
import type { Call } from "../rehearsal/aws/dispatch";
import type { Rehearsed } from "../rehearsal/stackOperations";
import { setStage, type Stage } from "../rehearsal/story";
import { exactly, readmeTable } from "./readmeTable";

const root = join(__dirname, "..");

/** The prefix of a service's actions, where it is not the service's name. */
const prefixes: Record<string, string> = { "sso-admin": "sso", cloudcontrol: "cloudformation" };
const needsNone = ["sts:GetCallerIdentity"];

function actionsOf(calls: readonly Call[]): string[] {
  const actions = calls.map(({ service, operation }) => `${prefixes[service] ?? service}:${operation}`);
  return [...new Set(actions)].filter((action) => !needsNone.includes(action)).sort();
}

describe("the README's tables of permissions", () => {
  const preview = readmeTable("To preview");
  const deploy = [...preview, ...readmeTable("To enable"), ...readmeTable("To deploy")];

  describe("have, of the dev stack,", () => {
    const folder = mkdtempSync(join(tmpdir(), "permissions-"));
    const printed: string[] = [];
    let stage: Stage;
    before(async () => {
      const { config } = parse(readFileSync(join(root, "Pulumi.dev.yaml"), "utf8")) as { config: object };
      const enabler = "arn:aws:iam::111111111111:role/identity-center-admin";
      const stackFile = join(folder, "Pulumi.dev.yaml");
      const stack = { ...config, "identity-aware-sessions:switch": { onDestroy: "deleteApplication", enabler } };
      writeFileSync(stackFile, stringify({ config: stack }, { defaultStringType: "QUOTE_DOUBLE" }));
      const organization = join(root, "rehearsal/organization.yaml");
      stage = await setStage({ stack: "dev", stackFile }, organization, folder, (line) => printed.push(line));
    });
    after(async () => {
      await stage.aws.close();
      rmSync(folder, { recursive: true });
    });

    /** Lets the caller do this and nothing else. */
    function allowExactly(actions: readonly string[]): void {
      const { iamPrincipals, enforcedPrincipals } = stage.aws.contents;
      for (const principal of [...iamPrincipals, ...enforcedPrincipals]) {
        if (principal.name === "platform-engineer") {
          principal.inlinePolicies = { Exactly: exactly(actions) };
        }
      }
    }

    async function actionsDuring(operation: () => Promise<Rehearsed>): Promise<string[]> {
      stage.aws.calls.length = 0;
      assert.equal((await operation()).succeeded, true, printed.join("\n"));
      return actionsOf(stage.aws.calls);
    }

    it("all that a preview needs in the table to preview, and all that an update, a refresh and a destroy need in those to preview, enable and deploy", async () => {
      const { rehearsal, aws } = stage;
      const role = aws.contents.iamPrincipals.find(({ name }) => name === "platform-engineer");
      const example = Object.entries(role?.inlinePolicies ?? {});
      allowExactly(preview);
      const called = await actionsDuring(() => rehearsal.preview());
      assert.ok(called.includes("iam:SimulatePrincipalPolicy"), "the preview made its calls");
      allowExactly(deploy);
      const all = new Set(called);
      for (const operation of ["up", "refresh", "destroy"] as const) {
        (await actionsDuring(() => rehearsal[operation]())).forEach((action) => all.add(action));
      }
      assert.ok(all.has("signin:CreateTrustedIdentityPropagationApplicationForConsole"), "the update made its calls");
      assert.ok(all.has("sso:DeleteApplication"), "the destroy made its calls");

      const identityPolicies = example.flatMap(([name, document]) => parsePolicy(name, document).policy ?? []);
      const denied = [...all].filter((action) => {
        const request = { action, resource: "*" };
        return evaluate({ request, identityPolicies }).decision !== "allowed";
      });
      assert.deepEqual(denied, [], "the example organization's platform engineer may do all of it");
    });
  });

  it("have every call that the program's own code and the doctor can make", () => {
    const doctor = readmeTable("To run the doctor");
    const clients: Record<string, string> = {
      "@aws-sdk/client-sso-admin": "sso",
      "@aws-sdk/client-identitystore": "identitystore",
      "@aws-sdk/client-organizations": "organizations",
      "@aws-sdk/client-cloudformation": "cloudformation",
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
      actions.filter((action) => !deploy.includes(action) && !doctor.includes(action)),
      [],
    );
  });

  it("name the nine to enable, and sts:SetContext alone to use", () => {
    assert.deepEqual(readmeTable("To enable").sort(), [...enablerActions].sort());
    assert.deepEqual(readmeTable("To use"), ["sts:SetContext"]);
  });
});
