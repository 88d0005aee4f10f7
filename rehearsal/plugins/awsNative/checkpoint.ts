import { isObject, isSecret, type PropertyMap, secret } from "../propertyValues";

const inputsKey = "__inputs";

/** The state of an aws-native resource: its outputs and, as one secret, the inputs that it was last given. */
export function checkpoint(inputs: PropertyMap, outputs: PropertyMap): PropertyMap {
  return { ...outputs, [inputsKey]: secret(inputs) };
}

/** @returns the inputs of an earlier checkpoint; undefined where there is none, as for a resource being imported. */
export function inputsOf(state: PropertyMap): PropertyMap | undefined {
  const inputs = state[inputsKey];
  if (inputs === undefined) {
    return undefined;
  }
  if (!isSecret(inputs) || !isObject(inputs.value)) {
    throw new Error(`${inputsKey} in the state is not the secret that was put there; the engine must keep it one`);
  }
  return inputs.value;
}
