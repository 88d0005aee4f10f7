import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Deployment } from "../../../rehearsal/engine/deployment";
import type { ResourceState } from "../../../rehearsal/engine/resourceState";
import type { EngineEvent } from "../../../rehearsal/engine/events";
import type { OperationOptions, OperationResult } from "../../../rehearsal/engine/operation";
import { nameOf } from "../../../rehearsal/engine/urn";

export interface Outcome extends OperationResult {
  events: EngineEvent[];
  /** `create one`, `same folder`, ...: what was done, in its order. */
  steps: string[];
  errors: string[];
}

/** The stack of fixtures/files, whose resources are the files of a folder. */
export class FilesStack {
  readonly home = mkdtempSync(join(tmpdir(), "files-stack-"));
  readonly stateFile = join(this.home, "state.json");
  passphrase = "correct horse";
  folder = this.makeFolder("folder");

  makeFolder(name: string): string {
    const folder = join(this.home, name);
    mkdirSync(folder);
    return folder;
  }

  async run(
    operation: (options: OperationOptions) => Promise<OperationResult>,
    files: Record<string, unknown> = {},
    {
      policyPacks = [],
      program = join(__dirname, "fixtures", "files"),
      onEvent,
      beforeSave,
    }: { program?: string } & Partial<Pick<OperationOptions, "beforeSave" | "onEvent" | "policyPacks">> = {},
  ): Promise<Outcome> {
    const events: EngineEvent[] = [];
    const result = await operation({
      project: {
        name: "files",
        directory: program,
        main: program,
        nodeArguments: ["--require", join(__dirname, "..", "..", "..", "register-swc.js")],
        stack: "test",
        config: { "files:folder": this.folder, "files:files": JSON.stringify(files) },
      },
      stateFile: this.stateFile,
      passphrase: this.passphrase,
      plugins: {},
      policyPacks,
      environment: process.env,
      ...(beforeSave !== undefined && { beforeSave }),
      onEvent: (event) => {
        events.push(event);
        onEvent?.(event);
      },
    });
    return {
      ...result,
      events,
      steps: events.flatMap((event) =>
        event.kind === "resOutputsEvent" ? [`${event.step.op} ${nameOf(event.step.urn)}`] : [],
      ),
      errors: events.flatMap((event) =>
        event.kind === "diagnosticEvent" && event.severity === "error" ? [event.message] : [],
      ),
    };
  }

  /** What lies in the folder, by name. */
  get contents(): Record<string, string> {
    const names = readdirSync(this.folder).sort();
    return Object.fromEntries(names.map((name) => [name, readFileSync(join(this.folder, name), "utf8")]));
  }

  set contents(files: Record<string, string>) {
    rmSync(this.folder, { recursive: true });
    mkdirSync(this.folder);
    Object.entries(files).forEach(([name, content]) => {
      writeFileSync(join(this.folder, name), content);
    });
  }

  get state(): ResourceState[] {
    if (!existsSync(this.stateFile)) {
      return [];
    }
    return (JSON.parse(readFileSync(this.stateFile, "utf8")) as Deployment).deployment.resources;
  }

  /** The names of the resources in the state, in their order. */
  get names(): string[] {
    return this.state.map(({ urn }) => nameOf(urn));
  }

  remove(): void {
    rmSync(this.home, { recursive: true });
  }
}
