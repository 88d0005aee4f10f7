import { Analyzer } from "./analyzer";
import { operate, type Operation, type OperationOptions, type OperationResult } from "./operation";
import { runProgram } from "./program";
import { ProgramRun } from "./programRun";

/** Shows what `up` would do; nothing is written, neither to the state nor, by any provider, to AWS. */
export function preview(options: OperationOptions): Promise<OperationResult> {
  return operate("update", true, options, deploy);
}

/** Takes the stack to what the program asks for. */
export function up(options: OperationOptions): Promise<OperationResult> {
  return operate("update", false, options, deploy);
}

async function deploy(operation: Operation): Promise<void> {
  const { address, emit, options, parallel } = operation;
  const { environment, project } = options;
  const print = (message: string) => {
    emit({ kind: "stdoutEvent", message });
  };
  // The packs start while the program does; nothing is decided before they are ready to judge it.
  const analyzers = Promise.all(
    options.policyPacks.map((pack) => Analyzer.start(pack, project, operation.preview, address, environment, print)),
  );
  const run = new ProgramRun(operation, analyzers);
  operation.registrations = run;
  try {
    const [failure] = await Promise.all([
      runProgram(project, {
        address,
        preview: operation.preview,
        parallel,
        environment,
        end: operation.stopped,
        onStdout: print,
        onStderr: print,
      }),
      // A pack that does not start has failed the operation by the time the program's first request is answered.
      analyzers.catch((error: unknown) => {
        operation.fail(error);
      }),
    ]);
    // Of the end that the engine has put to it there is nothing to tell.
    if (failure !== undefined && !operation.stopped.aborted && (failure !== "" || !operation.failed)) {
      operation.fail(new Error(failure));
    }
    await run.finish();
  } finally {
    run.setStackOutputs();
    const started = await analyzers.catch(() => []);
    await Promise.all(started.map((analyzer) => analyzer.stop()));
  }
}
