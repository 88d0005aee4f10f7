import { destroy, previewDestroy } from "./engine/destroy";
import type { Display } from "./engine/display";
import type { EngineEvent } from "./engine/events";
import type { OperationOptions, OperationResult } from "./engine/operation";
import { loadProject, type Project } from "./engine/project";
import { refresh } from "./engine/refresh";
import { preview, up } from "./engine/update";
import type { Rehearsed, StackOperations } from "./stackOperations";
import type { StackProgram } from "./stackProgram";

export interface OwnStackOptions extends Pick<OperationOptions, "beforeSave" | "interrupt"> {
  stack: string;
  /** Its configuration; Pulumi.STACK.yaml of the program unless given. */
  stackFile?: string;
  /** Keeps the deployment between operations. */
  stateFile: string;
}

/** A stack on this project's engine: the program and the policy packs unmodified, in Pulumi's own processes. */
export class OwnStack implements StackOperations {
  private readonly project: Project;

  /** @param display shows what happens while it does. */
  constructor(
    private readonly program: StackProgram,
    private readonly options: OwnStackOptions,
    private readonly display?: Pick<Display, "onEvent" | "outputs">,
  ) {
    this.project = loadProject(program.root, options.stack, options.stackFile);
  }

  preview(): Promise<Rehearsed> {
    return this.run(preview);
  }

  up(): Promise<Rehearsed> {
    return this.run(up);
  }

  refresh(): Promise<Rehearsed> {
    return this.run(refresh);
  }

  previewDestroy(): Promise<Rehearsed> {
    return this.run(previewDestroy);
  }

  destroy(): Promise<Rehearsed> {
    return this.run(destroy);
  }

  private async run(operation: (options: OperationOptions) => Promise<OperationResult>): Promise<Rehearsed> {
    const { beforeSave, interrupt, stateFile } = this.options;
    const { environment, plugins, policyPacks } = this.program;
    const events: EngineEvent[] = [];
    const result = await operation({
      project: this.project,
      stateFile,
      passphrase: process.env["PULUMI_CONFIG_PASSPHRASE"] ?? "",
      plugins,
      policyPacks,
      environment,
      ...(beforeSave !== undefined && { beforeSave }),
      ...(interrupt !== undefined && { interrupt }),
      onEvent: (event) => {
        events.push(event);
        this.display?.onEvent(event);
      },
    });
    if (operation === preview || operation === up) {
      this.display?.outputs(result.outputs);
    }
    return { ...result, events, exitCode: result.succeeded ? 0 : 1 };
  }
}
