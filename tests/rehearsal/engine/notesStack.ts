import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Deployment } from "../../../rehearsal/engine/deployment";
import type { EngineEvent } from "../../../rehearsal/engine/events";
import type { OperationOptions, OperationResult } from "../../../rehearsal/engine/operation";
import type { ResourceState } from "../../../rehearsal/engine/resourceState";
import { nameOf } from "../../../rehearsal/engine/urn";

const fixture = join(__dirname, "..", "..", "..", "rehearsal", "parity", "notes");
const hook = ["--require", join(__dirname, "..", "..", "..", "register-swc.js")];

export interface Outcome extends OperationResult {
  /** `create one`, `same folder`, ...: what was done, in its order. */
  steps: string[];
  /** The steps without those that changed nothing. */
  changes: string[];
  errors: string[];
  warnings: string[];
}

/** The stack of rehearsal/parity/notes, whose resources are notes: files of one folder, named after them. */
export class NotesStack {
  readonly home = mkdtempSync(join(tmpdir(), "notes-"));
  readonly stateFile = join(this.home, "state.json");
  readonly notes = join(this.home, "notes");
  /** File to which the program's hooks write. */
  readonly log = join(this.home, "log");

  constructor() {
    mkdirSync(this.notes);
  }

  /** What to run an operation with. */
  options(wishes: object, stack: object): Omit<OperationOptions, "onEvent"> {
    return {
      project: {
        name: "notes",
        directory: fixture,
        main: fixture,
        nodeArguments: hook,
        stack: "test",
        config: { "notes:notes": JSON.stringify(wishes), "notes:stack": JSON.stringify(stack) },
      },
      stateFile: this.stateFile,
      passphrase: "",
      plugins: { notes: { command: process.execPath, args: [...hook, join(fixture, "plugin.ts")], cwd: fixture } },
      policyPacks: [],
      environment: { ...process.env, NOTES_FOLDER: this.notes },
    };
  }

  async run(
    operation: (options: OperationOptions) => Promise<OperationResult>,
    wishes: object = {},
    stack: object = {},
    options: Partial<OperationOptions> = {},
  ): Promise<Outcome> {
    const events: EngineEvent[] = [];
    const result = await operation({
      ...this.options(wishes, stack),
      ...options,
      onEvent: (event) => {
        events.push(event);
        options.onEvent?.(event);
      },
    });
    const steps = events.flatMap((event) =>
      event.kind === "resOutputsEvent" ? [`${event.step.op} ${nameOf(event.step.urn)}`] : [],
    );
    const messages = (wanted: string) =>
      events.flatMap((event) => (event.kind === "diagnosticEvent" && event.severity === wanted ? [event.message] : []));
    return {
      ...result,
      steps,
      changes: steps.filter((step) => !step.startsWith("same ")),
      errors: messages("error"),
      warnings: messages("warning"),
    };
  }

  write(id: string, text: string): void {
    writeFileSync(join(this.notes, id), text);
  }

  /** The notes that there are, by id. */
  get contents(): Record<string, string> {
    const ids = readdirSync(this.notes).sort();
    return Object.fromEntries(ids.map((id) => [id, readFileSync(join(this.notes, id), "utf8")]));
  }

  get deployment(): Deployment["deployment"] {
    return (JSON.parse(readFileSync(this.stateFile, "utf8")) as Deployment).deployment;
  }

  get state(): ResourceState[] {
    return existsSync(this.stateFile) ? this.deployment.resources : [];
  }

  /** The resources of the state by the end of their URNs. */
  resource(name: string): ResourceState | undefined {
    return this.state.find(({ urn }) => nameOf(urn) === name);
  }

  remove(): void {
    rmSync(this.home, { recursive: true });
  }
}
