import { runningClock } from "./clock";
import { commandLine, usage } from "./commandLine";
import { awsLimits } from "./limits";
import { loadOrganization } from "./organization";
import { startLocalAws } from "./server";

function fail(message: string, code: number): never {
  process.stderr.write(`${message}\n`);
  process.exit(code);
}

function options(): ReturnType<typeof commandLine> {
  if (process.argv.includes("--help")) {
    console.log(usage);
    process.exit(0);
  }
  try {
    return commandLine(process.argv.slice(2));
  } catch (error) {
    return fail(`${error instanceof Error ? error.message : String(error)}\n${usage}`, 2);
  }
}

async function main(): Promise<void> {
  const { port, organization: file, limits, speed, faults, ...others } = options();
  const organization = await loadOrganization(file);
  const localAws = await startLocalAws({
    organization,
    port,
    clock: runningClock(speed),
    ...(limits && { limits: awsLimits }),
    ...others,
  }).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== "EADDRINUSE") throw error;
    return fail(`Port ${port} is taken. Choose another one, or leave --port out for any free one.\n${usage}`, 1);
  });
  localAws.faults.push(...faults);
  for (const [name, value] of Object.entries(localAws.environment)) {
    process.stdout.write(`${name}=${value}\n`);
  }
  const stop = () => void localAws.close();
  process.once("SIGINT", stop).once("SIGTERM", stop);
}

main().catch((error: unknown) => fail(error instanceof Error ? error.message : String(error), 1));
