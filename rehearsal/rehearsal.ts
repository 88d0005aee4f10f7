import { getCompileCacheDir } from "node:module";
import { devNull } from "node:os";
import { join } from "node:path";
import type { LocalAws } from "./aws/server";
import { destroy, previewDestroy } from "./engine/destroy";
import type { Display } from "./engine/display";
import type { EngineEvent } from "./engine/events";
import type { OperationOptions, OperationResult } from "./engine/operation";
import type { PluginCommand } from "./engine/pluginProcess";
import { loadProject, type Project } from "./engine/project";
import { refresh } from "./engine/refresh";
import { preview, up } from "./engine/update";

const root = join(__dirname, "..");

/** An operation with everything it said. */
export interface Rehearsed extends OperationResult {
  events: EngineEvent[];
}

/**
 * A stack of this project against local AWS: the program, its dynamic providers and the policy pack unmodified, in
 * Pulumi's own processes; the engine, AWS and the provider plugins from this folder.
 */
export class Rehearsal {
  private readonly project: Project;

  /**
   * @param stack reads its configuration from `stackFile`, or else from Pulumi.STACK.yaml.
   * @param stateFile keeps the deployment between operations.
   * @param environment variables beside, or instead of (undefined), those that point at local AWS.
   * @param display shows what happens while it does.
   */
  constructor(
    private readonly aws: LocalAws,
    {
      stack,
      stackFile,
      stateFile,
      environment = {},
    }: { stack: string; stackFile?: string; stateFile: string; environment?: NodeJS.ProcessEnv },
    private readonly display?: Display,
  ) {
    this.environment = environment;
    this.project = loadProject(root, stack, stackFile);
    this.stateFile = stateFile;
  }

  private readonly stateFile: string;
  private readonly environment: NodeJS.ProcessEnv;

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
      plugins: { aws: plugin("aws"), "aws-native": plugin("awsNative"), command: plugin("command") },
      policyPacks: [join(root, "policy-pack")],
      environment: { ...environment(this.aws), ...this.environment },
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

function plugin(file: string): PluginCommand {
  const args = ["--require", join(root, "register-swc.js"), join(root, "rehearsal", "plugins", `${file}.ts`)];
  return { command: process.execPath, args, cwd: root };
}

/** Local AWS and nothing else of AWS: neither this machine's profiles nor another Region or endpoint it may have set. */
function environment(aws: LocalAws): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(AWS|PULUMI)_/.test(name));
  const { AWS_ENDPOINT_URL, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY } = aws.environment;
  const compileCache = getCompileCacheDir(); // Pulumi's own processes start sooner with it, too
  return {
    ...Object.fromEntries(inherited),
    ...(compileCache !== undefined && { NODE_COMPILE_CACHE: compileCache }),
    AWS_ENDPOINT_URL,
    AWS_ACCESS_KEY_ID,
    AWS_SECRET_ACCESS_KEY,
    AWS_CONFIG_FILE: devNull,
    AWS_EC2_METADATA_DISABLED: "true",
  };
}
