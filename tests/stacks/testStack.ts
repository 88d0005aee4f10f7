import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import type { Organization } from "../../rehearsal/aws/organization";
import { type LocalAws, startLocalAws } from "../../rehearsal/aws/server";
import type { Deployment } from "../../rehearsal/engine/deployment";
import { Display } from "../../rehearsal/engine/display";
import type { EngineEvent } from "../../rehearsal/engine/events";
import { environment } from "../../rehearsal/environment";
import { Rehearsal } from "../../rehearsal/rehearsal";
import type { Rehearsed } from "../../rehearsal/stackOperations";
import { exampleOrganization } from "../exampleOrganization";
import { type StandIns, startStandIns } from "./standIns";

/** What is different about a stack from the example organization's smallest. */
export interface StackOptions {
  /** Keys of the configuration; those of this project without their namespace: `permissionSets`, `aws:profile`. */
  readonly config?: Readonly<Record<string, unknown>>;
  /** What is different about the organization. */
  readonly organization?: (example: Organization) => Organization;
  /** Variables beside those that point at local AWS. */
  readonly environment?: NodeJS.ProcessEnv;
}

/** One set, assigned once; not protected, so that it can be destroyed. */
const smallest = {
  "aws:region": "us-east-1",
  permissionSets: { Developer: { assignments: [{ groups: ["Developers"], accounts: ["payments-dev"] }] } },
  safety: { protect: false },
};

/** What looks like a date is none in quotes. */
const quoted = { defaultStringType: "QUOTE_DOUBLE" } as const;

/**
 * A stack of this project through the rehearsal, on a local AWS of its own. The stand-ins run in this process; as processes they
 * take part in the tests of credentials, of the rehearsal and of upgrades.
 */
export class TestStack {
  private rehearsal: Rehearsal;
  private lines: string[] = [];
  /** What the last operation came to. */
  told: Rehearsed | undefined;
  private environment: NodeJS.ProcessEnv;

  constructor(
    readonly aws: LocalAws,
    private readonly standIns: StandIns,
    private readonly folder: string,
    { config = {}, environment = {} }: StackOptions,
  ) {
    this.environment = environment;
    this.rehearsal = this.configured(config);
  }

  get stackFile(): string {
    return join(this.folder, "Pulumi.test.yaml");
  }

  get stateFile(): string {
    return join(this.folder, "deployment.json");
  }

  /** What the stack's state has on record. */
  resources(): Deployment["deployment"]["resources"] {
    return (JSON.parse(readFileSync(this.stateFile, "utf8")) as Deployment).deployment.resources;
  }

