import pc from "picocolors";
import { appearances, label } from "./appearance";
import type { OperationType, StepMetadata } from "./events";
import { formatValue, propertyChanges } from "./propertyChanges";
import { stackType } from "./urn";

/** The plan: every resource that changes below its parents, each with the properties that change. */
export function printTree(steps: readonly StepMetadata[], print: (line: string) => void): void {
  const shown = new Set(steps.filter(({ op }) => op !== "same").map(({ urn }) => urn));
  const parents = new Map(steps.map(({ urn, ...step }) => [urn, (step.new ?? step.old)?.parent]));
  for (let grown = true; grown;) {
    const missing = [...shown].flatMap((urn) => parents.get(urn) ?? []).filter((urn) => !shown.has(urn));
    missing.forEach((urn) => shown.add(urn));
    grown = missing.length > 0;
  }
  const visible = steps.filter(({ urn, op }) => shown.has(urn) && op !== "replace");
  const roots = visible.filter(({ urn }) => !shown.has(parents.get(urn) ?? ""));
  for (const root of roots.sort((left, right) => Number(right.type === stackType) - Number(left.type === stackType))) {
    printBranch(root, visible, parents, "", print);
  }
}

function printBranch(
  step: StepMetadata,
  visible: readonly StepMetadata[],
  parents: ReadonlyMap<string, string | undefined>,
  indent: string,
  print: (line: string) => void,
): void {
  const { sign, paint, doing } = appearances[step.op];
  print(`${paint(sign.padEnd(2))}  ${indent}${label(step)} ${paint(doing)}`.trimEnd());
  if (!withoutProperties.has(step.op)) {
    printProperties(step, `    ${indent}    `, print);
  }
  for (const child of visible.filter(({ urn }) => parents.get(urn) === step.urn)) {
    printBranch(child, visible, parents, `${indent}   `, print);
  }
}

function printProperties(step: StepMetadata, indent: string, print: (line: string) => void): void {
  for (const { kind, path, before, after } of propertyChanges(step.old?.inputs ?? {}, step.new?.inputs ?? {})) {
    const forces = step.replaceKeys.some((key) => path === key || path.startsWith(`${key}.`)) ? " (replaces)" : "";
    const [sign, paint] = kind === "add" ? ["+", pc.green] : kind === "delete" ? ["-", pc.red] : ["~", pc.yellow];
    if (path !== "__provider") {
      const shown = [before, after].filter((value) => value !== undefined).map(formatValue);
      print(`${indent}${paint(sign)} ${path}: ${shown.join(" => ")}${forces}`);
    } else if (kind === "update") {
      print(`${indent}${paint(sign)} ${path}`);
    }
  }
}

/** Steps that change no property, or of which everything is new to the state. */
const withoutProperties: ReadonlySet<OperationType> = new Set([
  "same",
  "delete",
  "delete-replaced",
  "discard",
  "discard-replaced",
  "read",
  "import",
]);
