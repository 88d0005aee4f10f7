import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type LocalAws, startLocalAws } from "./aws/server";
import { sessionTable } from "./aws/consoleSessions/sessionTable";
import { keptAws, type SavedAws } from "./keptAws";
import { type EngineName, openStackOn, type OwnEngineOptions } from "./openStack";

export interface OneOperation {
  stack: string;
  /** Its configuration; Pulumi.STACK.yaml of the project unless given. */
  stackFile?: string;
  /** File that local AWS starts from; only the first operation of a stack can choose it. */
  organization: string | undefined;
  /** Folder that keeps the deployment and what AWS holds until the next operation. */
  home: string;
  /** This project's own unless given. */
  engine?: EngineName;
  /** Stops the operation at the next safe point. Not looked at with a real Pulumi, which takes care of Ctrl-C by itself. */
  interrupt?: AbortSignal;
}

/**
 * One operation of a stack, as a user of Pulumi runs it.
 * @returns whether it succeeded.
 */
export async function rehearseOne(
  command: "preview" | "up" | "refresh" | "destroy",
  { home, stack, engine = "rehearsal", ...options }: OneOperation,
  print: (line: string) => void,
): Promise<boolean> {
  const { described, organization, saved } = await keptAws({ home, stack, organization: options.organization });
  const openStack = await openStackOn(engine);
  const save = (aws: LocalAws) => {
    const next: SavedAws = { organization, state: aws.save() };
    mkdirSync(home, { recursive: true });
    // As a whole: whoever kills this process must not find half of it.
    writeFileSync(join(home, "aws.json.next"), `${JSON.stringify(next, undefined, 2)}\n`);
    renameSync(join(home, "aws.json.next"), join(home, "aws.json"));
  };
  const aws = await startLocalAws({ organization: described, ...(saved !== undefined && { state: saved.state }) });
  try {
    const stateFile = join(home, "deployment.json");
    const { interrupt, stackFile } = options;
    const description = { stack, stateFile, ...(stackFile !== undefined && { stackFile }) };
    const own: OwnEngineOptions = {
      ...(interrupt !== undefined && { interrupt }),
      // What AWS holds is on record before the deployment says so; otherwise an end in between would lose it.
      beforeSave: () => save(aws),
    };
    const rehearsal = openStack(aws, description, print, engine === "rehearsal" ? own : {});
    // As Pulumi's own commands do: what the preview refuses is not begun.
    const previewed =
      command === "up"
        ? await rehearsal.preview()
        : command === "destroy"
          ? await rehearsal.previewDestroy()
          : undefined;
    if (previewed?.succeeded === false) {
      return false;
    }
    const { succeeded } = await rehearsal[command]();
    if (command !== "preview") {
      save(aws);
    }
    const table = command === "up" && succeeded ? sessionTable(aws.contents) : undefined;
    if (table !== undefined) {
      print(`\nWho gets an identity-aware console session by now:\n${table}`);
    }
    return succeeded;
  } finally {
    await aws.close();
  }
}
