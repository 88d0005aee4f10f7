import { afterHooks } from "./applyCreate";
import type { Step } from "./step";
import type { StepContext } from "./stepContext";

/** What was done to components, whose own outputs, and so the hooks after them, come at their end. */
export class ComponentSteps {
  private readonly steps = new Map<string, Step>();

  constructor(private readonly context: StepContext) {}

  note(urn: string, step: Step): void {
    this.steps.set(urn, step);
  }

  /** Runs the hooks that follow what was done to a component, now that it has its outputs. */
  async ended(urn: string): Promise<void> {
    const step = this.steps.get(urn);
    if (step?.new === undefined) {
      return;
    }
    const { inputs, outputs } = step.new;
    const now = { newInputs: inputs, newOutputs: outputs };
    if (step.op === "create" || step.op === "create-replacement") {
      await afterHooks(this.context, "AfterCreate", step.new, now);
    } else if (step.op === "update" && step.old !== undefined) {
      const before = { oldInputs: step.old.inputs, oldOutputs: step.old.outputs };
      await afterHooks(this.context, "AfterUpdate", step.new, { ...now, ...before });
    }
  }
}
