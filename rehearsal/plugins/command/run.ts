import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import type { Call } from "../providerPlugin";
import type { CommandInputs } from "./commandInputs";

export interface CommandOutput {
  stdout: string;
  stderr: string;
}

/**
 * Runs a command as the command plugin does: with /bin/sh -c unless told otherwise, in the plugin's own working directory
 * (which the engine makes the program's), with the plugin's environment, the resource's, and the output of the run before.
 * @throws Error naming the command and everything it printed, when it can't be started, fails or is cancelled.
 */
export async function run(
  command: string,
  inputs: CommandInputs,
  previous: CommandOutput,
  call: Call,
): Promise<CommandOutput> {
  const printed: string[] = [];
  const failure = (reason: string) => new Error(`${reason}: running ${JSON.stringify(command)}:\n${printed.join("")}`);
  if (inputs.dir !== undefined && !existsSync(inputs.dir)) {
    throw failure(`chdir ${inputs.dir}: no such file or directory`);
  }
  const [program = "/bin/sh", ...args] = inputs.interpreter?.length ? inputs.interpreter : ["/bin/sh", "-c"];
  const child = spawn(program, [...args, command], {
    cwd: inputs.dir,
    env: { ...process.env, ...inputs.environment, ...previousOutput(inputs, previous) },
    signal: call.signal,
    killSignal: "SIGKILL",
  });
  child.stdin.on("error", () => undefined); // A command need not read what it is given.
  child.stdin.end(inputs.stdin ?? "");

  const { logging = "stdoutAndStderr" } = inputs;
  const take = async (stream: Readable, logged: boolean) => {
    const [text] = await Promise.all([captured(stream, printed), logged ? logLines(stream, call) : undefined]);
    return text.replace(/\n$/, "");
  };
  const [problem, stdout, stderr] = await Promise.all([
    ended(child),
    take(child.stdout, logging === "stdout" || logging === "stdoutAndStderr"),
    take(child.stderr, logging === "stderr" || logging === "stdoutAndStderr"),
  ]);
  if (problem !== undefined) {
    throw failure(problem);
  }
  return { stdout, stderr };
}

/** @returns what went wrong, if anything. */
function ended(child: ChildProcess): Promise<string | undefined> {
  return new Promise((resolve) => {
    child.on("error", (error) => resolve(error.message));
    child.on("close", (code, signal) => {
      if (code === 0) {
        resolve(undefined);
      } else {
        resolve(code === null ? `signal: ${String(signal)}` : `exit status ${code}`);
      }
    });
  });
}

async function captured(stream: Readable, alsoTo: string[]): Promise<string> {
  const chunks: string[] = [];
  stream.setEncoding("utf8").on("data", (chunk: string) => {
    chunks.push(chunk);
    alsoTo.push(chunk);
  });
  await once(stream, "close");
  return chunks.join("");
}

async function logLines(stream: Readable, call: Call): Promise<void> {
  const sent: Promise<void>[] = [];
  const lines = createInterface({ input: stream }).on("line", (line) => sent.push(call.logStatus("info", line)));
  await once(lines, "close");
  await Promise.all(sent);
}

function previousOutput({ addPreviousOutputInEnv = true }: CommandInputs, { stdout, stderr }: CommandOutput) {
  if (!addPreviousOutputInEnv) {
    return {};
  }
  return {
    ...(stdout !== "" && { PULUMI_COMMAND_STDOUT: stdout }),
    ...(stderr !== "" && { PULUMI_COMMAND_STDERR: stderr }),
  };
}
