import { OldResources } from "./aliases";
import { CheckedInputs } from "./checkedInputs";
import { Decisions } from "./decisions";
import type { EngineEvent } from "./events";
import { type Goal, newState, plainGoal, type ReadGoal } from "./goal";
import { type Policies } from "./policies";
import { formatValue } from "./propertyChanges";
import type { PropertyValue } from "./propertyValues";
import type { DiffResult } from "./providerDiff";
import type { ProviderRegistry } from "./providerRegistry";
import { recreation, replacementSteps } from "./replacement";
import { diffResource } from "./resourceDiff";
import type { ResourceState } from "./resourceState";
import { makeStep, type Step } from "./step";
import { isProviderType, makeUrn } from "./urn";

/** A goal with what the state has of its resource. */
export interface Claim {
  goal: Goal;
  urn: string;
  old: ResourceState | undefined;
  /** The name under which the state has it, where that is another one. */
  alias: string | undefined;
  imported: boolean;
}

/** Decides what has to happen to the resources of one update: pulumi's deploy.stepGenerator. */
export class StepGenerator {
  readonly decisions: Decisions;
  /** A protected resource would be replaced: the operation fails, at preview only at its end. */
  sawError = false;
  private readonly claimed = new Set<string>();
  private readonly inputs: CheckedInputs;

  constructor(
    private readonly project: { name: string; stack: string },
    base: readonly ResourceState[],
    deleting: Set<string>,
    private readonly providers: ProviderRegistry,
    private readonly policies: Policies,
    private readonly preview: boolean,
    private readonly emit: (event: EngineEvent) => void,
  ) {
    this.inputs = new CheckedInputs(providers, emit);
    this.decisions = new Decisions(base, new OldResources(base, project), deleting);
  }

  /** @throws Error when the resource is a duplicate, or its parent is not there. */
  claim(goal: Goal): Claim {
    const { name, parent, type } = goal;
    const urn = makeUrn(this.project.stack, this.project.name, parent, type, name);
    if (this.claimed.has(urn)) {
      throw new Error(`Duplicate resource URN '${urn}'; try giving it a unique name`);
    }
    if (parent !== "" && !this.claimed.has(parent)) {
      throw new Error(`could not find parent resource ${parent}`);
    }
    this.claimed.add(urn);
    const identity = { urn, name, type, parent, aliases: goal.aliases };
    const { olds } = this.decisions;
    const { old, alias } = olds.find(identity, (other) => this.claimed.has(other));
    if (alias !== undefined && isProviderType(type)) {
      this.providers.registerAlias(alias, urn);
    }
    return { goal, urn, old, alias, imported: false };
  }

  /** The steps that take over what the program imports, unless it has been taken over already. */
  importing({ alias, goal, old, urn }: Claim): Step[] {
    const isTheirs = old === undefined || old.external === true || (old.importID ?? old.id) !== goal.importId;
    if (!goal.custom || goal.importId === "" || !isTheirs) {
      return [];
    }
    const next = { ...newState(urn, goal, alias), inputs: {} };
    if (old === undefined || this.decisions.deletedEarly.has(old)) {
      return [makeStep("import", undefined, next)];
    }
    return [makeStep("import-replacement", old, next), makeStep("replace", old, next)];
  }

