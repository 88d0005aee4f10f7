import { dirname, join } from "node:path";
import type { LocalAws } from "./aws/server";
import { Display } from "./engine/display";
import { root, standIns } from "./environment";
import { openPulumiStack } from "./pulumi/openPulumiStack";
import type { OwnStackOptions } from "./ownStack";
import { findPulumi, type PulumiCli } from "./pulumi/pulumiCli";
import { Rehearsal } from "./rehearsal";
import type { StackOperations } from "./stackOperations";
import { projectOn } from "./stackProgram";

/** A stack of this project. */
export interface StackDescription {
  readonly stack: string;
  /** Its configuration; Pulumi.STACK.yaml of the project unless given. */
  readonly stackFile?: string;
  /** Keeps the deployment between operations; a real Pulumi has its backend beside it. */
  readonly stateFile: string;
}

/** What this project's engine alone can be given: a real Pulumi takes care of Ctrl-C by itself, and does not tell before it saves. */
export type OwnEngineOptions = Pick<OwnStackOptions, "beforeSave" | "interrupt">;

/**
 * How a stack is opened on an engine.
 * @throws Error where `own` asks a real Pulumi for something.
 */
export type OpenStack = (
  aws: LocalAws,
  stack: StackDescription,
  print: (line: string) => void,
  own?: OwnEngineOptions,
) => StackOperations;

export const engines = ["rehearsal", "pulumi"] as const;
export type EngineName = (typeof engines)[number];

/** @throws Error where it is to be a real Pulumi, and there is none: it says how to get it. */
export async function openStackOn(engine: EngineName): Promise<OpenStack> {
  if (engine === "rehearsal") {
    return (aws, stack, print, own) => new Rehearsal(aws, { ...stack, ...own }, new Display(print));
  }
  return onPulumi(await findPulumi(Object.keys(standIns)));
}

export function onPulumi(pulumi: PulumiCli): OpenStack {
  return (aws, { stack, stackFile = join(root, `Pulumi.${stack}.yaml`), stateFile }, print, own = {}) => {
    const [asked] = Object.keys(own);
    if (asked !== undefined) {
      throw new Error(`${asked} is for this project's engine alone; a real Pulumi knows nothing of it`);
    }
    return openPulumiStack(projectOn(aws), {
      folder: join(dirname(stateFile), `${stack}.pulumi`),
      onOutput: linesOf(print),
      pulumi,
      stack,
      stackFile,
    });
  };
}

/** Prints whole lines of what comes in pieces. */
function linesOf(print: (line: string) => void): (text: string) => void {
  let rest = "";
  return (text) => {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    lines.forEach(print);
  };
}
