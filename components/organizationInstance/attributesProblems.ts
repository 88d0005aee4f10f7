import type { Connection } from "../aws/connection";
import { IdentityCenterReader } from "../aws/identityCenter";
import type { Problem } from "../problem";
import type { WantedInstance } from "./wantedInstance";

/**
 * Why attributes for access control cannot be taken over. Whether those that are there are this stack's already only its
 * state knows, so that is checked with the instance's settings.
 */
export async function attributesProblems(
  connection: Connection,
  instanceArn: string,
  { accessControlAttributes, importAccessControlAttributes = false }: WantedInstance,
): Promise<Problem[]> {
  if (!importAccessControlAttributes || accessControlAttributes === undefined) {
    return [];
  }
  const existing = await new IdentityCenterReader(connection).accessControlAttributes(instanceArn);
  return existing !== undefined
    ? []
    : [
        {
          path: "identity-aware-sessions:instance.importAccessControlAttributes",
          found: "true, and an instance without attributes for access control",
          allowed: "true where there are some to take over",
          toDo: "remove it; the stack then makes them",
        },
      ];
}
