import { log } from "@pulumi/pulumi";
import { type Account, isActive } from "../aws/organization";
import type { Connection } from "../aws/connection";
import type { ReadInstance } from "../aws/permissionSets";
import type { Problem } from "../problem";
import type { PermissionSetSettings } from "../settings/settings";
import { principalLabel } from "./assignmentKeys";
import { missingAssignments } from "./missingAssignments";
import type { Resolution } from "./resolveAssignments";

/**
 * The assignments that the stack would make in accounts that are suspended, being closed or not activated yet: AWS accepts them
 * and after minutes says that it cannot get permissions in the account (aws-sso-util#80,
 * aws-identitycenter-codepipeline-auto-assignment#31). Those that are there already pass with a warning.
 */
export async function inactiveAccountProblems(
  connection: Connection,
  instance: ReadInstance,
  permissionSets: Readonly<Record<string, PermissionSetSettings>>,
  { places }: Pick<Resolution, "places">,
): Promise<Problem[]> {
  const there = places.filter(({ account, principals }) => !isActive(account) && principals.length > 0);
  const missing = there.length === 0 ? [] : await missingAssignments(connection, instance, permissionSets, there);
  const refused = missing.map(({ path }) => path);
  for (const { path, permissionSet, account } of there.filter((place) => !refused.includes(place.path))) {
    void log.warn(
      `${path} is ${described(account)}. ${permissionSet} stays assigned there, but AWS may fail to bring changes of it to such an account.`,
    );
  }
  return missing.map(({ path, permissionSet, account, principals }) => ({
    path,
    found: `${described(account)}, where ${principals.map(principalLabel).join(", ")} would get ${permissionSet}`,
    allowed: "accounts that are ACTIVE; in others AWS makes no assignment",
    toDo: "remove it, or wait until the account is ACTIVE (again)",
  }));
}

function described({ name, id, state }: Account): string {
  return `the account ${name} (${id}), which is ${state}`;
}
