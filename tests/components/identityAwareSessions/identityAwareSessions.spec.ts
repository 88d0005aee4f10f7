import assert from "node:assert/strict";
import type { Connection } from "../../../components/aws/connection";
import { Enablers } from "../../../components/identityAwareSessions/enablers";
import { IdentityAwareSessions } from "../../../components/identityAwareSessions/identityAwareSessions";
import type { SwitchMode } from "../../../components/identityAwareSessions/preflight";
import { recordOptions, recordResources, registered, valueOf } from "../recordedResources";

const instanceArn = "arn:aws:sso:::instance/ssoins-1234567890abcdef";
const applicationArn = "arn:aws:sso::111111111111:application/ssoins-1234567890abcdef/apl-1234567890abcdef";
const switchType = "pulumi-nodejs:dynamic/identityAwareSessions:Switch";

describe("IdentityAwareSessions", () => {
  interface Circumstances {
    /** Of the connection, beside the Region. */
    as?: Omit<Connection, "region">;
    mode?: SwitchMode;
    warnings?: string[];
    found?: string;
    enablers?: Enablers;
    protect?: boolean;
    preview?: boolean;
    /** What AWS says at the end. */
    readBack?: string | undefined;
  }

  async function sessions(circumstances: Circumstances = {}) {
    const { as = {}, mode = "manage", warnings = [], found, protect = true, preview = false, enablers } = circumstances;
    const outputs = { [switchType]: () => ({ applicationArn, status: "Enabled", adopted: true }) };
    const recorded = await recordResources(outputs, preview);
    const { options, transformations } = recordOptions();
    const component = new IdentityAwareSessions(
      "sessions",
      {
        instanceArn,
        connection: { region: "us-east-1", ...as },
        onDestroy: "keep",
        protect,
        preflight: { mode, applicationArn: found, warnings },
        enablers,
        readBack: () => Promise.resolve("readBack" in circumstances ? circumstances.readBack : applicationArn),
      },
      { transformations },
    );
    await registered(recorded, mode === "manage" ? 3 : 1);
    return { recorded, component, options };
  }

  async function outputsOf({ applicationArn: application, status, adopted }: IdentityAwareSessions) {
    return {
      application: await valueOf(application),
      status: await valueOf(status),
      adopted: await valueOf(adopted),
    };
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

  it("switches the sessions on after their enablers have got the permissions for it", async () => {
    const enablers = new Enablers("enablers", { roles: [] });
    const { options } = await sessions({ enablers });
    assert.deepEqual(options["sessions-switch"]?.dependsOn, [enablers]);
  });

  it("verifies with the stack's profile", async () => {
    const { recorded } = await sessions({ as: { profile: "management" } });
    assert.match(String(recorded.at(-1)?.inputs.create), / --region us-east-1 --profile management$/);
  });

  it("gives a profile's name to the shell as one word, whatever it holds", async () => {
    const { recorded } = await sessions({ as: { profile: "it's; mine" } });
    assert.match(String(recorded.at(-1)?.inputs.create), / --profile 'it'\\''s; mine'$/);
  });

  it("verifies in the stack's role", async () => {
    const roleArn = "arn:aws:iam::111111111111:role/platform";
    const { recorded } = await sessions({ as: { assumeRole: { roleArn, sessionName: "ci", externalId: "x1" } } });
    const options = / --region us-east-1 --role-arn arn:aws:iam::111111111111:role\/platform --role-session-name ci$/;
    assert.match(String(recorded.at(-1)?.inputs.create), options);
  });

  it("makes nothing where the stack only requires the sessions, and tells what it found", async () => {
    const { recorded, component } = await sessions({ mode: "require", found: applicationArn });
    assert.deepEqual(
      recorded.map(({ name }) => name),
      ["sessions"],
    );
    assert.deepEqual(await outputsOf(component), {
      application: applicationArn,
      status: "Enabled",
      adopted: undefined,
    });
  });

  it("makes nothing where the stack ignores the sessions, and says so", async () => {
    const { recorded, component } = await sessions({ mode: "ignore" });
    assert.deepEqual(
      recorded.map(({ name }) => name),
      ["sessions"],
    );
    assert.deepEqual(await outputsOf(component), { application: undefined, status: "Ignored", adopted: undefined });
  });

  it("knows at preview whether it verifies again where the application is there already", async () => {
    const there = applicationArn.replace("apl-1", "apl-2");
    const { recorded } = await sessions({ found: there });
    assert.deepEqual(recorded.at(-1)?.inputs.triggers, [there, instanceArn]);
  });

  it("tells the application, its status and whether it was there before", async () => {
    const { component } = await sessions();
    assert.deepEqual(await outputsOf(component), { application: applicationArn, status: "Enabled", adopted: true });
  });

  describe("what it says", () => {
    const { log, warn } = console;
    let lines: string[] = [];

    beforeEach(() => {
      lines = [];
      // Where Pulumi's log goes without an engine.
      console.log = console.warn = (line: string) => lines.push(line);
    });

    afterEach(() => {
      Object.assign(console, { log, warn });
    });

    it("is at preview that the sessions are on already", async () => {
      await sessions({ found: applicationArn, preview: true });
      assert.deepEqual(lines, [
        `info: [runtime] Identity-aware sessions are Enabled already, by ${applicationArn}. The stack keeps that application, ` +
          "and adopts it where it does not have it yet.",
      ]);
    });

    it("is at preview what could not be checked", async () => {
      await sessions({ warnings: ["Not checked."], preview: true });
      assert.deepEqual(lines, ["warning: [runtime] Not checked."]);
      await sessions({ warnings: ["Not checked."] });
      assert.equal(lines.length, 1);
    });

    it("is nothing at preview while they are off, nor at update", async () => {
      await sessions({ preview: true });
      await sessions({ found: applicationArn });
      assert.deepEqual(lines, []);
    });
  });

  it("says Disabled, and what to do, when the sessions are off whatever the state says", async () => {
    const update = await sessions({ readBack: undefined });
    assert.equal(await valueOf(update.component.status), "Disabled");
  });
});
