import pc from "picocolors";
import { appearances, label } from "./appearance";
import type { ChangeCounts, EngineEvent, OperationKind, OperationType, PolicyViolation, StepMetadata } from "./events";
import { printTree } from "./planTree";
import { formatValue } from "./propertyChanges";
import { isMap, isSecret, type PropertyMap } from "./propertyValues";
import { nameOf } from "./urn";

type EventOf<Kind extends EngineEvent["kind"]> = Extract<EngineEvent, { kind: Kind }>;

const titles: Record<OperationKind, string> = {
  update: "Updating",
  refresh: "Refreshing",
  destroy: "Destroying",
};

/** Prints an operation as its user expects from Pulumi: progress, plan, policies, diagnostics, outputs, counts. */
export class Display {
  private steps: StepMetadata[] = [];
  private violations: PolicyViolation[] = [];
  private diagnostics: EventOf<"diagnosticEvent">[] = [];
  private operation: OperationKind = "update";
  private preview = false;

  constructor(private readonly print: (line: string) => void) {}

  readonly onEvent = (event: EngineEvent): void => {
    switch (event.kind) {
      case "preludeEvent":
        this.operation = event.operation;
        this.preview = event.preview;
        this.steps = [];
        this.violations = [];
        this.diagnostics = [];
        this.print(pc.bold(`${this.title()} (${event.stack}):`));
        return;
      case "resourcePreEvent":
        return;
      case "resOutputsEvent":
        this.finished(event.step, event.seconds);
        return;
      case "resOpFailedEvent":
        this.print(`${pc.red("!!")}  ${label(event.step)} ${pc.red("failed")}`);
        return;
      case "policyEvent":
        this.violations.push(event.violation);
        return;
      case "diagnosticEvent":
        this.diagnostics.push(event);
        return;
      case "stdoutEvent":
        this.print(event.message);
        return;
      case "summaryEvent":
        this.summarize(event);
    }
  };

  /** @param outputs of the stack, in full: they are there to be read. */
  outputs(outputs: PropertyMap): void {
    if (Object.keys(outputs).length > 0) {
      this.print(pc.bold("Outputs:"));
      this.printValues(outputs, "    ");
    }
  }

  private printValues(values: PropertyMap, indent: string): void {
    for (const [name, value] of Object.entries(values)) {
      if (isMap(value) && !isSecret(value) && Object.keys(value).length > 0) {
        this.print(`${indent}${name}:`);
        this.printValues(value, `${indent}    `);
      } else {
        this.print(`${indent}${name}: ${formatValue(value)}`);
      }
    }
  }

  private title(): string {
    return this.preview ? `Previewing ${this.operation}` : titles[this.operation];
  }

  private finished(step: StepMetadata, seconds: number): void {
    this.steps.push(step);
    if (!this.preview && step.op !== "same" && step.op !== "replace") {
      const { sign, paint, done } = appearances[step.op];
      this.print(`${paint(sign.padEnd(2))}  ${label(step)} ${paint(done)} (${seconds.toFixed(1)}s)`);
    }
  }

  private summarize({ counts, failed, seconds }: EventOf<"summaryEvent">): void {
    if (this.preview || this.operation === "refresh") {
      printTree(this.steps, this.print);
    }
    this.printViolations();
    this.printDiagnostics();
    const lines = countLines(counts, this.preview);
    this.print(pc.bold(lines.length > 0 ? "Resources:" : "There was nothing to do."));
    lines.forEach((line) => this.print(`    ${line}`));
    const duration = `${seconds.toFixed(1)}s`;
    this.print(failed ? pc.red(`${this.title()}: failed after ${duration}`) : `Duration: ${duration}`);
  }

  private printViolations(): void {
    if (this.violations.length === 0) {
      return;
    }
    this.print(pc.bold("Policies:"));
    for (const same of Map.groupBy(this.violations, ({ policy, policyPack }) => `${policyPack} ${policy}`).values()) {
      const [{ enforcementLevel, policy, policyPack, policyPackVersion, remediationSteps, severity, url }] = same as [
        PolicyViolation,
      ];
      const paint = enforcementLevel === "mandatory" ? pc.red : pc.yellow;
      const level = `[${enforcementLevel}, severity ${severity}]`;
      this.print(`    ${paint(level)} ${policyPack}@v${policyPackVersion} ${pc.bold(policy)}`);
      const [description] = same.map(({ message }) => message.split("\n")[0] ?? "");
      this.print(`        ${description ?? ""}`);
      for (const { message, urn } of same) {
        this.print(`        ${nameOf(urn)}: ${message.split("\n").slice(1).join(" ")}`);
      }
      if (remediationSteps !== "") {
        this.print(`        How to fix: ${remediationSteps}`);
      }
      if (url !== "") {
        this.print(`        See: ${url}`);
      }
    }
  }

  private printDiagnostics(): void {
    if (this.diagnostics.length === 0) {
      return;
    }
    this.print(pc.bold("Diagnostics:"));
    for (const { severity, message, urn } of this.diagnostics) {
      const paint = severity === "error" ? pc.red : severity === "warning" ? pc.yellow : String;
      const about = urn === undefined ? "" : `${urn.startsWith("urn:") ? nameOf(urn) : urn}: `;
      const [first = "", ...rest] = message.trimEnd().split("\n");
      this.print(`    ${paint(`${severity}:`)} ${about}${first}`);
      rest.forEach((line) => this.print(`      ${line}`));
    }
  }
}

function countLines(counts: ChangeCounts, planned: boolean): string[] {
  const lines = Object.entries(counts)
    .filter(([op]) => op !== "same")
    .map(([op, count]) => {
      const { sign, paint, doing, done } = appearances[op as OperationType];
      return paint(`${sign} ${count} ${planned ? `to ${doing}` : done}`);
    });
  return [...lines, ...(counts.same === undefined ? [] : [`${counts.same} unchanged`])];
}
