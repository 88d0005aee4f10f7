import { join } from "node:path";
import type { LocalAws } from "./aws/server";
import { destroy, previewDestroy } from "./engine/destroy";
import type { Display } from "./engine/display";
import type { EngineEvent } from "./engine/events";
import type { OperationOptions, OperationResult } from "./engine/operation";
import { loadProject, type Project } from "./engine/project";
import { refresh } from "./engine/refresh";
import { preview, up } from "./engine/update";
import { environment, root, standIns } from "./environment";
import type { Rehearsed, StackOperations } from "./stackOperations";

export interface RehearsalOptions extends Pick<OperationOptions, "beforeSave" | "interrupt"> {
  stack: string;
  stackFile?: string;
  stateFile: string;
  environment?: NodeJS.ProcessEnv;
}

/**
 * A stack of this project against local AWS: the program, its dynamic providers and the policy pack unmodified, in
 * Pulumi's own processes; the engine, AWS and the provider plugins from this folder.
 */
export class Rehearsal implements StackOperations {
  private readonly project: Project;

  /**
   * @param stack reads its configuration from `stackFile`, or else from Pulumi.STACK.yaml.
   * @param stateFile keeps the deployment between operations.
   * @param environment variables beside, or instead of (undefined), those that point at local AWS.
   * @param interrupt stops operations at the next safe point.
   * @param beforeSave is called whenever the deployment is about to be written.
   * @param display shows what happens while it does.
   */
  constructor(
    private readonly aws: LocalAws,
    { stack, stackFile, stateFile, environment = {}, ...hooks }: RehearsalOptions,
    private readonly display?: Pick<Display, "onEvent" | "outputs">,
  ) {
    this.environment = environment;
    this.hooks = hooks;
    this.project = loadProject(root, stack, stackFile);
    this.stateFile = stateFile;
  }

  private readonly stateFile: string;
  private readonly environment: NodeJS.ProcessEnv;
  private readonly hooks: Pick<OperationOptions, "beforeSave" | "interrupt">;

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
    const events: EngineEvent[] = [];
    const result = await operation({
      project: this.project,
      stateFile: this.stateFile,
      passphrase: process.env["PULUMI_CONFIG_PASSPHRASE"] ?? "",
      plugins: standIns,
      policyPacks: [join(root, "policy-pack")],
      environment: { ...environment(this.aws), ...this.environment },
      ...this.hooks,
      onEvent: (event) => {
        events.push(event);
        this.display?.onEvent(event);
      },
    });
    if (operation === preview || operation === up) {
      this.display?.outputs(result.outputs);
    }
    return { ...result, events };
  }
}
