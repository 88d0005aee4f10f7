import type { DescribeInstanceResponse } from "@aws-sdk/client-sso-admin";
import type { Problem } from "../problem";
import type { WantedInstance } from "./wantedInstance";

const path = "identity-aware-sessions:instance";

/**
 * What the stack wants of the instance that the instance cannot have, as it is.
 *
 * @param confirmed what the stack's safety.confirm lists
 * @param region the instance's primary Region
 */
export function settingsProblems(
  described: DescribeInstanceResponse,
  wanted: WantedInstance,
  confirmed: readonly string[],
  region: string,
): Problem[] {
  return [
    permissionSetsProblem(described, wanted, confirmed),
    keyProblem(described, wanted, region),
    ...regionsProblems(described, wanted, region),
  ].filter((problem) => problem !== undefined);
}

function permissionSetsProblem(
  { PermissionSetsEnabled }: DescribeInstanceResponse,
  { enablePermissionSets = false }: WantedInstance,
  confirmed: readonly string[],
): Problem | undefined {
  // An instance that does not say so is older than instances without permission sets.
  if (PermissionSetsEnabled !== false) {
    return undefined;
  }
  if (!enablePermissionSets) {
    return {
      path: `${path}.enablePermissionSets`,
      found: "false, and an instance whose permission sets are turned off",
      allowed: "an instance with permission sets",
      toDo: "turn them on in the IAM Identity Center console, or set it to true; either way, they cannot be turned off again",
    };
  }
  return confirmed.includes("enablePermissionSets")
    ? undefined
    : {
        path: `${path}.enablePermissionSets`,
        found: "true, not confirmed",
        allowed: "true when it is confirmed: permission sets, once turned on, cannot be turned off again",
        toDo: "add enablePermissionSets to identity-aware-sessions:safety.confirm",
      };
}

function keyProblem(
  { OwnerAccountId }: DescribeInstanceResponse,
  { kmsKeyArn }: WantedInstance,
  region: string,
): Problem | undefined {
  const [, , , keyRegion, keyAccount] = kmsKeyArn?.split(":") ?? [];
  if (kmsKeyArn === undefined || (keyRegion === region && keyAccount === OwnerAccountId)) {
    return undefined;
  }
  return {
    path: `${path}.kmsKeyArn`,
    found: kmsKeyArn,
    allowed: `a key of the account ${OwnerAccountId ?? ""} in ${region}, as the instance is`,
    toDo: "make a key there, or write the ARN of that key (a multi-Region key has one in each of its Regions)",
  };
}

function regionsProblems(
  { Regions = [], EncryptionConfigurationDetails: encryption }: DescribeInstanceResponse,
  { additionalRegions = [], kmsKeyArn = encryption?.KmsKeyArn }: WantedInstance,
  primaryRegion: string,
): (Problem | undefined)[] {
  const at = `${path}.additionalRegions`;
  const existing = Regions.flatMap(({ RegionName }) => RegionName ?? []);
  const missing = additionalRegions.filter((region) => !existing.includes(region));
  return [
    additionalRegions.includes(primaryRegion)
      ? {
          path: at,
          found: `${primaryRegion}, the primary Region`,
          allowed: "Regions beside the primary one",
          toDo: "remove it",
        }
      : undefined,
    missing.length > 0 && kmsKeyArn?.includes(":key/mrk-") !== true
      ? {
          path: at,
          found: `${missing.join(", ")}, and an instance encrypted with ${kmsKeyArn ?? "the key that AWS owns"}`,
          allowed:
            "additional Regions for an instance with a multi-Region customer managed key (its id begins with mrk-)",
          toDo: `make such a key with replicas in these Regions, and set ${path}.kmsKeyArn to it`,
        }
      : undefined,
  ];
}
