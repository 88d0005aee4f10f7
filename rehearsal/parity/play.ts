import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import { loadOrganization, type Organization } from "../aws/organization";
import { type LocalAws, startLocalAws } from "../aws/server";
import type { Deployment } from "../engine/deployment";
import type { StackOperations } from "../stackOperations";
import { namesOf, type Observation, observed } from "./observation";
import type { Scenario } from "./scenarios";

/** An engine with one stack, on local AWS. */
export interface Engine {
  readonly operations: StackOperations;
  /** The stack's state; undefined while there is none. */
  export(): Promise<Deployment | undefined>;
  /** Goes on with the configuration that the stack's file has now. */
  configured(): Promise<void>;
}

/** What came of each operation of a scenario, in order. */
export interface Played {
  readonly observations: readonly { readonly operation: string; readonly observation: Observation }[];
  /** What was there after the last update that went well. */
  readonly deployed:
    { readonly deployment: Deployment; readonly config: Scenario["config"]; readonly aws: SavedAws } | undefined;
}

type SavedAws = ReturnType<LocalAws["save"]>;

/** Goes through a scenario on a local AWS of its own. */
export async function play(
  scenario: Scenario,
  folder: string,
  open: (aws: LocalAws, stackFile: string) => Promise<Engine>,
): Promise<Played> {
  const { acts, organization = (same: Organization) => same } = scenario;
  const example = await loadOrganization(join(__dirname, "..", "organization.yaml"));
  const aws = await startLocalAws({ organization: organization(example) });
  try {
    const stackFile = join(folder, "Pulumi.parity.yaml");
    let config = scenario.config;
    configure(stackFile, config);
    const engine = await open(aws, stackFile);
    const observations: { operation: string; observation: Observation }[] = [];
    let deployed: Played["deployed"];
    for (const act of acts) {
      if ("somebody" in act) {
        act.somebody(aws);
      } else if ("faults" in act) {
        aws.faults.push(...act.faults);
      } else if ("configure" in act) {
        config = act.configure;
        configure(stackFile, config);
        await engine.configured();
      } else {
        const { operation } = act;
        const named = namesOf(aws);
        aws.calls.length = 0;
        const result = await engine.operations[operation]();
        const deployment = await engine.export();
        const namedNow = namesOf(aws);
        const observation = observed(
          result,
          aws.calls,
          deployment,
          (text) => namedNow(named(text)),
          operation.startsWith("preview"),
        );
        observations.push({ operation, observation });
        if (operation === "up" && result.succeeded && deployment !== undefined) {
          deployed = { deployment, config, aws: aws.save() };
        }
      }
    }
    return { observations, deployed };
  } finally {
    await aws.close();
  }
}

/** Writes the stack's file; what Pulumi has put into it (the salt of its secrets) stays. */
export function configure(stackFile: string, config: Scenario["config"]): void {
  mkdirSync(join(stackFile, ".."), { recursive: true });
  // In quotes, since Pulumi takes what looks like a date for a time.
  writeFileSync(stackFile, stringify({ config }, { defaultStringType: "QUOTE_DOUBLE" }));
}

export function readJson(file: string): Deployment | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Deployment;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") {
      return undefined;
    }
    throw error;
  }
}
