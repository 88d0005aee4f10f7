import { join } from "node:path";
import type { LocalAws } from "../aws/server";
import { environment, root, standIns } from "../environment";
import { type PulumiCli, withStandIns } from "./pulumiCli";
import { PulumiStack } from "./pulumiStack";

/** A stack of this project on a real Pulumi and local AWS, with stand-ins for those plugins that Pulumi does not find. */
export function openPulumiStack({
  aws,
  folder,
  onOutput,
  pulumi,
  stack,
  stackFile,
}: {
  aws: LocalAws;
  /** Keeps its backend. */
  folder: string;
  onOutput: (text: string) => void;
  pulumi: PulumiCli;
  stack: string;
  stackFile: string;
}): PulumiStack {
  const missing = Object.entries(standIns).filter(([name]) => pulumi.plugins[name] === undefined);
  return new PulumiStack({
    root,
    project: "identity-aware-sessions",
    stack,
    stackFile,
    home: folder,
    environment: {
      ...environment(aws),
      PATH: withStandIns(join(folder, "bin"), Object.fromEntries(missing)),
      PULUMI_CONFIG_PASSPHRASE: process.env["PULUMI_CONFIG_PASSPHRASE"] ?? "",
    },
    policyPacks: [join(root, "policy-pack")],
    onOutput,
  });
}
