import type { Deployment, ResourceState } from "../engine/deployment";
import { withoutSecrets } from "../engine/propertyValues";
import { stackType } from "../engine/urn";
import type { Rehearsed } from "../stackOperations";
import { withPlainSecrets } from "./plainSecrets";
import { sorted } from "./sorted";

/** What came of one operation, by what is compared: a list of lines each. */
export type Observation = Readonly<Record<string, readonly string[]>>;

/** What an operation said. The Automation API does not tell the outputs that a preview foresees. */
export function observedResult(
  { counts, events, exitCode, outputs, succeeded }: Rehearsed,
  preview: boolean,
): Observation {
  const diagnostics = (severity: string) =>
    events.flatMap((event) =>
      event.kind === "diagnosticEvent" && event.severity === severity ? event.message.trim() : [],
    );
  const violations = events.flatMap((event) => (event.kind === "policyEvent" ? event.violation : []));
  return {
    succeeded: [String(succeeded)],
    "exit code": [String(exitCode)],
    // How far an operation gets that fails is a matter of chance, also whether its program comes to say the stack's outputs.
    counts: Object.entries(succeeded ? counts : {}).map(([operation, count]) => `${count} ${operation}`),
    errors: [...new Set(diagnostics("error"))],
    warnings: [...new Set(diagnostics("warning").map(withoutAdvice))],
    // An update ends at the first violation: of which resource, where several are registered at once, is a matter of chance.
    violations: violations.map(
      ({ enforcementLevel, message, policy, urn }) =>
        `${policy} (${enforcementLevel}) ${succeeded || preview ? urn : "of a resource"}: ${message.trim()}`,
    ),
    // Which of them are secret the state says.
    outputs: Object.entries(preview || !succeeded ? {} : outputs).map(
      ([name, value]) => `${name}: ${sorted(withoutSecrets(value))}`,
    ),
  };
}

/**
 * Of pending operations both name the same; what they advise is each one's own: Pulumi an interactive refresh, this engine, which
 * has none, to look and to correct its state's file.
 */
function withoutAdvice(warning: string): string {
  return warning.replace(
    /^(Attempting to deploy or update resources with \d+ pending[^]*?)These resources are [^]*$/,
    "$1",
  );
}

/**
 * What an operation left on record.
 *
 * @param hasSaidAll whether the program has come to say the stack's outputs; otherwise they are left out.
 */
export function observedState(deployment: Deployment | undefined, hasSaidAll = true): Observation {
  const { pending_operations = [], resources = [] } = withPlainSecrets(deployment)?.deployment ?? {};
  return {
    state: resources.flatMap((resource) =>
      stateLines(hasSaidAll || resource.type !== stackType ? resource : { ...resource, outputs: {} }),
    ),
    "pending operations": pending_operations.map(({ type, resource }) => `${type} ${resource.urn}`),
  };
}

/** A resource of the state, a line a property. */
function stateLines(resource: ResourceState): string[] {
  const { urn, inputs = {}, outputs = {}, ...rest } = resource as Partial<ResourceState>;
  const label = (urn ?? "").split("::").slice(2).join("::");
  const properties = (of: string, values: object) =>
    Object.entries(values).map(([key, value]) => `${label} ${of}.${key}: ${sorted(value)}`);
  return [
    ...properties("inputs", inputs),
    ...properties("outputs", outputs),
    ...Object.entries(rest)
      .filter(([key, value]) => !isEmpty(value) && !["created", "modified"].includes(key))
      // What a resource depends on has no order.
      .map(
        ([key, value]) =>
          `${label} ${key}: ${sorted(key === "dependencies" ? [...(value as string[])].sort() : value)}`,
      ),
  ];
}

function isEmpty(value: unknown): boolean {
  return (
    value === null || value === false || value === "" || (typeof value === "object" && Object.keys(value).length === 0)
  );
}
