import type { Deployment } from "../engine/deployment";
import { openPulumiStack } from "../pulumi/openPulumiStack";
import type { PulumiCli } from "../pulumi/pulumiCli";
import { type Engine, type OpenEngine, stackName } from "./engine";
import { kill } from "./killing";

export interface PulumiEngine extends Engine {
  import(state: Deployment): Promise<void>;
}

export type OpenPulumiEngine = (...args: Parameters<OpenEngine>) => PulumiEngine;

/** A real Pulumi. */
export function pulumiEngine(pulumi: PulumiCli): OpenPulumiEngine {
  return ({ program }, folder, stackFile) => {
    const operations = openPulumiStack(program, {
      folder,
      onOutput: () => undefined,
      pulumi,
      stack: stackName,
      stackFile,
    });
    return {
      operations,
      interruptedUp: (interrupt) => operations.up(interrupt),
      killedUp: async (when) => {
        const update = await operations.startUp();
        await when;
        await kill(update);
        await operations.unlock();
      },
      export: () => operations.export(),
      configured: () => operations.configure(stackFile),
      import: (state) => operations.import(state),
    };
  };
}
