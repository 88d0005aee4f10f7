import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pc from "picocolors";
import { loadOrganization, type Organization } from "../aws/organization";
import { startLocalAws } from "../aws/server";
import { standIns } from "../environment";
import { findPulumi, type PulumiCli } from "../pulumi/pulumiCli";
import { type Difference, differences } from "./compare";
import { ownEngine, pulumiEngine } from "./engines";
import { configure, play, type Played } from "./play";
import { type Scenario, scenarios } from "./scenarios";

/** Plays every scenario (or those whose title has the given words) on both engines. @returns whether nothing is unexplained. */
async function main(words: readonly string[]): Promise<boolean> {
  const pulumi = await findPulumi(Object.keys(standIns));
  const plugins = Object.keys(standIns).map((name) => {
    const version = pulumi.plugins[name];
    return `${name} ${version === undefined ? "(stand-in)" : version === "" ? "(on PATH)" : version}`;
  });
  console.log(`pulumi ${pulumi.version}; plugins: ${plugins.join(", ")}\n`);
  const chosen = scenarios.filter(({ title }) => words.every((word) => title.includes(word)));
  let unexplained = 0;
  for (const scenario of chosen) {
    const folder = mkdtempSync(join(tmpdir(), "parity-"));
    try {
      unexplained += report(scenario, await compared(scenario, folder, pulumi));
    } finally {
      rmSync(folder, { recursive: true });
    }
  }
  console.log(
    unexplained === 0
      ? pc.green(`\nBoth engines do the same in ${chosen.length} scenarios, but for what docs/fidelity.md explains.`)
      : pc.red(`\n${unexplained} differences that nobody has explained.`),
  );
  return unexplained === 0;
}

async function compared(scenario: Scenario, folder: string, pulumi: PulumiCli): Promise<Difference[]> {
  const folders = { own: join(folder, "own"), pulumi: join(folder, "pulumi"), import: join(folder, "import") };
  for (const each of Object.values(folders)) {
    mkdirSync(each);
  }
  const ours = await play(scenario, folders.own, ownEngine(folders.own));
  const theirs = await play(scenario, folders.pulumi, pulumiEngine(folders.pulumi, pulumi));
  return [...differences(ours, theirs), ...(await imported(scenario, ours, folders.import, pulumi))];
}

/** Whether Pulumi, given the state that this project's engine has left, finds nothing to do. */
async function imported(scenario: Scenario, ours: Played, folder: string, pulumi: PulumiCli): Promise<Difference[]> {
  if (ours.deployed === undefined) {
    return [];
  }
  const { aws: state, config, deployment } = ours.deployed;
  const { organization = (same: Organization) => same } = scenario;
  const example = await loadOrganization(join(__dirname, "..", "organization.yaml"));
  const aws = await startLocalAws({ organization: organization(example), state });
  try {
    const stackFile = join(folder, "Pulumi.parity.yaml");
    configure(stackFile, config);
    const engine = await pulumiEngine(folder, pulumi)(aws, stackFile);
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
    await aws.close();
  }
}

/** @returns how many differences are not explained. */
function report({ title }: Scenario, found: readonly Difference[]): number {
  const unexplained = found.filter(({ reason }) => reason === undefined);
  const explained = found.length - unexplained.length;
  const verdict = unexplained.length === 0 ? pc.green("same") : pc.red(`${unexplained.length} differences`);
  console.log(`${pc.bold(title)}: ${verdict}${explained === 0 ? "" : `, ${explained} explained`}`);
  for (const { at, line, only, what } of unexplained) {
    console.log(`  ${at}, ${what}, only ${only}: ${line}`);
  }
  return unexplained.length;
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
