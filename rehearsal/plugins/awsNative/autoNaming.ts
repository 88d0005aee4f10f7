import { createHash, randomBytes } from "node:crypto";
import type { PropertyMap } from "../propertyValues";
import type { CheckRequest } from "../providerPlugin";
import type { ResourceSpec } from "./typeSpec";

const randomDigits = 7;

/**
 * Fills in the name that the program left out: the one the resource has, else what the engine's autonaming settings
 * say, else the resource's logical name with a random suffix that depends on the engine's seed alone.
 * @throws Error when such a name can't keep to the type's limits.
 */
export function withName(spec: ResourceSpec, inputs: PropertyMap, request: CheckRequest): PropertyMap {
  if (spec.autoNaming === undefined || inputs[spec.autoNaming.property] !== undefined) {
    return inputs;
  }
  const { property } = spec.autoNaming;
  const name = request.olds[property] ?? newName(spec.autoNaming, request);
  return name === undefined ? inputs : { ...inputs, [property]: name };
}

function newName(
  { property, minLength, maxLength }: NonNullable<ResourceSpec["autoNaming"]>,
  { urn, randomSeed, autonaming }: CheckRequest,
): string | undefined {
  if (autonaming?.mode === "disable") {
    return undefined;
  }
  if (autonaming !== undefined) {
    const { mode, proposedName } = autonaming;
    if (mode === "propose" && proposedName.length > maxLength) {
      throw namingError(`proposed name "${proposedName}" exceeds max length of ${maxLength}`);
    }
    if (mode === "propose" && proposedName.length < minLength) {
      throw namingError(`proposed name "${proposedName}" is shorter than min length of ${minLength}`);
    }
    return proposedName;
  }
  const prefix = `${urn.slice(urn.lastIndexOf("::") + 2)}-`;
  const left = maxLength - prefix.length;
  if (left <= 0) {
    throw namingError(
      `failed to auto-generate value for "${property}". Prefix: "${prefix}" is too large to fix max length constraint ` +
        `of ${maxLength}. Please provide a value for "${property}"`,
    );
  }
  const seed = randomSeed.length > 0 ? randomSeed : randomBytes(32);
  const suffix = createHash("sha256").update(seed).digest("hex");
  return prefix + suffix.slice(0, Math.min(randomDigits, left));
}

function namingError(reason: string): Error {
  return new Error(`failed to apply auto-naming: ${reason}`);
}
