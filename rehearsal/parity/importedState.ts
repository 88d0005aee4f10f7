import { join } from "node:path";
import type { Difference } from "./compare";
import { configure, type Played } from "./play";
import type { OpenPulumiEngine } from "./pulumiEngine";

/** Whether Pulumi, given a state that this project's engine has left, finds nothing to do: what it finds. */
export async function importedState(
  deployed: Played["deployed"],
  folder: string,
  open: OpenPulumiEngine,
): Promise<Difference[]> {
  if (deployed === undefined) {
    return [];
  }
  const { config, deployment } = deployed;
  const world = await deployed.world(folder);
  try {
    const stackFile = join(folder, "Pulumi.parity.yaml");
    configure(stackFile, config);
    const engine = open(world, folder, stackFile);
    await engine.import(deployment);
    const { counts, succeeded } = await engine.operations.preview();
    const found = Object.entries(counts).flatMap(([operation, count]) => {
      return operation === "same" ? [] : `${count} ${operation}`;
    });
    return [...(succeeded ? [] : ["failed"]), ...found].map((line) => ({
      at: "preview of the imported state",
      what: "counts",
      only: "Pulumi",
      line,
      reason: undefined,
    }));
  } finally {
    await world.close();
  }
}
