import { join } from "node:path";
import { parseArgs } from "node:util";
import { loadOrganization } from "./organization";
import { startLocalAws } from "./server";

const usage = "Usage: npm run local-aws -- [--port PORT] [--organization FILE]";

/** What the command line asks for; exits with code 2 when it cannot be understood. */
function options(): { port: number; organization: string } {
  try {
    const { values } = parseArgs({
      options: {
        port: { type: "string", default: "0" },
        organization: { type: "string", default: join(__dirname, "..", "organization.yaml") },
      },
    });
    const port = Number(values.port);
    if (!/^\d+$/.test(values.port) || port > 65_535) {
      throw new Error(`--port is ${values.port}; it must be a number from 0 (any free port) to 65535.`);
    }
    return { port, organization: values.organization };
  } catch (error) {
    fail(`${error instanceof Error ? error.message : String(error)}\n${usage}`, 2);
  }
}

function fail(message: string, code: number): never {
  process.stderr.write(`${message}\n`);
  process.exit(code);
}

async function main(): Promise<void> {
  const { port, organization: file } = options();
  const organization = await loadOrganization(file);
  const localAws = await startLocalAws({ organization, port }).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== "EADDRINUSE") throw error;
    return fail(`Port ${port} is taken. Choose another one, or leave --port out for any free one.\n${usage}`, 1);
  });
  for (const [name, value] of Object.entries(localAws.environment)) {
    process.stdout.write(`${name}=${value}\n`);
  }
  const stop = () => void localAws.close();
  process.once("SIGINT", stop).once("SIGTERM", stop);
}

main().catch((error: unknown) => fail(error instanceof Error ? error.message : String(error), 1));
