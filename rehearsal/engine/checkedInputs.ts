import { randomBytes } from "node:crypto";
import type { EngineEvent } from "./events";
import { CheckFailed } from "./failures";
import type { Goal } from "./goal";
import { processIgnoreChanges } from "./ignoreChanges";
import type { PropertyMap } from "./propertyValues";
import type { ProviderRegistry } from "./providerRegistry";
import type { ResourceState } from "./resourceState";
import { isProviderType } from "./urn";

/** Takes a resource's inputs from what the program says to what its provider makes of them. */
export class CheckedInputs {
  constructor(
    private readonly providers: ProviderRegistry,
    private readonly emit: (event: EngineEvent) => void,
  ) {}

  /**
   * The inputs of a resource after what is to be ignored and what its provider says of them.
   * @param old is what the provider may carry values over from, such as names that it made up.
   * @throws CheckFailed when the provider refuses them.
   */
  async of(next: ResourceState, goal: Goal, old: ResourceState | undefined): Promise<PropertyMap> {
    const properties = old === undefined ? goal.properties : this.ignoringChanges(next, goal, old);
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

  private ignoringChanges({ urn }: ResourceState, goal: Goal, old: ResourceState): PropertyMap {
    const { inputs, invalidPaths } = processIgnoreChanges(goal.properties, old.inputs, goal.ignoreChanges);
    if (invalidPaths.length > 0) {
      const paths = JSON.stringify(invalidPaths.join(", "));
      const message = `cannot ignore changes in added or removed elements of the path: ${paths}`;
      this.emit({ kind: "diagnosticEvent", severity: "info", message, urn });
    }
    return inputs;
  }
}
