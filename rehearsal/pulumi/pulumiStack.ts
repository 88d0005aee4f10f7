import { type EngineEvent as PulumiEvent, LocalWorkspace, type OutputMap, type Stack } from "@pulumi/pulumi/automation";
import { copyFileSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Deployment } from "../engine/deployment";
import type { EngineEvent, OperationKind } from "../engine/events";
import type { PropertyMap, PropertyValue } from "../engine/propertyValues";
import type { Rehearsed, StackOperations } from "../stackOperations";
import { quiet } from "./pulumiCli";
import { countsOf, eventOf, plain } from "./pulumiEvents";

export interface PulumiStackOptions {
  /** The folder of the program. */
  readonly root: string;
  readonly project: string;
  readonly stack: string;
  /** The stack's configuration. */
  readonly stackFile: string;
  /** A folder for its backend, and for the program's own; both stay there. */
  readonly home: string;
  /** With PATH, and what points at local AWS. */
  readonly environment: NodeJS.ProcessEnv;
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
    const { policyPacks } = this.options;
    return this.run("update", true, (stack, options) => stack.preview({ ...options, policyPacks: [...policyPacks] }));
  }

  up(): Promise<Rehearsed> {
    const { policyPacks } = this.options;
    return this.run("update", false, (stack, options) => stack.up({ ...options, policyPacks: [...policyPacks] }));
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

  /** What `pulumi stack export` gives. */
  async export(): Promise<Deployment> {
    const stack = await this.open();
    return (await stack.exportStack()) as Deployment;
  }

  /** What `pulumi stack import` does. */
  async import(deployment: Deployment): Promise<void> {
    const stack = await this.open();
    await stack.importStack(deployment);
  }

  private async run(
    operation: OperationKind,
    preview: boolean,
    act: (stack: Stack, options: RunOptions) => Promise<unknown>,
  ): Promise<Rehearsed> {
    const { onOutput, project, stack: name } = this.options;
    const stack = await this.open();
    const events: EngineEvent[] = [];
    let counts: Rehearsed["counts"] = {};
    const onEvent = (event: PulumiEvent) => {
      const seen = eventOf(event, { operation, preview, project, stack: name });
      if (seen !== undefined && !isRepeated(seen, events)) {
        events.push(seen);
      }
      if (event.summaryEvent !== undefined) {
        counts = countsOf(event.summaryEvent.resourceChanges);
      }
    };
    const failure = await act(stack, { onEvent, onOutput: (text) => onOutput(plain(text)) }).then(
      () => undefined,
      (error: unknown) => error as Error,
    );
    // Anything else than "pulumi ended with an exit code" is a mistake of this driver, or Pulumi's own.
    if (failure !== undefined && failure.name !== "CommandError" && !failure.message.startsWith("code: ")) {
      throw failure;
    }
    return { succeeded: failure === undefined, counts, outputs: plainOutputs(await stack.outputs()), events };
  }

  private open(): Promise<Stack> {
    this.opened ??= this.create();
    return this.opened;
  }

  /**
   * A folder of the stack's own, in which everything is the program's but its configuration: Pulumi writes into that, and deletes
   * it with the stack.
   */
  private async create(): Promise<Stack> {
    const { environment, home, root, stack, stackFile } = this.options;
    const workDir = join(home, "program");
    mkdirSync(join(home, "backend"), { recursive: true });
    mkdirSync(workDir, { recursive: true });
    for (const entry of readdirSync(root).filter((each) => !/^(\.git|\.rehearsal|Pulumi\..+\.yaml)$/.test(each))) {
      if (!readdirSync(workDir).includes(entry)) {
        symlinkSync(join(root, entry), join(workDir, entry));
      }
    }
    copyFileSync(stackFile, join(workDir, `Pulumi.${stack}.yaml`));
    const envVars = { ...quiet, ...environment, PULUMI_BACKEND_URL: `file://${join(home, "backend")}` };
    return LocalWorkspace.createOrSelectStack({ stackName: stack, workDir }, { envVars: defined(envVars) });
  }

  /** Gives the stack another configuration. */
  async configure(stackFile: string): Promise<void> {
    await this.open();
    const file = join(this.options.home, "program", `Pulumi.${this.options.stack}.yaml`);
    const salt = /^encryptionsalt: .*$/m.exec(readFileSync(file, "utf8"))?.[0] ?? "";
    writeFileSync(file, `${salt}\n${readFileSync(stackFile, "utf8")}`);
  }
}

/** Of a component Pulumi tells the outputs twice: when it is registered, and when the program gives it outputs. */
function isRepeated(event: EngineEvent, before: readonly EngineEvent[]): boolean {
  return (
    event.kind === "resOutputsEvent" &&
    before.some(
      (other) =>
        other.kind === "resOutputsEvent" && other.step.urn === event.step.urn && other.step.op === event.step.op,
    )
  );
}

function defined(environment: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

function plainOutputs(outputs: OutputMap): PropertyMap {
  return Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value as PropertyValue]));
}
