import { randomBytes } from "node:crypto";
import type { Analyzer } from "./analyzer";
import type { ResourceState } from "./deployment";
import type { EngineEvent } from "./events";
import { covers, parsePath } from "./propertyPath";
import type { PropertyMap } from "./propertyValues";
import { decide, type DiffResult } from "./providerDiff";
import type { ProviderRegistry } from "./providerRegistry";
import { makeStep, type Step } from "./step";
import { isProviderType, makeUrn, nameOf, parseProviderReference } from "./urn";

/** What the program asks for: one registered resource. */
export interface Goal {
  type: string;
  name: string;
  custom: boolean;
  parent: string;
  properties: PropertyMap;
  dependencies: string[];
  propertyDependencies: Record<string, string[]>;
  /** `URN::ID`; empty for components and provider resources. */
  provider: string;
  protect: boolean;
  /** Paths of properties. */
  replaceOnChanges: string[];
  /** The id of a resource to take over; empty for none. */
  importId: string;
}

/** Decides what has to happen to the resources of one operation: pulumi's deploy.stepGenerator for the options known here. */
export class StepGenerator {
  /** Everything the program has registered so far, as it will be. */
  readonly registered = new Map<string, ResourceState>();
  /** A policy was violated or a protected resource would be replaced: the operation fails, at preview only at its end. */
  sawError = false;
  private readonly olds: Map<string, ResourceState>;
  private readonly imported = new Set<string>();

  constructor(
    private readonly project: { name: string; stack: string },
    olds: readonly ResourceState[],
    private readonly providers: ProviderRegistry,
    private readonly analyzers: Promise<readonly Analyzer[]>,
    private readonly preview: boolean,
    private readonly emit: (event: EngineEvent) => void,
  ) {
    this.olds = new Map(olds.filter((old) => old.delete !== true).map((old) => [old.urn, old]));
  }

  /** The step that takes over what the program imports, unless it has been taken over already. */
  importing(goal: Goal): Step | undefined {
    const urn = this.urnOf(goal);
    const old = this.olds.get(urn);
    if (goal.importId === "" || (old?.importID ?? old?.id) === goal.importId) {
      return undefined;
    }
    if (old !== undefined) {
      throw new Error(
        `${urn} is in the state as ${old.id ?? "a component"}: importing ${goal.importId} would replace it, which this engine does not support`,
      );
    }
    return makeStep("import", undefined, { ...newState(urn, goal), inputs: {} });
  }

  /** From here on the imported resource is what the program's wishes are compared with. */
  adopt(state: ResourceState): void {
    this.olds.set(state.urn, state);
    this.imported.add(state.urn);
  }

  /**
   * The steps that take a resource from its state to its goal, and the state that the program is told of.
   * @throws Error when the resource must not be deployed: invalid, a duplicate, or (outside previews) against a policy.
   */
  async generate(goal: Goal): Promise<{ state: ResourceState; steps: Step[] }> {
    const urn = this.urnOf(goal);
    if (this.registered.has(urn)) {
      throw new Error(`Duplicate resource URN '${urn}'; try giving it a unique name`);
    }
    const old = this.olds.get(urn);
    const next = newState(urn, goal);
    next.inputs = await this.check(next, old, goal.properties);
    this.registered.set(urn, next);
    await this.analyze(next);
    if (old === undefined) {
      return { state: next, steps: [makeStep("create", undefined, next)] };
    }
    const diff = await this.diff(old, next, goal.replaceOnChanges);
    if (diff.replaceKeys.length > 0) {
      return { state: next, steps: await this.replacement(old, next, goal, diff) };
    }
    // A resource that could not be finished is given another chance even if nothing about it changed.
    if (diff.changes === "some" || (old.initErrors ?? []).length > 0) {
      return { state: next, steps: [makeStep("update", old, next, diff)] };
    }
    if (this.imported.has(urn)) {
      this.registered.set(urn, old);
      return { state: old, steps: [] };
    }
    return { state: next, steps: [makeStep("same", old, next)] };
  }

  /** What the program no longer asks for, and what replacements have left to delete. */
  leftovers(base: readonly ResourceState[]): Step[] {
    return base
      .filter((old) => old.delete === true || !this.registered.has(old.urn))
      .map((old) => makeStep(old.delete === true ? "delete-replaced" : "delete", old, undefined));
  }

  providerOf(resource: ResourceState): ResourceState | undefined {
    if (resource.provider === undefined) {
      return undefined;
    }
    const { urn } = parseProviderReference(resource.provider);
    return this.registered.get(urn) ?? this.olds.get(urn);
  }

  async analyzeStack(stackUrn: string): Promise<void> {
    for (const analyzer of await this.analyzers) {
      const resources = [...this.registered.values()];
      this.report(await analyzer.analyzeStack(resources, (resource) => this.providerOf(resource), stackUrn));
    }
  }

  private urnOf({ name, parent, type }: Goal): string {
    return makeUrn(this.project.stack, this.project.name, parent, type, name);
  }

  private async check(
    next: ResourceState,
    old: ResourceState | undefined,
    properties: PropertyMap,
  ): Promise<PropertyMap> {
    if (!next.custom) {
      return properties;
    }
    const olds = old?.inputs ?? {};
    const { inputs, failures } = isProviderType(next.type)
      ? await this.providers.check(next, olds, properties)
      : await this.providers.get(next.provider ?? "").check(next, olds, properties, randomBytes(32));
    if (failures.length > 0) {
      throw new CheckFailed(next, failures);
    }
    return inputs;
  }

