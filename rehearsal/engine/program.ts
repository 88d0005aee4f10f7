import { once } from "node:events";
import { createInterface } from "node:readline";
import { startChild, stopChild } from "./childProcess";
import type { Project } from "./project";

/** The exit code by which @pulumi/pulumi's cmd/run says that it has shown what went wrong. */
const messageShown = 32;

/**
 * Runs the program in the process that @pulumi/pulumi ships for it, as pulumi-language-nodejs does.
 * @returns undefined when it ran to its end, or what to tell the user; empty when that has been told already.
 */
export async function runProgram(
  project: Project,
  options: {
    address: string;
    preview: boolean;
    parallel: number;
    environment: NodeJS.ProcessEnv;
    /** Ends the program. */
    end: AbortSignal;
    onStdout: (line: string) => void;
    onStderr: (line: string) => void;
  },
): Promise<string | undefined> {
  const child = startChild(
    process.execPath,
    [
      ...project.nodeArguments,
      require.resolve("@pulumi/pulumi/cmd/run", { paths: [project.directory] }),
      ...["--monitor", options.address],
      ...["--engine", options.address],
      ...["--project", project.name],
      ...["--stack", project.stack],
      ...["--organization", "organization"],
      ...["--root-directory", project.directory],
      ...["--pwd", project.directory],
      ...["--parallel", String(options.parallel)],
      ...(options.preview ? ["--dry-run"] : []),
      project.main,
    ],
    {
      cwd: project.directory,
      env: {
        ...options.environment,
        PULUMI_CONFIG: JSON.stringify(project.config),
        PULUMI_CONFIG_SECRET_KEYS: "[]",
      },
    },
  );
  createInterface({ input: child.stdout }).on("line", options.onStdout);
  createInterface({ input: child.stderr }).on("line", options.onStderr);
  const stop = () => void stopChild(child);
  options.end.addEventListener("abort", stop);
  const [code, signal] = (await once(child, "close")) as [number | null, NodeJS.Signals | null];
  options.end.removeEventListener("abort", stop);
  if (code === 0) {
    return undefined;
  }
  return code === messageShown ? "" : `the program ended with ${signal ?? `exit code ${String(code)}`}`;
}
