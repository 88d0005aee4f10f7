import { join } from "node:path";
import { parseArgs } from "node:util";
import { chapters } from "./chapters";
import { rehearseDoctor } from "./doctor";
import { interruptible } from "./engine/interrupt";
import { rehearseOne } from "./oneOperation";
import { type EngineName, engines, openStackOn } from "./openStack";
import { tellStory } from "./story";

const usage = `npm run rehearse                      tells the whole story of the dev stack
npm run rehearse -- preview|up|refresh|destroy [--stack NAME] [--organization FILE]
                                      runs one operation and keeps what it leaves in .rehearsal/NAME
npm run rehearse -- doctor [--stack NAME] [--organization FILE] [--json]
                                      asks the AWS that is kept there what identity-aware sessions lack
with --engine pulumi                  does the same on a real Pulumi, the one on PATH`;

/** @returns the exit code. */
async function main(): Promise<number> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      stack: { type: "string", default: "dev" },
      organization: { type: "string" },
      engine: { type: "string", default: "rehearsal" },
      json: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  const print = (line: string) => {
    console.log(line);
  };
  if (values.help) {
    print(usage);
    return 0;
  }
  const [command, ...rest] = positionals;
  const { engine, organization, stack } = values;
  if (!isEngine(engine)) {
    throw new TypeError(`found --engine "${engine}"; allowed: ${engines.join(", ")}`);
  }
  if (command === undefined && organization === undefined && stack === "dev") {
    return exitCode(await tellStory(print, chapters, await openStackOn(engine)));
  }
  const isDoctor = command === "doctor";
  if (rest.length > 0 || !(isDoctor || isOperation(command))) {
    const found = positionals.length === 0 ? "no operation" : `"${positionals.join(" ")}"`;
    throw new TypeError(`found ${found}; allowed: ${operations.join(", ")}, doctor, one of them`);
  }
  // Each engine has a state of its own, and so an AWS of its own.
  const home = join(__dirname, "..", ".rehearsal", engine === "pulumi" ? `${stack}.pulumi` : stack);
  if (isDoctor) {
    return rehearseDoctor({ stack, organization, home }, values.json ? ["--json"] : []);
  }
  if (engine === "pulumi") {
    return exitCode(await rehearseOne(command, { engine, stack, organization, home }, print));
  }
  const { release, signal: interrupt } = interruptible(print);
  return exitCode(await rehearseOne(command, { engine, stack, organization, home, interrupt }, print).finally(release));
}

function exitCode(asExpected: boolean): number {
  return asExpected ? 0 : 1;
}

function isEngine(name: string): name is EngineName {
  return engines.some((engine) => engine === name);
}

const operations = ["preview", "up", "refresh", "destroy"] as const;

function isOperation(command: string | undefined): command is (typeof operations)[number] {
  return operations.some((operation) => operation === command);
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    const isUsage = error instanceof TypeError;
    console.error(`error: ${(error as Error).message}${isUsage ? `\n\n${usage}` : ""}`);
    process.exitCode = isUsage ? 2 : 1;
  },
);
