import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { standIns } from "../environment";
import { findPulumi, type PulumiCli } from "../pulumi/pulumiCli";
import { type Difference, differences } from "./compare";
import { importedState } from "./importedState";
import { notesScenarios } from "./notesScenarios";
import { ownEngine } from "./ownEngine";
import { play } from "./play";
import { projectScenarios } from "./projectScenarios";
import { pulumiEngine } from "./pulumiEngine";
import { refusalScenarios } from "./refusalScenarios";
import { scenarioReport, summary } from "./report";
import type { Scenario } from "./scenario";

const scenarios: readonly Scenario[] = [...projectScenarios, ...refusalScenarios, ...notesScenarios];

/** Plays every scenario (or those whose title has the given words) on both engines. @returns whether nothing is unexplained. */
async function main(words: readonly string[]): Promise<boolean> {
  const pulumi = await findPulumi(Object.keys(standIns));
  const plugins = Object.keys(standIns).map((name) => {
    const version = pulumi.plugins[name];
    return `${name} ${version === undefined ? "(stand-in)" : version === "" ? "(on PATH)" : version}`;
  });
  console.log(`pulumi ${pulumi.version}; plugins: ${plugins.join(", ")}\n`);
  const chosen = scenarios.filter(({ title }) => words.every((word) => title.includes(word)));
  if (chosen.length === 0) {
    throw new Error(
      `no scenario's title has ${words.join(" and ")}; there are:\n${scenarios.map(({ title }) => `  ${title}`).join("\n")}`,
    );
  }
  const all: Difference[] = [];
  for (const scenario of chosen) {
    const folder = mkdtempSync(join(tmpdir(), "parity-"));
    const started = performance.now();
    try {
      const found = await compared(scenario, folder, pulumi);
      all.push(...found);
      print(scenarioReport(scenario.title, found, (performance.now() - started) / 1000));
    } finally {
      rmSync(folder, { recursive: true });
    }
  }
  print(summary(chosen.length, all));
  return all.every(({ reason }) => reason !== undefined);
}

function print(lines: readonly string[]): void {
  console.log(lines.join("\n"));
}

async function compared(scenario: Scenario, folder: string, pulumi: PulumiCli): Promise<Difference[]> {
  const folderFor = (engine: string) => {
    mkdirSync(join(folder, engine));
    return join(folder, engine);
  };
  // At once, each in a world of its own.
  const [ours, theirs] = await Promise.all([
    play(scenario, folderFor("own"), ownEngine),
    play(scenario, folderFor("pulumi"), pulumiEngine(pulumi)),
  ]);
  return [
    ...differences(ours, theirs),
    ...(await importedState(ours.deployed, folderFor("import"), pulumiEngine(pulumi))),
  ];
}

main(process.argv.slice(2)).then(
  (isSame) => {
    process.exitCode = isSame ? 0 : 1;
  },
  (error: unknown) => {
    console.error(`error: ${(error as Error).message}`);
    process.exitCode = 2;
  },
);
