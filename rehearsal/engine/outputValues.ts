import {
  isMap,
  isSecret,
  makeSecret,
  mapValues,
  outputValueSignature,
  type PropertyMap,
  type PropertyValue,
  signatureKey,
  unknownValue,
} from "./propertyValues";

/** A value together with the resources it depends on: how a transform is told of what it may pass on. */
interface OutputValue {
  value?: PropertyValue;
  secret?: boolean;
  dependencies?: string[];
}

/** Properties as transforms are given them: what is secret, not known, or another resource's as an output. */
export function withOutputValues(properties: PropertyMap, dependencies: Record<string, string[]>): PropertyMap {
  return Object.fromEntries(
    Object.entries(properties).map(([key, given]) => {
      const value = upgrade(given);
      const urns = dependencies[key] ?? [];
      if (urns.length === 0) {
        return [key, value];
      }
      const output = isOutputValue(value) ? value : { [signatureKey]: outputValueSignature, value };
      return [key, { ...output, dependencies: urns }];
    }),
  );
}

function upgrade(value: PropertyValue): PropertyValue {
  return mapValues(value, (inner) => {
    if (inner !== unknownValue && !isSecret(inner)) {
      return undefined;
    }
    const element = isSecret(inner) ? inner.value : inner;
    return {
      [signatureKey]: outputValueSignature,
      ...(element !== unknownValue && { value: upgrade(element) }),
      ...(isSecret(inner) && { secret: true }),
    };
  });
}

function isOutputValue(value: PropertyValue): value is PropertyMap {
  return isMap(value) && value[signatureKey] === outputValueSignature;
}

/** The properties without output values, and what each depended on. */
export function withoutOutputValues(properties: PropertyMap): {
  properties: PropertyMap;
  dependencies: Record<string, string[]>;
} {
  const dependencies: Record<string, string[]> = {};
  const plain = Object.entries(properties).map(([key, value]) => {
    const urns = new Set<string>();
    const without = downgrade(value, urns);
    dependencies[key] = [...urns];
    return [key, without];
  });
  return { properties: Object.fromEntries(plain) as PropertyMap, dependencies };
}

function downgrade(value: PropertyValue, urns: Set<string>): PropertyValue {
  return mapValues(value, (inner) => {
    if (!isOutputValue(inner)) {
      return undefined;
    }
    const { dependencies = [], secret, value: element } = inner as unknown as OutputValue;
    dependencies.forEach((urn) => urns.add(urn));
    const plain = element === undefined ? unknownValue : downgrade(element, urns);
    return secret === true ? makeSecret(plain) : plain;
  });
}
