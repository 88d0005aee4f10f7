import type { Call } from "../aws/dispatch";
import type { LocalAws } from "../aws/server";
import type { Deployment, ResourceState } from "../engine/deployment";
import type { Rehearsed } from "../stackOperations";

/** What came of one operation, by what is compared: a list of lines each, in alphabetical order. */
export type Observation = Readonly<Record<string, readonly string[]>>;

/** Names for the ids that local AWS made up, which depend on the order that things happened to be done in. */
export function namesOf({ contents }: LocalAws): (text: string) => string {
  const names = new Map<string, string>();
  for (const { arn, name } of contents.permissionSets) {
    names.set(arn.split("/").at(-1) ?? arn, `<permission set ${name}>`);
  }
  for (const { arn } of contents.applications) {
    names.set(arn.split("/").at(-1) ?? arn, "<application>");
  }
  return (text) =>
    [...names]
      .reduce((changed, [id, name]) => changed.replaceAll(id, name), text)
      .replace(/\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, "<id>")
      .replace(/\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z\b/g, "<time>")
      // What plugins and AWS make up by chance.
      .replace(/\b(sessions-verification)[0-9a-f]{8}\b/g, "$1<random>")
      .replace(/\b(enablers-policy)-[0-9a-f]{7}\b/g, "$1<random>")
      .replace(/\bANPA[0-9A-Z]{17}\b/g, "<policy id>");
}

/** What an operation did, said and left. The Automation API does not tell the outputs that a preview foresees. */
export function observed(
  { counts, events, outputs, succeeded }: Rehearsed,
  calls: readonly Call[],
  deployment: Deployment | undefined,
  named: (text: string) => string,
  preview: boolean,
): Observation {
  const diagnostics = (severity: string) =>
    events.flatMap((event) =>
      event.kind === "diagnosticEvent" && event.severity === severity ? message(event.message) : [],
    );
  const lines: Record<string, string[]> = {
    succeeded: [String(succeeded)],
    // How far an operation gets that fails is a matter of chance.
    counts: Object.entries(succeeded ? counts : {}).map(([operation, count]) => `${count} ${operation}`),
    "calls that write": calls.filter(({ writes }) => writes).map(callLine),
    "calls that read": [...new Set(calls.filter(isRead).map(({ operation, service }) => `${service} ${operation}`))],
    errors: [...new Set(diagnostics("error"))],
    warnings: [...new Set(diagnostics("warning"))],
    violations: events.flatMap((event) =>
      event.kind === "policyEvent"
        ? `${event.violation.policy} (${event.violation.enforcementLevel}) ${event.violation.urn}`
        : [],
    ),
    outputs: Object.entries(preview ? {} : outputs).map(([name, value]) => `${name}: ${JSON.stringify(value)}`),
    state: (deployment?.deployment.resources ?? []).flatMap(stateLines),
    "pending operations": (deployment?.deployment.pending_operations ?? []).map(
      ({ type, resource }) => `${type} ${resource.urn}`,
    ),
  };
  return Object.fromEntries(Object.entries(lines).map(([what, found]) => [what, found.map(named).sort()]));
}

/** Who calls is asked by every plugin in its own time. */
function isRead({ operation, writes }: Call): boolean {
  return !writes && operation !== "GetCallerIdentity";
}

function callLine({ input, operation, service }: Call): string {
  // The client token is made up anew every time.
  return `${service} ${operation} ${sorted({ ...(input as object), ClientToken: undefined })}`;
}

/** Texts inside, too, where they are JSON: a patch or a desired state may have its keys in another order. */
function sorted(value: unknown): string {
  return JSON.stringify(value, (_key, inside: unknown) => {
    if (typeof inside === "string" && /^[[{]/.test(inside)) {
      try {
        return JSON.parse(sorted(JSON.parse(inside))) as unknown;
      } catch {
        return inside;
      }
    }
    return typeof inside === "object" && inside !== null && !Array.isArray(inside)
      ? Object.fromEntries(Object.entries(inside).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inside;
  });
}

/** A resource of the state, a line a property. */
function stateLines(resource: ResourceState): string[] {
  const { urn, inputs = {}, outputs = {}, ...rest } = resource as Partial<ResourceState>;
  const label = (urn ?? "").split("::").slice(2).join("::");
  const properties = (of: string, values: object) =>
    Object.entries(values).map(([key, value]) => `${label} ${of}.${key}: ${sorted(withoutSecrets(value))}`);
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

/** How a secret is encrypted differs every time, and the Automation API exports them decrypted. */
function withoutSecrets(value: unknown): unknown {
  const text = JSON.stringify(value, (_key, inside: unknown) =>
    typeof inside === "object" && inside !== null && ("ciphertext" in inside || "plaintext" in inside)
      ? "<secret>"
      : inside,
  );
  return JSON.parse(text) as unknown;
}

function isEmpty(value: unknown): boolean {
  return (
    value === null || value === false || value === "" || (typeof value === "object" && Object.keys(value).length === 0)
  );
}

/** A diagnostic without colours and the blank lines around it. */
function message(text: string): string {
  return text.trim();
}
