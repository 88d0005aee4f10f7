import type { LocalAws } from "./aws/server";
import type { Display } from "./engine/display";
import { OwnStack, type OwnStackOptions } from "./ownStack";
import { projectOn } from "./stackProgram";

export interface RehearsalOptions extends OwnStackOptions {
  /** Variables beside, or instead of (undefined), those that point at local AWS. */
  environment?: NodeJS.ProcessEnv;
  /** Folders of policy packs; this project's unless given. */
  policyPacks?: readonly string[];
}

/**
 * A stack of this project against local AWS: the program, its dynamic providers and the policy pack unmodified, in Pulumi's own
 * processes (where start-quickly.js changes when things are loaded, and not what); the engine, AWS and the provider plugins from this folder.
 */
export class Rehearsal extends OwnStack {
  /** @param display shows what happens while it does. */
  constructor(
    aws: LocalAws,
    { environment, policyPacks, ...options }: RehearsalOptions,
    display?: Pick<Display, "onEvent" | "outputs">,
  ) {
    const program = projectOn(aws);
    super(
      {
        ...program,
        policyPacks: policyPacks ?? program.policyPacks,
        environment: { ...program.environment, ...environment },
      },
      options,
      display,
    );
  }
}
