import type { PermissionSet } from "@pulumi/aws-native/sso";
import * as pulumi from "@pulumi/pulumi";
import type { Connection } from "../aws/connection";
import { PermissionSetReader, type ReadInstance } from "../aws/permissionSets";
import { refuseAny } from "../problem";
import { takenProblem } from "./permissionSetNames";

/**
 * Refuses, at preview, to make permission sets whose names the instance has already; an update would fail half-way with
 * AlreadyExists.
 *
 * A program cannot see its state, but at preview it can see what the engine makes of it: the id of a resource that the stack
 * has, or imports, is known, and that of one which would be created is not. Only for such ones AWS is asked at all.
 *
 * @param managed the permission sets by name, registered.
 * @throws RunError with the lines that import them.
 */
export async function refuseTakenNames(
  connection: Connection,
  instance: ReadInstance,
  managed: Readonly<Record<string, PermissionSet>>,
): Promise<void> {
  if (!pulumi.runtime.isDryRun()) {
    return;
  }
  const ids = Object.fromEntries(Object.entries(managed).map(([name, { id }]) => [name, id]));
  const known: Record<string, unknown> = await pulumi.runtime.serializeProperties("permission sets", ids);
  const names = Object.keys(managed).filter((name) => known[name] === pulumi.runtime.unknownValue);
  const arns = await new PermissionSetReader(connection, instance).find(names);
  const problems = names.flatMap((name) => {
    const arn = arns[name];
    return arn === undefined ? [] : takenProblem(name, arn);
  });
  refuseAny("The instance has permission sets already that the stack would make", problems);
}
