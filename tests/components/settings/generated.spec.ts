import * as pulumi from "@pulumi/pulumi";
import assert from "node:assert/strict";
import fc from "fast-check";
import { parseSettings, type Settings } from "../../../components/settings/settings";
import program from "../../../index";
import { operations, useLocalAws } from "../localAws";
import { recordResources } from "../recordedResources";
import { type Configuration, nearlyValid, valid, wild } from "./generatedConfigurations";

/** What a configuration comes to: the settings, or the message that it is refused with. */
function settingsOf(configuration: Configuration): Settings | string {
  try {
    return parseSettings(configuration);
  } catch (error) {
    assert(pulumi.RunError.isInstance(error), (error as Error).stack);
    return error.message;
  }
}

/** Asserts that a refusal counts its problems and that each has a path of the configuration and a way out. */
function assertRefusal(message: string): void {
  const [heading = "", ...rest] = message.trimEnd().split("\n\n");
  const count = Number(/: ([0-9]+) problems?\. Nothing was changed\.$/.exec(heading)?.[1]);
  assert.equal(rest.length, count, message);
  for (const problem of rest) {
    assert.match(
      problem,
      /^(aws|aws-native|ident[^:\n]*|[^:\n]*):.*\n {2}found: {3}.+\n {2}allowed: .+\n {2}to do: {3}.+$/u,
      message,
    );
  }
}

/** The whole program, on mocks; a refusal with paths is as good as a stack, any other error is not. */
async function programOf(configuration: Configuration): Promise<"declared" | "refused"> {
  await recordResources({}, true);
  pulumi.runtime.setAllConfig(configuration);
  try {
    await program();
    await pulumi.runtime.disconnect(); // once everything is registered, which may fail too
    return "declared";
  } catch (error) {
    assert(pulumi.RunError.isInstance(error), (error as Error).stack);
    assert.match(error.message, /^[^\s:]+:\S.*\n {2}found: {3}.+\n {2}allowed: .+\n {2}to do: {3}.+$/m);
    return "refused";
  }
}

describe("2,000 generated configurations", () => {
  const aws = useLocalAws((example) => {
    const user = { name: "carol", path: "/", policies: {} };
    example.iam.users.push(user);
    example.iam.groups.push({ ...user, name: "Operators", members: ["carol"] });
    return example;
  });
  const { warn } = console;
  const { stackTraceLimit } = Error;
  before(() => {
    Error.stackTraceLimit = 0; // Pulumi and the SDK make an error for every promise and credential source, for its trace
    console.warn = () => undefined; // the program's warnings, which mocks print
  });
  after(() => {
    console.warn = warn;
    Error.stackTraceLimit = stackTraceLimit;
  });

  it("are each accepted, or refused with a path for every problem, and nothing is written to AWS", async () => {
    const generated = fc.sample(
      fc.oneof({ weight: 1, arbitrary: valid }, { weight: 4, arbitrary: nearlyValid }, { weight: 5, arbitrary: wild }),
      { numRuns: 2000, seed: 4 },
    );
    const outcomes = { declared: 0, refused: 0, unusable: 0 };
    for (const configuration of generated) {
      const settings = settingsOf(configuration);
      if (typeof settings === "string") {
        assertRefusal(settings);
        outcomes.unusable++;
      } else {
        outcomes[await programOf(configuration)]++;
      }
    }
    assert.equal(operations(aws(), "writes").length, 0);
    // Each of the three ways is taken often, or the generators have stopped to be any good.
    assert(Math.min(...Object.values(outcomes)) > 60, JSON.stringify(outcomes));
  }).timeout(600_000);

  it("are accepted where nothing is wrong with them", () => {
    for (const configuration of fc.sample(valid, { numRuns: 300, seed: 4 })) {
      const settings = settingsOf(configuration);
      assert(typeof settings !== "string", JSON.stringify(settings));
    }
  });
});
