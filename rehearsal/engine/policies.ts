import type { Analyzer } from "./analyzer";
import type { EngineEvent, PolicyViolation } from "./events";
import { Bail } from "./failures";
import type { Goal } from "./goal";
import type { ResourceState } from "./resourceState";

/** Has the policy packs judge resources and the whole stack, and tells of what they found. */
export class Policies {
  /** A mandatory policy was violated: the operation fails, at preview only at its end. */
  violated = false;

  constructor(
    private readonly analyzers: Promise<readonly Analyzer[]>,
    private readonly preview: boolean,
    private readonly emit: (event: EngineEvent) => void,
  ) {}

  /** @throws Bail when the resource must not be deployed: outside previews, when it violates a mandatory policy. */
  async analyze(next: ResourceState, goal: Goal, provider: ResourceState | undefined): Promise<void> {
    const analyzers = await this.analyzers;
    const violations = await Promise.all(analyzers.map((analyzer) => analyzer.analyze(next, goal, provider)));
    if (this.report(violations.flat()) && !this.preview) {
      throw new Bail();
    }
  }

  async analyzeStack(
    resources: readonly ResourceState[],
    goals: (resource: ResourceState) => Goal | undefined,
    providers: (resource: ResourceState) => ResourceState | undefined,
    stackUrn: string,
  ): Promise<void> {
    for (const analyzer of await this.analyzers) {
      this.report(await analyzer.analyzeStack(resources, goals, providers, stackUrn));
    }
  }

  private report(violations: PolicyViolation[]): boolean {
    for (const violation of violations) {
      this.emit({ kind: "policyEvent", violation });
    }
    const mandatory = violations.some(({ enforcementLevel }) => enforcementLevel === "mandatory");
    this.violated ||= mandatory;
    return mandatory;
  }
}
