import assert from "node:assert/strict";
import { IdentityAwareSessions } from "../../../components/identityAwareSessions/identityAwareSessions";
import { recordOptions, recordResources, registered, valueOf } from "../recordedResources";

const instanceArn = "arn:aws:sso:::instance/ssoins-1234567890abcdef";
const applicationArn = "arn:aws:sso::111111111111:application/ssoins-1234567890abcdef/apl-1234567890abcdef";
const switchType = "pulumi-nodejs:dynamic/identityAwareSessions:Switch";

describe("IdentityAwareSessions", () => {
  interface Circumstances {
    profile?: string;
    found?: string;
    protect?: boolean;
    preview?: boolean;
  }

  async function sessions({ profile, found, protect = true, preview = false }: Circumstances = {}) {
    const outputs = { [switchType]: () => ({ applicationArn, status: "Enabled", adopted: true }) };
    const recorded = await recordResources(outputs, preview);
    const { options, transformations } = recordOptions();
    const component = new IdentityAwareSessions(
      "sessions",
      {
        instanceArn,
        connection: { region: "us-east-1", ...(profile !== undefined && { profile }) },
        onDestroy: "keep",
        protect,
        preflight: { applicationArn: found },
      },
      { transformations },
    );
    await registered(recorded, 3);
    return { recorded, component, options };
  }

  it("switches the sessions on and verifies it whenever the application or the instance changes", async () => {
    const { recorded } = await sessions();
    assert.deepEqual(recorded, [
      { type: "identity-aware-sessions:index:IdentityAwareSessions", name: "sessions", inputs: {} },
      { type: switchType, name: "sessions-switch", inputs: { instanceArn, onDestroy: "keep" } },
      {
        type: "command:local:Command",
        name: "sessions-verification",
        inputs: {
          create: `node --require ./register-swc.js tools/verifySwitch.ts --instance ${instanceArn} --region us-east-1`,
          triggers: [applicationArn, instanceArn],
        },
      },
    ]);
  });

  it("replaces the switch when it is another instance's, and protects it as the stack says", async () => {
    for (const protect of [true, false]) {
      const { component, options } = await sessions({ protect });
      const { parent, replaceOnChanges, protect: isProtected } = options["sessions-switch"] ?? {};
      assert.deepEqual({ replaceOnChanges, isProtected }, { replaceOnChanges: ["instanceArn"], isProtected: protect });
      assert.equal(parent, component);
      assert.equal(options["sessions-verification"]?.parent, component);
    }
  });

  it("verifies with the stack's profile", async () => {
    const { recorded } = await sessions({ profile: "management" });
    assert.match(String(recorded.at(-1)?.inputs.create), / --region us-east-1 --profile management$/);
  });

  it("knows at preview whether it verifies again where the application is there already", async () => {
    const there = applicationArn.replace("apl-1", "apl-2");
    const { recorded } = await sessions({ found: there });
    assert.deepEqual(recorded.at(-1)?.inputs.triggers, [there, instanceArn]);
  });

  it("tells the application, its status and whether it was there before", async () => {
    const { component } = await sessions();
    const { applicationArn: application, status, adopted } = component;
    assert.deepEqual(
      { application: await valueOf(application), status: await valueOf(status), adopted: await valueOf(adopted) },
      { application: applicationArn, status: "Enabled", adopted: true },
    );
  });

  describe("what it says", () => {
    const log = console.log;
    let lines: string[] = [];

    beforeEach(() => {
      lines = [];
      console.log = (line: string) => lines.push(line); // where Pulumi's log goes without an engine
    });

    afterEach(() => {
      console.log = log;
    });

    it("is at preview that the sessions are on already", async () => {
      await sessions({ found: applicationArn, preview: true });
      assert.deepEqual(lines, [
        `info: [runtime] Identity-aware sessions are Enabled already, by ${applicationArn}. The stack keeps that application, ` +
          "and adopts it where it does not have it yet.",
      ]);
    });

    it("is nothing at preview while they are off, nor at update", async () => {
      await sessions({ preview: true });
      await sessions({ found: applicationArn });
      assert.deepEqual(lines, []);
    });
  });
});