  private async analyze(next: ResourceState): Promise<void> {
    const violations = await Promise.all(
      (await this.analyzers).map((analyzer) => analyzer.analyze(next, this.providerOf(next))),
    );
    const mandatory = this.report(violations.flat());
    if (mandatory && !this.preview) {
      throw new Bail();
    }
  }

  private report(violations: Awaited<ReturnType<Analyzer["analyze"]>>): boolean {
    for (const violation of violations) {
      this.emit({ kind: "policyEvent", violation });
    }
    const mandatory = violations.some(({ enforcementLevel }) => enforcementLevel === "mandatory");
    this.sawError ||= mandatory;
    return mandatory;
  }

  private async diff(old: ResourceState, next: ResourceState, replaceOnChanges: string[]): Promise<DiffResult> {
    if (await this.providerMustReplace(old, next)) {
      return {
        changes: "some",
        changedKeys: ["provider"],
        detail: new Map(),
        replaceKeys: ["provider"],
        deleteBeforeReplace: false,
      };
    }
    const diff = await this.judge(old, next);
    if (diff.changes === "none") {
      return diff;
    }
    const patterns = replaceOnChanges.map(parsePath);
    const replacing = [...diff.detail]
      .filter(([path, replaces]) => replaces || patterns.some((pattern) => covers(pattern, parsePath(path))))
      .map(([path]) => parsePath(path)[0] ?? path);
    const forced = diff.changedKeys.filter((key) => patterns.some((pattern) => covers(pattern, [key])));
    return { ...diff, replaceKeys: [...new Set([...diff.replaceKeys, ...replacing, ...forced])] };
  }

  /** The provider's judgement; where it has none (or there is no provider), the inputs are compared. */
  private async judge(old: ResourceState, next: ResourceState): Promise<DiffResult> {
    let diff: DiffResult | undefined;
    if (isProviderType(next.type)) {
      diff = await this.providers.diff(next, old.inputs, next.inputs);
    } else if (next.custom) {
      diff = await this.providers.get(next.provider ?? "").diff(next, old.id ?? "", old, next.inputs);
    }
    return decide(diff, old.inputs, next.inputs);
  }

  /** A resource moves to another provider unless that one says it can't manage what the old one made. */
  private async providerMustReplace(old: ResourceState, next: ResourceState): Promise<boolean> {
    if (old.provider === next.provider) {
      return false;
    }
    const [before, after] = [this.providerOf(old), this.providerOf(next)];
    if (before === undefined || after === undefined || next.provider === undefined) {
      return true;
    }
    const provider = this.providers.get(next.provider);
    const { replaceKeys } = await provider.diffConfig(after.urn, before.inputs, after.inputs);
    return replaceKeys.length > 0;
  }

  private async replacement(old: ResourceState, next: ResourceState, goal: Goal, diff: DiffResult): Promise<Step[]> {
    if (old.protect === true && goal.protect) {
      this.sawError = true;
      const message = `unable to replace resource "${next.urn}" as it is currently marked for protection. Remove \`protect\` from it first`;
      if (!this.preview) {
        throw new Error(message);
      }
      this.emit({ kind: "diagnosticEvent", severity: "error", message, urn: next.urn });
    }
    if (diff.deleteBeforeReplace) {
      throw new Error(`${next.urn} has to be deleted before it is replaced, which this engine does not support`);
    }
    // Values the provider made up for the old resource (names, above all) must not be carried over to the new one.
    next.inputs = await this.check(next, undefined, goal.properties);
    return [makeStep("create-replacement", old, next, diff), makeStep("replace", old, next, diff)];
  }
}

/** Ends an operation of whose failure everything has been said. */
export class Bail extends Error {}

/** What a provider has against the inputs of a resource, a message each, in Pulumi's words (sdk/go/common/diag/errors.go). */
export class CheckFailed extends Error {
  readonly messages: readonly string[];

  constructor({ type, urn, inputs }: ResourceState, failures: readonly { property: string; reason: string }[]) {
    const messages = failures.map(({ property, reason }) => {
      const value = property === "" ? "" : `: property ${property} value {${JSON.stringify(inputs[property] ?? null)}}`;
      return `${type} resource '${nameOf(urn)}'${value} has a problem: ${reason}`;
    });
    super(messages.join("\n"));
    this.messages = messages;
  }
}

function newState(urn: string, goal: Goal): ResourceState {
  return {
    urn,
    type: goal.type,
    custom: goal.custom,
    inputs: goal.properties,
    outputs: {},
    ...(goal.parent !== "" && { parent: goal.parent }),
    ...(goal.protect && { protect: true }),
    ...(goal.importId !== "" && { importID: goal.importId }),
    ...(goal.dependencies.length > 0 && { dependencies: goal.dependencies }),
    ...(goal.replaceOnChanges.length > 0 && { replaceOnChanges: goal.replaceOnChanges }),
    ...(Object.keys(goal.propertyDependencies).length > 0 && { propertyDependencies: goal.propertyDependencies }),
    ...(goal.provider !== "" && { provider: goal.provider }),
  };
}
