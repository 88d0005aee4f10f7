import type { Connection } from "../aws/connection";
import { lookUp } from "../aws/lookUp";
import { PermissionSetReader, type ReadInstance } from "../aws/permissionSets";
import type { PermissionSetSettings } from "../settings/settings";
import { type Assignment, identity } from "./assignmentKeys";
import { PermissionSetAssignments } from "./permissionSetAssignments";
import type { AssignedPlace } from "./resolveAssignments";

/**
 * Which of these assignments AWS does not have yet, so that the stack would make them; only reads.
 *
 * @returns the places, each with those principals only who would be given the permission set there.
 */
export async function missingAssignments(
  connection: Connection,
  instance: ReadInstance,
  permissionSets: Readonly<Record<string, PermissionSetSettings>>,
  places: readonly AssignedPlace[],
): Promise<AssignedPlace[]> {
  const names = [...new Set(places.map(({ permissionSet }) => permissionSet))];
  const arns = await new PermissionSetReader(connection, instance).find(names);
  const missing: AssignedPlace[] = [];
  for (const name of names) {
    const arn = permissionSets[name]?.import ?? arns[name];
    const ofThis = places.filter(({ permissionSet }) => permissionSet === name);
    const existing = arn === undefined ? [] : await existingOf(connection, instance.arn, arn, ofThis);
    for (const place of ofThis) {
      const { account, principals } = place;
      const without = principals.filter((principal) => !existing.includes(identity(assigned(account.id, principal))));
      missing.push(...(without.length > 0 ? [{ ...place, principals: without }] : []));
    }
  }
  return missing;
}

async function existingOf(
  connection: Connection,
  instanceArn: string,
  permissionSetArn: string,
  places: readonly AssignedPlace[],
): Promise<string[]> {
  const patience = { firstPause: 0, longestPause: 0, atMost: 0 }; // nothing is waited for when assignments are listed
  const reader = new PermissionSetAssignments(connection, instanceArn, permissionSetArn, patience);
  const asked = places.flatMap(({ account, principals }) =>
    principals.map((principal) => assigned(account.id, principal)),
  );
  return lookUp("sso:ListAccountAssignments", () => reader.existing(asked));
}

function assigned(accountId: string, { type, id }: AssignedPlace["principals"][number]): Assignment {
  return { accountId, principalType: type, principalId: id };
}
