import { join } from "node:path";
import { isatty } from "node:tty";
import pc from "picocolors";
import { report } from "../components/doctor/report";
import { type CommandLine, commandLine, usage } from "./doctor/commandLine";
import { question } from "./doctor/question";
import { progress } from "./doctor/spinner";
import { text } from "./doctor/text";

/** Of sysexits.h: neither collides with what the exit code says of the organization. */
const exitCodes = { usage: 64, fault: 70 };

/** What cannot be asked as it is, which is said on standard error. */
function fail(error: unknown): number {
  process.stderr.write(`${(error as Error).message.trimEnd()}\n\n${usage}\n`);
  return exitCodes.usage;
}

/** Tells what identity-aware sessions of an organization lack. @returns the exit code. */
async function main(): Promise<number> {
  let asked: CommandLine;
  try {
    asked = commandLine(process.argv.slice(2));
  } catch (error) {
    return fail(error);
  }
  if (asked.help) {
    console.log(usage);
    return 0;
  }
  let wanted: Awaited<ReturnType<typeof question>>;
  try {
    wanted = await question(join(__dirname, ".."), asked);
  } catch (error) {
    return fail(error);
  }
  const spinner = await progress();
  const told = await report(wanted, (done, all) => spinner.said(`Asking AWS (${done} of ${all})`)).finally(() =>
    spinner.ended(),
  );
  const colors = pc.createColors(isatty(1) && pc.isColorSupported);
  process.stdout.write(asked.json ? `${JSON.stringify(told, undefined, 2)}\n` : text(told, colors));
  return told.exitCode;
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(error);
    process.exitCode = exitCodes.fault;
  },
);
