import { join } from "node:path";
import type { LocalAws } from "../aws/server";
import type { PulumiCli } from "../pulumi/pulumiCli";
import { openPulumiStack } from "../pulumi/openPulumiStack";
import { Rehearsal } from "../rehearsal";
import { type Engine, readJson } from "./play";

const stack = "parity";

/** This project's engine. */
export function ownEngine(folder: string): (aws: LocalAws, stackFile: string) => Promise<Engine> {
  return (aws, stackFile) => {
    const stateFile = join(folder, "deployment.json");
    const open = () => new Rehearsal(aws, { stack, stackFile, stateFile });
    let rehearsal = open();
    return Promise.resolve({
      operations: {
        preview: () => rehearsal.preview(),
        up: () => rehearsal.up(),
        refresh: () => rehearsal.refresh(),
        previewDestroy: () => rehearsal.previewDestroy(),
        destroy: () => rehearsal.destroy(),
      },
      export: () => Promise.resolve(readJson(stateFile)),
      configured: () => {
        rehearsal = open();
        return Promise.resolve();
      },
    });
  };
}

/** A real Pulumi. */
export function pulumiEngine(
  folder: string,
  pulumi: PulumiCli,
  onOutput: (text: string) => void = () => undefined,
): (aws: LocalAws, stackFile: string) => Promise<Engine & { import: (state: object) => Promise<void> }> {
  return (aws, stackFile) => {
    const operations = openPulumiStack({ aws, folder, onOutput, pulumi, stack, stackFile });
    return Promise.resolve({
      operations,
      export: () => operations.export(),
      configured: () => operations.configure(stackFile),
      import: (state) => operations.import(state as never),
    });
  };
}
