import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pc from "picocolors";
import { loadOrganization } from "./aws/organization";
import { type LocalAws, startLocalAws } from "./aws/server";
import { type OpenStack, openStackOn } from "./openStack";
import type { StackOperations } from "./stackOperations";

/** Where a chapter plays. */
export interface Stage {
  readonly aws: LocalAws;
  readonly rehearsal: StackOperations;
  /** The operations that were called on AWS and write there, from the last look on. */
  readonly writes: () => string[];
  readonly print: (line: string) => void;
}

/** One step of the story: what happens, and what must be true of it. */
export interface Chapter {
  title: string;
  /** Folder in rehearsal/scenarios; without one the chapter goes on with the dev stack. */
  scenario?: string;
  /** What `play` has checked, in a sentence. */
  checked: string;
  /** @throws AssertionError when something is not as expected. */
  play: (stage: Stage) => Promise<void>;
}

/** Tells the chapters in their order. A chapter that goes wrong ends the story, since the next ones build upon it. */
export async function tellStory(
  print: (line: string) => void,
  chapters: readonly Chapter[],
  open?: OpenStack,
): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), "rehearsal-"));
  const dev = await setStage({ stack: "dev" }, join(__dirname, "organization.yaml"), folder, print, open);
  let number = 0;
  try {
    for (const { checked, title, scenario, play } of chapters) {
      number += 1;
      print(`\n${pc.bold(pc.cyan(`${number}. ${title}`))}\n`);
      const stage = scenario === undefined ? dev : await setScenario(scenario, folder, print, open);
      try {
        await play(stage);
      } finally {
        if (stage !== dev) {
          await stage.aws.close();
        }
      }
      print(pc.green(`As expected: ${checked}`));
    }
    print(`\n${pc.bold(pc.green(`The story of ${chapters.length} steps went as expected.`))}`);
    return true;
  } catch (error) {
    print(`\n${pc.red(`Step ${number} did not go as expected:`)} ${(error as Error).stack ?? String(error)}`);
    return false;
  } finally {
    await dev.aws.close();
    rmSync(folder, { recursive: true });
  }
}

/** A scenario of rehearsal/scenarios on a local AWS of its own, which the caller closes. */
export function setScenario(
  name: string,
  folder: string,
  print: (line: string) => void,
  open?: OpenStack,
): Promise<Stage> {
  const scenario = join(__dirname, "scenarios", name);
  const stack = { stack: name, stackFile: join(scenario, "stack.yaml") };
  return setStage(stack, join(scenario, "organization.yaml"), folder, print, open);
}

/** A stack on a local AWS of its own, which the caller closes. */
export async function setStage(
  stack: { stack: string; stackFile?: string },
  organization: string,
  folder: string,
  print: (line: string) => void,
  open?: OpenStack,
): Promise<Stage> {
  const aws = await startLocalAws({ organization: await loadOrganization(organization) });
  const openStack = open ?? (await openStackOn("rehearsal"));
  const stateFile = join(folder, `${stack.stack}.json`);
  let looked = 0;
  return {
    aws,
    print,
    rehearsal: openStack(aws, { ...stack, stateFile }, print),
    writes: () => {
      const calls = aws.calls.slice(looked);
      looked = aws.calls.length;
      return calls.filter(({ writes }) => writes).map(({ operation }) => operation);
    },
  };
}