  /** Everything that the stack's operations have left on disk. */
  files(): string[] {
    const files = readdirSync(this.folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const left = files.map(({ name, parentPath }) => join(parentPath, name));
    return left.filter((file) => file !== this.stackFile).map((file) => readFileSync(file, "utf8"));
  }

  /** What the last operation printed. */
  get printed(): string {
    return this.lines.join("\n");
  }

  /** Configures the stack anew: `config` beside, or instead of, the smallest stack's. */
  configure(config: Readonly<Record<string, unknown>>, environment = this.environment): void {
    this.environment = environment;
    this.rehearsal = this.configured(config);
  }

  preview(): Promise<Rehearsed> {
    return this.play("preview");
  }

  up(): Promise<Rehearsed> {
    return this.play("up");
  }

  refresh(): Promise<Rehearsed> {
    return this.play("refresh");
  }

  /** Previews it first, as Pulumi does: what the preview refuses is not begun. */
  async destroy(): Promise<Rehearsed> {
    const previewed = await this.play("previewDestroy");
    return previewed.succeeded ? this.play("destroy") : previewed;
  }

  /** Runs an operation that succeeds. @returns what it changed, see `changes`. */
  async changesOf(operation: "preview" | "up" | "refresh" | "destroy"): Promise<string[]> {
    const { events, succeeded } = await this[operation]();
    assert.equal(succeeded, true, this.printed);
    return changes(events);
  }

  /** Previews what is refused, and sees to it that nothing is written. @returns the errors, one after the other. */
  async refusal(): Promise<string> {
    const { events, succeeded } = await this.play("preview");
    assert.equal(succeeded, false, this.printed);
    assert.deepEqual(this.writes(), []);
    const text = messages(events, "error").join("\n");
    assert.doesNotMatch(this.printed, /\n\s+at .+:\d+/, "no stack trace");
    return text;
  }

  /** The writing operations that AWS was called with during the last operation, in alphabetical order. */
  writes(): string[] {
    return this.aws.calls.flatMap(({ operation, writes }) => (writes ? [operation] : [])).sort();
  }

  private async play(operation: "preview" | "up" | "refresh" | "previewDestroy" | "destroy"): Promise<Rehearsed> {
    this.lines = [];
    this.aws.calls.length = 0;
    const before = process.env;
    // The stand-ins are in this process: what they read is to be the operation's.
    process.env = { ...environment(this.aws), ...this.environment };
    try {
      this.told = await this.rehearsal[operation]();
    } finally {
      process.env = before;
    }
    return this.told;
  }

  private configured(config: Readonly<Record<string, unknown>>): Rehearsal {
    const { stackFile, stateFile } = this;
    const environment = { ...this.environment, PULUMI_DEBUG_PROVIDERS: this.standIns.ports };
    writeFileSync(stackFile, stringify({ config: keysOf(config) }, quoted));
    const display = new Display((line) => this.lines.push(line));
    // Without the policy pack, a process and half a second an operation: the story of the rehearsal and others have it.
    return new Rehearsal(this.aws, { stack: "test", stackFile, stateFile, environment, policyPacks: [] }, display);
  }
}

/** The configuration of a stack: these keys beside, or instead of, the smallest stack's. */
export function keysOf(config: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const keys = Object.entries({ ...smallest, ...config });
  return Object.fromEntries(
    keys.map(([key, value]) => [key.includes(":") ? key : `identity-aware-sessions:${key}`, value]),
  );
}

/** Opens stacks that are closed at the end of the test. */
export function useStacks(): (options?: StackOptions) => Promise<TestStack> {
  const open: { aws: LocalAws; standIns: StandIns; folder: string }[] = [];
  afterEach(async () => {
    for (const { aws, standIns, folder } of open.splice(0)) {
      standIns.close();
      await aws.close();
      rmSync(folder, { recursive: true });
    }
  });
  return async (options = {}) => {
    const { organization: changed = (same: Organization) => same } = options;
    const example = await exampleOrganization();
    const aws = await startLocalAws({ organization: changed(example) });
    const folder = mkdtempSync(join(tmpdir(), "stack-"));
    const standIns = await startStandIns();
    open.push({ aws, standIns, folder });
    return new TestStack(aws, standIns, folder, options);
  };
}

/** The example organization with something different about its (first) instance. */
export function withInstance(
  change: Partial<Organization["instances"][number]>,
): (example: Organization) => Organization {
  return (example) => ({
    ...example,
    instances: example.instances.map((instance, index) => (index === 0 ? { ...instance, ...change } : instance)),
  });
}

/** What is not "same": type or name, operation, and the inputs that differ by an update. */
export function changes(events: readonly EngineEvent[]): string[] {
  return events
    .flatMap((event) => {
      if (event.kind !== "resOutputsEvent" || event.step.op === "same") {
        return [];
      }
      const { type, op, old, new: next } = event.step;
      const [before = {}, after = {}] = [old?.inputs, next?.inputs];
      const isUpdate = old !== undefined && next !== undefined;
      const differing = Object.keys(isUpdate ? { ...before, ...after } : {}).filter(
        (key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]),
      );
      return [[type, op, ...differing.sort()].join(" ")];
    })
    .sort();
}

export function messages(events: readonly EngineEvent[], severity: "info" | "warning" | "error"): string[] {
  return events.flatMap((event) =>
    event.kind === "diagnosticEvent" && event.severity === severity ? [event.message] : [],
  );
}