  /**
   * The steps that take a resource from its state to its goal, and the state that the program is told of.
   * @throws Error when the resource must not be deployed: invalid, or (outside previews) against a policy.
   */
  async generate(claim: Claim): Promise<{ state: ResourceState; steps: Step[] }> {
    const { alias, goal, old, urn } = claim;
    const { deletedEarly, deleting, goals, registered, replaced } = this.decisions;
    const next = newState(urn, goal, alias);
    const isRecreated = old !== undefined && deletedEarly.has(old);
    const isTakenOver = old?.external === true;
    next.inputs = await this.inputs.of(next, goal, isRecreated || isTakenOver ? undefined : old);
    registered.set(urn, next);
    goals.set(urn, goal);
    await this.policies.analyze(next, goal, this.decisions.providerOf(next));
    if (old === undefined) {
      return { state: next, steps: [makeStep("create", undefined, next)] };
    }
    if (isRecreated) {
      deleting.delete(old.urn);
      replaced.add(urn);
      return { state: next, steps: recreation(old, next) };
    }
    if (isTakenOver) {
      const keys = { pendingDelete: true };
      return { state: next, steps: [makeStep("create-replacement", old, next, keys), makeStep("replace", old, next)] };
    }
    const diff = await diffResource(this.decisions, this.providers, old, next, goal);
    if (diff.replaceKeys.length > 0 || old.pendingReplacement === true) {
      return { state: next, steps: await this.replacement(old, next, goal, diff) };
    }
    // A resource that could not be finished is given another chance even if nothing about it changed.
    if (diff.changes === "some" || (old.initErrors ?? []).length > 0) {
      return { state: next, steps: [makeStep("update", old, next, diff)] };
    }
    if (claim.imported) {
      registered.set(urn, old);
      return { state: old, steps: [] };
    }
    return { state: next, steps: [makeStep("same", old, next)] };
  }

  /** The steps that read a resource; one of the stack under the same name is let go of, or replaced by what is read. */
  generateRead(goal: ReadGoal): { state: ResourceState; steps: Step[] } {
    const plain = { ...plainGoal({ ...goal, custom: true }), provider: goal.provider };
    const { urn, old } = this.claim({
      ...plain,
      dependencies: goal.dependencies,
      additionalSecretOutputs: goal.additionalSecretOutputs,
    });
    if (goal.id === "") {
      throw new Error(`Expected an ID for ${urn}`);
    }
    const { dependencies, additionalSecretOutputs } = goal;
    const next = newState(urn, { ...plain, dependencies, additionalSecretOutputs }, undefined);
    Object.assign(next, { id: goal.id, external: true });
    this.decisions.registered.set(urn, next);
    if (old !== undefined && old.external !== true && old.id !== goal.id) {
      this.decisions.replaced.add(urn);
      return { state: next, steps: [makeStep("read-replacement", old, next), makeStep("replace", old, next)] };
    }
    return { state: next, steps: [makeStep("read", old, next)] };
  }

  async analyzeStack(stackUrn: string): Promise<void> {
    const { goals, registered } = this.decisions;
    const managed = [...registered.values()].filter(({ external }) => external !== true);
    await this.policies.analyzeStack(
      managed,
      ({ urn }) => goals.get(urn),
      (resource) => this.decisions.providerOf(resource),
      stackUrn,
    );
  }

  private async replacement(old: ResourceState, next: ResourceState, goal: Goal, diff: DiffResult): Promise<Step[]> {
    if (old.protect === true && next.protect === true) {
      this.refuse(
        `unable to replace resource "${next.urn}"\nas it is currently marked for protection. To unprotect the resource, ` +
          "remove the `protect` flag from the resource in your Pulumi program and run `pulumi up`",
        next,
        "error",
      );
      this.sawError = true;
    }
    if (goal.importId !== "") {
      const text = (value: PropertyValue | undefined) =>
        value === undefined ? "{<nil>}" : `{${typeof value === "string" ? value : formatValue(value)}}`;
      const changes = diff.replaceKeys.map((key) => `${key}: ${text(old.inputs[key])} => ${text(next.inputs[key])}`);
      this.refuse(
        "previously-imported resources that still specify an ID may not be replaced; please remove the `import` declaration " +
          `from your program;\n${changes.join("\n")}`,
        next,
        "warning",
      );
    }
    // Values the provider made up for the old resource (names, above all) must not be carried over to the new one.
    next.inputs = await this.inputs.of(next, goal, undefined);
    const deleteBeforeReplace = goal.deleteBeforeReplace ?? diff.deleteBeforeReplace;
    return replacementSteps(this.decisions, this.providers, old, next, { ...diff, deleteBeforeReplace });
  }

  /** Stops an update; a preview goes on, so that what leads to it is seen. */
  private refuse(message: string, { urn }: ResourceState, severity: "error" | "warning"): void {
    if (!this.preview) {
      throw new Error(message);
    }
    this.emit({ kind: "diagnosticEvent", severity, message, urn });
  }
}
