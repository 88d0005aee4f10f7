import { join } from "node:path";
import { parseArgs } from "node:util";
import { chapters } from "./chapters";
import { rehearseOne } from "./oneOperation";
import { tellStory } from "./story";

const usage = `npm run rehearse                      tells the whole story of the dev stack
npm run rehearse -- preview|up|refresh|destroy [--stack NAME] [--organization FILE]
                                      runs one operation and keeps what it leaves in .rehearsal/NAME`;

async function main(): Promise<boolean> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      stack: { type: "string", default: "dev" },
      organization: { type: "string" },
      help: { type: "boolean", default: false },
    },
  });
  const print = (line: string) => {
    console.log(line);
  };
  if (values.help) {
    print(usage);
    return true;
  }
  const [command, ...rest] = positionals;
  if (command === undefined && process.argv.length === 2) {
    return tellStory(print, chapters);
  }
  if (rest.length > 0 || !isOperation(command)) {
    const found = positionals.length === 0 ? "no operation" : `"${positionals.join(" ")}"`;
    throw new TypeError(`found ${found}; allowed: ${operations.join(", ")}, one of them`);
  }
  const home = join(__dirname, "..", ".rehearsal", values.stack);
  return rehearseOne(command, { stack: values.stack, organization: values.organization, home }, print);
}

const operations = ["preview", "up", "refresh", "destroy"] as const;

function isOperation(command: string | undefined): command is (typeof operations)[number] {
  return operations.some((operation) => operation === command);
}

main().then(
  (asExpected) => {
    process.exitCode = asExpected ? 0 : 1;
  },
  (error: unknown) => {
    const isUsage = error instanceof TypeError;
    console.error(`error: ${(error as Error).message}${isUsage ? `\n\n${usage}` : ""}`);
    process.exitCode = isUsage ? 2 : 1;
  },
);
