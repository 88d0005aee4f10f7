import { type EngineEvent as PulumiEvent, type OutputMap, type Stack } from "@pulumi/pulumi/automation";
import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import type { Deployment } from "../engine/deployment";
import type { EngineEvent, OperationKind } from "../engine/events";
import type { PropertyMap, PropertyValue } from "../engine/propertyValues";
import type { Rehearsed, StackOperations } from "../stackOperations";
import { countsOf, eventOf, plain } from "./pulumiEvents";
import { createStack, type StackPlace, stackFileIn } from "./stackFolder";

export interface PulumiStackOptions extends StackPlace {
  readonly policyPacks: readonly string[];
  /** What Pulumi prints, as it does. */
  readonly onOutput: (text: string) => void;
}

interface RunOptions {
  readonly onEvent: (event: PulumiEvent) => void;
  readonly onOutput: (text: string) => void;
}

/** A stack on a real Pulumi engine, driven by the Automation API, with a backend of files and nothing of Pulumi's service. */
export class PulumiStack implements StackOperations {
  private opened: Promise<Stack> | undefined;

  constructor(private readonly options: PulumiStackOptions) {}

  preview(): Promise<Rehearsed> {
    const policyPacks = [...this.options.policyPacks];
    return this.run("update", true, (stack, options) => stack.preview({ ...options, policyPacks }));
  }

  /** @param interrupt does what Ctrl-C does. */
  up(interrupt?: AbortSignal): Promise<Rehearsed> {
    const more = {
      policyPacks: [...this.options.policyPacks],
      ...(interrupt !== undefined && { signal: interrupt }),
    };
    return this.run("update", false, (stack, options) => stack.up({ ...options, ...more }));
  }

  refresh(): Promise<Rehearsed> {
    return this.run("refresh", false, (stack, options) => stack.refresh(options));
  }

  previewDestroy(): Promise<Rehearsed> {
    return this.run("destroy", true, (stack, options) => stack.previewDestroy(options));
  }

  destroy(): Promise<Rehearsed> {
    return this.run("destroy", false, (stack, options) => stack.destroy(options));
  }

  /** What `pulumi stack export --show-secrets` gives. */
  async export(): Promise<Deployment> {
    const stack = await this.open();
    return (await stack.exportStack()) as Deployment;
  }

  /** What `pulumi stack import` does. */
  async import(deployment: Deployment): Promise<void> {
    const stack = await this.open();
    await stack.importStack(deployment);
  }

  /** Starts an update in a process of its own, without a word from it: for whoever wants to kill it. */
  async startUp(): Promise<ChildProcess> {
    const { workspace, name } = await this.open();
    const packs = this.options.policyPacks.flatMap((pack) => ["--policy-pack", pack]);
    return spawn("pulumi", ["up", "--yes", "--skip-preview", "--non-interactive", "--stack", name, ...packs], {
      cwd: workspace.workDir,
      env: { ...process.env, ...workspace.envVars },
      stdio: "ignore",
    });
  }

  /** What `pulumi cancel` does: an update that was killed has left the stack locked. */
  async unlock(): Promise<void> {
    const stack = await this.open();
    await stack.cancel();
  }

  /** Gives the stack another configuration. */
  async configure(stackFile: string): Promise<void> {
    await this.open();
    const file = stackFileIn(this.options);
    const salt = /^encryptionsalt: .*$/m.exec(readFileSync(file, "utf8"))?.[0] ?? "";
    writeFileSync(file, `${salt}\n${readFileSync(stackFile, "utf8")}`);
  }

  private async run(
    operation: OperationKind,
    preview: boolean,
    act: (stack: Stack, options: RunOptions) => Promise<unknown>,
  ): Promise<Rehearsed> {
    const { onOutput } = this.options;
    const stack = await this.open();
    const { name: project } = await stack.workspace.projectSettings();
    const events: EngineEvent[] = [];
    let counts: Rehearsed["counts"] = {};
    const onEvent = (event: PulumiEvent) => {
      const seen = eventOf(event, { operation, preview, project, stack: stack.name });
      if (seen !== undefined && !isRepeated(seen, events)) {
        events.push(seen);
      }
      if (event.summaryEvent !== undefined) {
        counts = countsOf(event.summaryEvent.resourceChanges);
      }
    };
    const exitCode = await act(stack, { onEvent, onOutput: (text) => onOutput(plain(text)) }).then(
      () => 0,
      (error: unknown) => {
        const code = exitCodeOf(error as Error);
        // What Pulumi refuses before its engine begins no event tells.
        const said = events.length === 0 ? plain(standardErrorOf(error as Error)) : "";
        if (said !== "") {
          events.push({ kind: "diagnosticEvent", severity: "error", message: said });
          onOutput(`${said}\n`);
        }
        return code;
      },
    );
    return { succeeded: exitCode === 0, counts, outputs: plainOutputs(await stack.outputs()), events, exitCode };
  }

  private open(): Promise<Stack> {
    this.opened ??= createStack(this.options);
    return this.opened;
  }
}

/**
 * What `pulumi` has ended with.
 * @throws the error itself when it is anything else: a mistake of this driver, or Pulumi's own.
 */
export function exitCodeOf(error: Error): number {
  // The Automation API's own code is always -2; that of the process is named in the text.
  const [, code] = /Command failed with exit code (\d+)/.exec(error.message) ?? [];
  if (code === undefined) {
    throw error;
  }
  return Number(code);
}

/** What `pulumi` has said on its standard error, as the Automation API's error quotes it. */
export function standardErrorOf({ message }: Error): string {
  return (/\n stderr: ([\s\S]*?)\n err\?: /.exec(message)?.[1] ?? "").trim();
}

/** Of a component Pulumi tells the outputs twice: when it is registered, and when the program gives it outputs. */
export function isRepeated(event: EngineEvent, before: readonly EngineEvent[]): boolean {
  return (
    event.kind === "resOutputsEvent" &&
    before.some(
      (other) =>
        other.kind === "resOutputsEvent" && other.step.urn === event.step.urn && other.step.op === event.step.op,
    )
  );
}

function plainOutputs(outputs: OutputMap): PropertyMap {
  return Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value as PropertyValue]));
}
