import { join } from "node:path";
import { root } from "../environment";
import type { StackProgram } from "../stackProgram";
import { type PulumiCli, withStandIns } from "./pulumiCli";
import { PulumiStack } from "./pulumiStack";

/** A stack on a real Pulumi, with the program's own plugins for those that Pulumi does not find. */
export function openPulumiStack(
  program: StackProgram,
  {
    folder,
    onOutput,
    pulumi,
    stack,
    stackFile,
  }: {
    /** Keeps its backend. */
    folder: string;
    onOutput: (text: string) => void;
    pulumi: PulumiCli;
    stack: string;
    stackFile: string;
  },
): PulumiStack {
  const missing = Object.entries(program.plugins).filter(([name]) => pulumi.plugins[name] === undefined);
  return new PulumiStack({
    root: program.root,
    modules: join(root, "node_modules"),
    stack,
    stackFile,
    home: folder,
    environment: {
      ...program.environment,
      PATH: withStandIns(join(folder, "bin"), Object.fromEntries(missing)),
      PULUMI_CONFIG_PASSPHRASE: process.env["PULUMI_CONFIG_PASSPHRASE"] ?? "",
    },
    policyPacks: program.policyPacks,
    onOutput,
  });
}
