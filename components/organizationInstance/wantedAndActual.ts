import type { ActualSettings } from "./instanceSettingsApi";

export interface InstanceSettingsInputs {
  readonly instanceArn: string;
  readonly name?: string;
  readonly kmsKeyArn?: string;
  readonly permissionSetsEnabled?: boolean;
  readonly additionalRegions?: readonly string[];
  /**
   * Set while the stack manages the attributes for access control: whether it would make them, or take over those that are
   * there. `check` leaves "managed" of it, which is what the state has.
   */
  readonly accessControlAttributes?: "create" | "import" | "managed";
}

export interface InstanceSettingsOutputs extends InstanceSettingsInputs {
  /** Those additional Regions that this stack added itself. */
  readonly addedRegions: readonly string[];
}

/** Whether the instance has the Region, or is getting it. */
export function isThere(region: string, { additionalRegions }: ActualSettings): boolean {
  return additionalRegions[region] === "ACTIVE" || additionalRegions[region] === "ADDING";
}

/** The Regions that this stack added and no longer wants. */
export function unwanted({ additionalRegions = [] }: InstanceSettingsInputs, added: readonly string[]): string[] {
  return added.filter((region) => !additionalRegions.includes(region));
}

/** Whether the instance is encrypted with the key, and no change to it goes on or has failed. */
export function isEncryptedWith(kmsKeyArn: string, actual: ActualSettings): boolean {
  return actual.kmsKeyArn === kmsKeyArn && actual.encryptionStatus === "ENABLED";
}

/** Whether there is nothing to change and nothing to wait for. */
export function isAsWanted(news: InstanceSettingsInputs, actual: ActualSettings, added: readonly string[]): boolean {
  const { name, kmsKeyArn, permissionSetsEnabled, additionalRegions = [] } = news;
  return (
    (name === undefined || name === actual.name) &&
    (kmsKeyArn === undefined || isEncryptedWith(kmsKeyArn, actual)) &&
    (permissionSetsEnabled !== true || actual.permissionSetsEnabled) &&
    additionalRegions.every((region) => actual.additionalRegions[region] === "ACTIVE") &&
    unwanted(news, added).every((region) => actual.additionalRegions[region] === undefined)
  );
}

/** The inputs as AWS has them: what the stack does not manage stays out, and so does a wanted key that AWS failed to change to. */
export function asFound(
  wanted: InstanceSettingsInputs,
  actual: ActualSettings,
  added: readonly string[],
): InstanceSettingsInputs {
  const { instanceArn, name, kmsKeyArn, permissionSetsEnabled, additionalRegions, accessControlAttributes } = wanted;
  const regions = [...(additionalRegions ?? []), ...unwanted(wanted, added)].filter((region) =>
    isThere(region, actual),
  );
  const hasFailed = actual.encryptionStatus === "UPDATE_FAILED" && actual.kmsKeyArn === kmsKeyArn;
  return {
    instanceArn,
    ...(name !== undefined && actual.name !== undefined && { name: actual.name }),
    ...(kmsKeyArn !== undefined && actual.kmsKeyArn !== undefined && !hasFailed && { kmsKeyArn: actual.kmsKeyArn }),
    ...(permissionSetsEnabled !== undefined && { permissionSetsEnabled: actual.permissionSetsEnabled }),
    ...((additionalRegions !== undefined || regions.length > 0) && { additionalRegions: regions }),
    ...(accessControlAttributes !== undefined && { accessControlAttributes }),
  };
}

/** What the state has of settings: nothing else that came with the inputs. */
export function outputs(inputs: InstanceSettingsInputs, addedRegions: readonly string[]): InstanceSettingsOutputs {
  const { instanceArn, name, kmsKeyArn, permissionSetsEnabled, additionalRegions, accessControlAttributes } = inputs;
  return {
    instanceArn,
    ...(name !== undefined && { name }),
    ...(kmsKeyArn !== undefined && { kmsKeyArn }),
    ...(permissionSetsEnabled !== undefined && { permissionSetsEnabled }),
    ...(additionalRegions !== undefined && { additionalRegions }),
    ...(accessControlAttributes !== undefined && { accessControlAttributes }),
    addedRegions,
  };
}
