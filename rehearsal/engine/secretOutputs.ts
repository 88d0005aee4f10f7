import { isSecret, makeSecret } from "./propertyValues";
import type { ResourceState } from "./resourceState";

/**
 * Makes secret what the resource's `additionalSecretOutputs` name, and outputs of the same name as a secret input: a
 * provider may have lost that on the way (deploy.stepExecutor.continueExecuteStep).
 */
export function markSecretOutputs(state: ResourceState): void {
  const { additionalSecretOutputs = [], inputs, outputs } = state;
  state.outputs = Object.fromEntries(
    Object.entries(outputs).map(([key, value]) => {
      const isMeantToBe = isSecret(inputs[key]) || additionalSecretOutputs.includes(key);
      return [key, isMeantToBe && !isSecret(value) ? makeSecret(value) : value];
    }),
  );
}
